from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.hours import DAY_MINUTES, Kind, Special, Timetable, hours_words, merged, spans_on, state_at, with_break
from services.hours_changes import changes
from services.production_calendar import Calendar

IRKUTSK = ZoneInfo("Asia/Irkutsk")
FULL = with_break(time(9), time(18), time(13), time(14))
FRIDAY = with_break(time(9), time(17), time(13), time(14))
SATURDAY = with_break(time(10), time(13), None, None)
CENTRE = Timetable(
    zone=IRKUTSK,
    week={0: FULL, 1: FULL, 2: FULL, 3: FULL, 4: FRIDAY, 5: SATURDAY},
    notes={5: "только групповые встречи"},
    specials=(
        Special(date(2026, 12, 30), date(2026, 12, 30), ((540, 960),), "Новогодние дни"),
        Special(date(2026, 12, 31), date(2027, 1, 10), (), "Новогодние дни", "+78006000000"),
    ),
)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=IRKUTSK)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-25T14:20", "Открыто до 18:00"),
        ("2026-11-25T12:30", "Открыто до 13:00, потом перерыв до 14:00"),
        ("2026-11-25T13:00", "Перерыв до 14:00"),
        ("2026-11-25T08:59", "Откроется сегодня в 9:00"),
        ("2026-11-25T18:00", "Откроется завтра в 9:00"),
        ("2026-11-28T11:00", "Открыто до 13:00, только групповые встречи"),
        ("2026-11-28T13:00", "Откроется в понедельник в 9:00"),
        ("2026-12-30T15:59", "Открыто до 16:00"),
        ("2026-12-30T16:00", "Откроется 11 января в 9:00"),
        ("2027-01-06T10:00", "Откроется в понедельник в 9:00"),
        ("2026-11-04T10:00", "Откроется завтра в 9:00"),  # a public holiday
        ("2027-02-20T12:00", "Открыто до 13:00, только групповые встречи"),  # a working Saturday with its own hours
    ],
)
def test_words(moment, words):
    assert state_at(CENTRE, local(moment), Calendar()).words == words


@pytest.mark.parametrize(
    ("tomorrow", "moment", "words"),
    [
        (((0, 120),), "2026-11-25T19:00", "Открыто до 2:00"),  # this night
        (((0, 600),), "2026-11-25T09:00", "Открыто до завтра, до 10:00"),  # and not for an hour
        (((0, 600),), "2026-11-25T10:00", "Открыто до 10:00"),
        ((), "2026-11-25T09:00", "Открыто до 24:00"),
        (((0, DAY_MINUTES),), "2026-11-25T09:00", "Открыто круглосуточно"),
    ],
)
def test_through_midnight(tomorrow, moment, words):
    table = Timetable(IRKUTSK, {2: ((0, DAY_MINUTES),), 3: tomorrow})
    assert state_at(table, local(moment), Calendar()).words == words


def test_hours_that_meet_or_overlap_are_one():
    assert merged([(840, 1080), (540, 840)]) == ((540, 1080),)
    assert merged([(540, 780), (720, 1080)]) == ((540, 1080),)
    assert merged([(540, 780), (840, 1080), (540, 780)]) == ((540, 780), (840, 1080))


def test_whose_clock_may_be_another_is_told_whose_time_it_is():
    table = Timetable(IRKUTSK, {2: FULL}, zone_words="по времени Иркутска")
    for at, words in (
        ("12:30", "Открыто до 13:00 по времени Иркутска, потом перерыв до 14:00"),
        ("13:30", "Перерыв до 14:00 по времени Иркутска"),
        ("08:00", "Откроется сегодня в 9:00 по времени Иркутска"),
        ("15:00", "Открыто до 18:00 по времени Иркутска"),
    ):
        assert state_at(table, local(f"2026-11-25T{at}"), Calendar()).words == words


def test_a_working_saturday_has_fridays_hours_where_its_own_are_empty():
    table = Timetable(IRKUTSK, {4: FRIDAY})
    assert state_at(table, local("2027-02-20T15:00"), Calendar()).words == "Открыто до 17:00"
    assert state_at(table, local("2027-02-13T15:00"), Calendar()).kind is Kind.CLOSED


def test_a_place_that_works_on_holidays():
    table = Timetable(IRKUTSK, dict.fromkeys(range(7), ((480, 1200),)), works_on_holidays=True)
    assert state_at(table, local("2027-01-01T12:00"), Calendar()).words == "Открыто до 20:00"


def test_the_moment_is_brought_to_the_zone_of_the_place():
    moscow_morning = datetime(2026, 11, 25, 4, 0, tzinfo=ZoneInfo("Europe/Moscow"))
    assert state_at(CENTRE, moscow_morning, Calendar()).words == "Открыто до 13:00, потом перерыв до 14:00"


def test_round_the_clock_and_over_midnight():
    always = Timetable(IRKUTSK, dict.fromkeys(range(7), ((0, DAY_MINUTES),)), works_on_holidays=True)
    assert state_at(always, local("2026-11-25T03:00"), Calendar()).words == "Открыто круглосуточно"
    late = Timetable(IRKUTSK, dict.fromkeys(range(7), ((0, 120), (1200, DAY_MINUTES))), works_on_holidays=True)
    assert state_at(late, local("2026-11-25T23:00"), Calendar()).words == "Открыто до 2:00"


def test_without_hours_it_says_so():
    assert state_at(Timetable(IRKUTSK), local("2026-11-25T12:00"), Calendar()).words == (
        "Часы работы уточните по телефону"
    )


def test_the_shortest_special_day_holds_where_several_overlap():
    table = Timetable(
        IRKUTSK,
        {2: FULL},
        specials=(
            Special(date(2026, 11, 23), date(2026, 11, 29)),
            Special(date(2026, 11, 25), date(2026, 11, 25), SATURDAY),
        ),
    )
    assert spans_on(table, date(2026, 11, 25), Calendar()) == SATURDAY


def test_hours_in_words():
    assert hours_words(FULL) == ("9:00–18:00", "обед 13:00–14:00")
    assert hours_words(((480, 600), (660, 1200))) == ("8:00–20:00", "перерыв 10:00–11:00")
    assert hours_words(SATURDAY) == ("10:00–13:00", "")
    assert hours_words(()) == ("", "")
    assert hours_words(((0, DAY_MINUTES),)) == ("круглосуточно", "")


def test_a_break_outside_the_hours_cuts_nothing():
    assert with_break(time(9), time(12), time(13), time(14)) == ((540, 720),)
    assert with_break(time(9), time(0), None, None) == ((540, DAY_MINUTES),)


def test_coming_changes_join_days_closed_anyway_into_one_run():
    table = Timetable(IRKUTSK, {0: FULL, 1: FULL, 2: FULL, 3: FULL, 4: FRIDAY})
    special = [(c.first, c.last, c.spans) for c in changes(table, date(2026, 12, 20), 40, Calendar())]
    assert special == [(date(2026, 12, 31), date(2027, 1, 8), ())]
    named = changes(CENTRE, date(2026, 12, 20), 40, Calendar())
    assert [(c.first.day, c.last.day, c.reason, c.duty_phone) for c in named] == [
        (30, 30, "Новогодние дни", ""),
        (31, 10, "Новогодние дни", "+78006000000"),
    ]


minutes = st.integers(0, DAY_MINUTES)
spans = st.lists(minutes, min_size=0, max_size=6, unique=True).map(
    lambda marks: tuple(zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False))
)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
tables = st.builds(
    Timetable,
    zone=st.just(IRKUTSK),
    week=st.dictionaries(st.integers(0, 6), spans, max_size=7),
    specials=st.lists(
        st.builds(
            lambda first, length, open_: Special(first, first + timedelta(length), open_),
            days,
            st.integers(0, 9),
            spans,
        ),
        max_size=3,
    ).map(tuple),
    works_on_holidays=st.booleans(),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=IRKUTSK)
)


@given(tables, moments)
def test_open_exactly_within_the_hours_of_the_day(table, moment):
    minute = moment.hour * 60 + moment.minute
    within = any(a <= minute < b for a, b in spans_on(table, moment.date(), Calendar()))
    assert state_at(table, moment, Calendar()).is_open is within


@given(tables, moments, st.floats(0, 1, exclude_max=True))
def test_the_words_hold_until_the_moment_that_is_named(table, moment, part):
    state = state_at(table, moment, Calendar())
    if state.until is None:
        return
    assert state.until > moment
    later = min(moment + (state.until - moment) * part, state.until - timedelta(microseconds=1))
    assert state_at(table, later, Calendar()) == state


@given(tables, moments)
def test_a_closed_place_opens_when_it_says(table, moment):
    state = state_at(table, moment, Calendar())
    if state.kind is not Kind.CLOSED or "сегодня" not in state.words:
        return
    assert state_at(table, state.until, Calendar()).is_open
    step = moment
    while step < state.until:
        assert not state_at(table, step, Calendar()).is_open
        step += timedelta(minutes=7)
