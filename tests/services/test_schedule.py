from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.production_calendar import Calendar
from services.schedule import Recurrence, Rule, cancelled_between, next_dates, words

IRKUTSK = ZoneInfo("Asia/Irkutsk")
NOW = datetime(2026, 11, 25, 14, 20, tzinfo=IRKUTSK)
ADULTS = Rule(Recurrence.WEEKLY, 5, time(10), IRKUTSK, date(2023, 1, 14), minutes=90)
CHILDREN = Rule(
    Recurrence.EVERY_N_WEEKS,
    2,
    time(16, 30),
    IRKUTSK,
    date(2026, 12, 2),
    minutes=90,
    every_weeks=2,
    cancelled={date(2026, 12, 30): "в школах каникулы"},
)
CLUB = Rule(Recurrence.MONTHLY, 5, time(12), IRKUTSK, date(2023, 1, 1), nth=2)


def starts(rule, after=NOW, count=3):
    return [meeting.starts.date() for meeting in next_dates(rule, after, count, Calendar())]


def test_the_three_groups_as_the_centre_named_them():
    assert starts(ADULTS) == [date(2026, 11, 28), date(2026, 12, 5), date(2026, 12, 12)]
    assert starts(CHILDREN) == [date(2026, 12, 2), date(2026, 12, 16), date(2027, 1, 13)]
    assert starts(CLUB) == [date(2026, 12, 12), date(2027, 1, 9), date(2027, 2, 13)]


def test_words():
    assert words(ADULTS) == "каждую субботу в 10:00"
    assert words(CHILDREN) == "по средам, раз в две недели, в 16:30"
    assert words(CLUB) == "вторая суббота месяца, в 12:00"


def test_a_meeting_that_is_going_on_is_still_the_next_one():
    during = datetime(2026, 11, 28, 11, 0, tzinfo=IRKUTSK)
    assert starts(ADULTS, during, 1) == [date(2026, 11, 28)]
    assert starts(ADULTS, during + timedelta(hours=1), 1) == [date(2026, 12, 5)]


def test_holidays_are_skipped_and_said():
    new_year = datetime(2026, 12, 27, tzinfo=IRKUTSK)
    assert starts(ADULTS, new_year, 1) == [date(2027, 1, 9)]
    assert cancelled_between(ADULTS, date(2027, 1, 1), date(2027, 1, 10), Calendar()) == [(date(2027, 1, 2), "")]
    assert cancelled_between(CHILDREN, date(2026, 12, 2), date(2027, 1, 13), Calendar()) == [
        (date(2026, 12, 30), "в школах каникулы")
    ]


def test_a_moved_meeting_takes_its_place_in_the_order():
    rule = Rule(
        Recurrence.WEEKLY,
        5,
        time(10),
        IRKUTSK,
        date(2026, 1, 3),
        moved={date(2026, 11, 28): datetime(2026, 12, 6, 12, 0)},
    )
    assert starts(rule) == [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 12)]
    assert next_dates(rule, NOW, 2, Calendar())[1].is_moved


def test_the_end_date_ends_it():
    rule = Rule(Recurrence.WEEKLY, 5, time(10), IRKUTSK, date(2026, 1, 3), ends_on=date(2026, 12, 5))
    assert starts(rule) == [date(2026, 11, 28), date(2026, 12, 5)]


@pytest.mark.parametrize("nth", [1, 2, 3, 4, -1])
def test_nth_weekday_lies_where_it_should(nth):
    rule = Rule(Recurrence.MONTHLY, 6, time(12), IRKUTSK, date(2026, 1, 1), nth=nth, skips_holidays=False)
    for day in starts(rule, count=12):
        assert day.weekday() == 6
        if nth > 0:
            assert (day.day - 1) // 7 + 1 == nth
        else:
            assert (day + timedelta(7)).month != day.month


rules = st.builds(
    Rule,
    recurrence=st.sampled_from(Recurrence),
    weekday=st.integers(0, 6),
    starts=st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.just(IRKUTSK),
    starts_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    minutes=st.integers(15, 300),
    every_weeks=st.integers(1, 6),
    nth=st.sampled_from([1, 2, 3, 4, -1]),
    ends_on=st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    skips_holidays=st.booleans(),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda m: m.replace(tzinfo=IRKUTSK))


@given(rules, moments, st.integers(1, 6))
def test_meetings_keep_the_rule(rule, after, count):
    calendar = Calendar()
    found = next_dates(rule, after, count, calendar)
    assert len(found) <= count
    assert [m.starts for m in found] == sorted({m.starts for m in found})
    for meeting in found:
        assert meeting.ends > after
        assert meeting.starts.weekday() == rule.weekday
        assert meeting.starts.time() == rule.starts
        assert meeting.starts.date() >= rule.starts_on
        assert rule.ends_on is None or meeting.starts.date() <= rule.ends_on
        assert not (rule.skips_holidays and calendar.is_holiday(meeting.starts.date()))


@given(rules, moments)
def test_asking_from_the_end_of_a_meeting_gives_the_one_after_it(rule, after):
    both = next_dates(rule, after, 2, Calendar())
    if len(both) == 2:
        assert next_dates(rule, both[0].ends, 1, Calendar()) == both[1:]


@given(rules, moments)
def test_two_weekly_meetings_keep_their_distance_from_the_anchor(rule, after):
    if rule.recurrence != Recurrence.EVERY_N_WEEKS:
        return
    anchor_week = rule.starts_on - timedelta(rule.starts_on.weekday())
    for meeting in next_dates(rule, after, 4, Calendar()):
        assert (meeting.starts.date() - anchor_week).days // 7 % rule.every_weeks == 0


def _meets(rule: Rule, day: date) -> bool:
    """The rule once more, by counting days, without the library that the schedule is built on."""
    if day < rule.starts_on or day.weekday() != rule.weekday or (rule.ends_on and day > rule.ends_on):
        return False
    if rule.recurrence == Recurrence.MONTHLY:
        month = [day + timedelta(7 * step) for step in range(-4, 5)]
        month = [each for each in month if each.month == day.month]
        return month.index(day) == (rule.nth - 1 if rule.nth > 0 else len(month) - 1)
    every = rule.every_weeks if rule.recurrence == Recurrence.EVERY_N_WEEKS else 1
    first_monday, monday = (each - timedelta(each.weekday()) for each in (rule.starts_on, day))
    return (monday - first_monday).days // 7 % every == 0


@given(rules, moments, st.integers(1, 6))
def test_the_meetings_are_those_of_a_plain_count_of_days(rule, after, count):
    calendar, wanted, day = Calendar(), [], after.date() - timedelta(days=1)
    while len(wanted) < count and day < after.date() + timedelta(days=700):
        starts = datetime.combine(day, rule.starts, IRKUTSK)
        is_off = rule.skips_holidays and calendar.is_holiday(day)
        if _meets(rule, day) and not is_off and starts + timedelta(minutes=rule.minutes) > after:
            wanted.append(starts)
        day += timedelta(days=1)
    found = [meeting.starts for meeting in next_dates(rule, after, count, calendar)]
    assert found[: len(wanted)] == wanted
