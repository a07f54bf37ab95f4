"""What the pill says against an evaluator that knows nothing of ours: opening-hours-py, OpenStreetMap's language."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from services.hours import DAY_MINUTES, Kind, Special, Timetable, spans_on, special_on, state_at
from services.production_calendar import Calendar
from services.weekdays import ON_DAY

ZONES = [ZoneInfo(name) for name in ("Asia/Irkutsk", "Europe/Moscow", "Asia/Kamchatka")]
WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAYS_AHEAD = 60
"""As far as the pill looks for the next opening."""
# Typed from the decrees and the Labour Code, article 112: weekdays off and a working Saturday of two years.
OFF = """2026-01-01 2026-01-02 2026-01-05 2026-01-06 2026-01-07 2026-01-08 2026-01-09 2026-02-23 2026-03-09 2026-05-01
2026-05-11 2026-06-12 2026-11-04 2026-12-31 2027-01-01 2027-01-04 2027-01-05 2027-01-06 2027-01-07 2027-01-08 2027-02-22
2027-02-23 2027-03-08 2027-05-03 2027-05-10 2027-06-14 2027-11-04 2027-11-05 2027-12-31"""


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def hours(spans):
    return ",".join(f"{clock(start)}-{clock(end)}" for start, end in spans) or "off"


def day(when):
    return f"{when.year} {MONTHS[when.month - 1]} {when.day:02}"


def in_their_language(table, calendar, since, until):
    """The same timetable in OpenStreetMap's words: later rules win, special days are laid on one by one."""
    rules = [f"{WEEK[weekday]} {hours(spans)}" for weekday, spans in sorted(table.week.items()) if spans]
    for when in (since + timedelta(days=ahead) for ahead in range((until - since).days + 1)):
        if calendar.is_holiday(when) and not table.works_on_holidays:
            rules.append(f"{day(when)} off")
        elif calendar.is_working_weekend(when) and not table.week.get(when.weekday()):
            rules.append(f"{day(when)} {hours(table.week.get(4, ()))}")
        laid = laid_on(table.specials, when)
        if laid is not None:
            rules.append(f"{day(when)} {hours(laid)}")
    return OpeningHours("; ".join(rules) or "off")


def laid_on(specials, when):
    """The longest first, the place's own upon the shared ones of their length: an own one covers everything, a shared
    one only what the own one below it leaves open. None where nothing lies on the day."""
    shown = own = None
    holding = [each for each in specials if each.first <= when <= each.last]
    for special in sorted(holding, key=lambda each: (each.first - each.last, not each.is_shared)):
        if not special.is_shared:
            shown = own = special.spans
        elif own is None:
            shown = special.spans
        else:
            shown = quarters_to_spans(quarters(own) & quarters(special.spans))
    return shown


def quarters(spans):
    """The quarters of an hour within; every edge here lies on one."""
    return {quarter for start, end in spans for quarter in range(start // 15, end // 15)}


def quarters_to_spans(found):
    edges = [q for q in range(97) if (q in found) != (q - 1 in found)]
    return tuple((a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=True))


minutes = st.integers(0, 96).map(lambda quarter: quarter * 15)
spans = st.lists(minutes, max_size=4, unique=True).map(
    lambda edges: tuple(zip(*[iter(sorted(edges)[: len(edges) // 2 * 2])] * 2, strict=True))
)
weeks = st.dictionaries(st.integers(0, 6), spans, max_size=7) | st.fixed_dictionaries({4: spans})
anchors = st.dates(date(2026, 2, 1), date(2027, 9, 30))
near = st.integers(-12, 12).map(lambda number: timedelta(days=number))


@st.composite
def cases(draw):
    """A timetable, a calendar and a moment that lie close to each other, so that what is special matters.

    Special days of a kind differ in length: which one holds is never a matter of order.
    """
    anchor = draw(anchors)
    lengths = draw(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=6, unique=True))
    starts = [anchor + draw(near) for _length in lengths]
    special = tuple(
        Special(first, first + timedelta(days=length), draw(spans), "Причина", is_shared=is_shared)
        for first, (length, is_shared) in zip(starts, lengths, strict=True)
    )
    table = Timetable(draw(st.sampled_from(ZONES)), draw(weeks), {}, special, draw(st.booleans()))
    exceptions = draw(st.dictionaries(near.map(lambda away: anchor + away), st.booleans(), max_size=6))
    edge = draw(st.sampled_from([0, 0, 1, 14]))  # a quarter of an hour is where things turn
    minute = min(draw(minutes) + edge, DAY_MINUTES - 1)
    when = draw(st.sampled_from([*exceptions, *starts, anchor + draw(near)]))
    local = datetime.combine(when, time(minute // 60, minute % 60), table.zone)
    return table, Calendar(exceptions), local


def said_moment(words, local):
    """The moment that «Откроется в понедельник в 9:00» names, read by its words alone."""
    found = re.fullmatch(r"Откроется (.+) в (\d+):(\d\d)", words)
    assert found, words
    if found[1] in ("сегодня", "завтра"):
        when = local.date() + timedelta(days=found[1] == "завтра")
    elif found[1] in map(str, ON_DAY):
        ahead = (list(map(str, ON_DAY)).index(found[1]) - local.weekday()) % 7
        assert ahead >= 2, words
        when = local.date() + timedelta(days=ahead)
    else:
        number, month = found[1].split()
        when = date(local.year, GENITIVE.index(month) + 1, int(number))
        when = when if when >= local.date() else when.replace(year=local.year + 1)
        assert (when - local.date()).days >= 7, words
    return datetime.combine(when, time(int(found[2]), int(found[3])))


def agree(table, calendar, theirs, moment):
    """Both say the same of this moment; `moment` is aware, theirs is told the centre's own clock."""
    local = moment.astimezone(table.zone).replace(tzinfo=None)
    state = state_at(table, moment, calendar)
    assert state.is_open == theirs.is_open(local), (local, state)
    change = theirs.next_change(local)
    if state.kind is Kind.OPEN:
        found = re.match(r"Открыто до (завтра, до )?(\d+):(\d\d)", state.words)
        if found is None:
            assert state.words == "Открыто круглосуточно"
            assert change is None or change - local >= timedelta(days=1) - timedelta(
                minutes=local.hour * 60 + local.minute
            )
            return
        end = int(found[2]) * 60 + int(found[3])
        assert change is not None and (change.hour * 60 + change.minute or DAY_MINUTES) == end, (local, state.words)
        # «До 2:00» is the next time that the clock shows it; what lies further says «завтра».
        assert (change - local > timedelta(days=1)) is bool(found[1]), (local, state.words)
        assert change - local <= timedelta(days=2)
    elif state.kind is Kind.BREAK:
        assert change is not None and state.words == f"Перерыв до {change.hour}:{change.minute:02}"
    elif state.opens is not None:
        assert said_moment(state.words, local) == change == state.opens.replace(tzinfo=None), (local, state)
    else:
        assert change is None or (change - local).days >= DAYS_AHEAD - 1, (local, state, change)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_at_any_minute_both_say_the_same(case):
    table, calendar, moment = case
    around = (moment.date() - timedelta(days=3), moment.date() + timedelta(days=DAYS_AHEAD + 5))
    agree(table, calendar, in_their_language(table, calendar, *around), moment)


@given(cases())
def test_no_shared_exception_opens_a_door_that_the_place_keeps_closed(case):
    table, calendar, moment = case
    when = moment.date()
    own = replace(table, specials=tuple(each for each in table.specials if not each.is_shared))
    if special_on(own, when) is not None:
        assert quarters(spans_on(table, when, calendar)) <= quarters(spans_on(own, when, calendar))


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_whole_year_of_a_centre_turn_by_turn(zone):
    """Each state is asked at its first, second and last minute: between them nothing turns for the evaluator."""
    full, short = ((540, 780), (840, 1080)), ((540, 780), (840, 1020))
    table = Timetable(
        zone,
        {0: full, 1: full, 2: full, 3: full, 4: short, 5: ((600, 780),)},
        specials=(
            Special(date(2026, 12, 30), date(2026, 12, 30), ((540, 960),), "Новогодние дни"),
            Special(date(2026, 12, 31), date(2027, 1, 10), (), "Новогодние дни"),
            Special(date(2026, 7, 1), date(2026, 7, 14), ((600, 900),), "Лето"),
            Special(date(2026, 7, 3), date(2026, 7, 3), ((540, 780),), "Короткий день", is_shared=True),
            Special(date(2026, 9, 1), date(2026, 10, 31), (), "Ремонт"),
            Special(date(2026, 9, 4), date(2026, 9, 4), ((540, 900),), "Короткий день", is_shared=True),
            Special(date(2026, 5, 9), date(2026, 5, 9), ((600, 720),), "Дежурим"),
            Special(date(2026, 5, 8), date(2026, 5, 11), (), "Праздники", is_shared=True),
        ),
    )
    theirs = in_their_language(table, Calendar(), FIRST - timedelta(days=1), LAST)
    moment, end = (datetime.combine(when, time(), zone) for when in (FIRST, FIRST.replace(year=2027)))
    turns = 0
    while moment < end:
        state = state_at(table, moment, Calendar())
        until = state.until
        assert until is not None and until > moment
        for within in (moment, moment + timedelta(minutes=1), until - timedelta(minutes=1)):
            if within < until:
                agree(table, Calendar(), theirs, within)
        moment, turns = until, turns + 1
    assert turns > 1000


def test_the_days_off_are_those_of_the_decrees():
    weekdays = [FIRST + timedelta(days=ahead) for ahead in range((LAST - FIRST).days + 1)]
    ours = [when.isoformat() for when in weekdays if when.weekday() < 5 and Calendar().is_day_off(when)]
    assert ours == OFF.split()
    worked = [when for when in weekdays if Calendar().is_working_weekend(when)]
    assert worked == [date(2027, 2, 20)]
