from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import holidays
from services.production_calendar import Calendar
from tests.factories.services import CalendarExceptionFactory

days_of_our_time = st.dates(date(2024, 1, 1), date(2035, 12, 31))
calendars = st.builds(Calendar, st.dictionaries(days_of_our_time, st.booleans(), max_size=30))


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2025, 11, 1), False),  # a Saturday that was worked
        (date(2025, 11, 3), True),  # for it, the Monday was free
        (date(2025, 5, 2), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 9), True),
        (date(2026, 3, 9), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 11), False),
        (date(2027, 2, 20), False),  # a working Saturday again
        (date(2027, 2, 22), True),
        (date(2026, 11, 25), False),
        (date(2026, 11, 28), True),
    ],
)
def test_days_as_the_government_moved_them(day, off):
    assert Calendar().is_day_off(day) is off


@pytest.mark.django_db
def test_what_the_editor_enters_goes_first_and_is_seen_at_once():
    assert not holidays.is_day_off(date(2026, 11, 25))
    exception = CalendarExceptionFactory(date=date(2026, 11, 25))
    assert holidays.is_day_off(date(2026, 11, 25))
    exception.is_working = True
    exception.save()
    assert not holidays.is_day_off(date(2026, 11, 25))
    CalendarExceptionFactory(date=date(2026, 11, 28), working=True)
    assert not holidays.is_day_off(date(2026, 11, 28))
    exception.delete()


@pytest.mark.django_db
def test_no_query_when_warm(django_assert_num_queries):
    holidays.is_day_off(date(2026, 11, 25))
    with django_assert_num_queries(0):
        holidays.answer_by(date(2026, 11, 25), 30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 22), date(2026, 12, 22)),  # a Tuesday stays
        (date(2026, 11, 26), date(2026, 12, 25)),  # Saturday the 26th → Friday
        (date(2026, 12, 5), date(2026, 12, 30)),  # into the New Year days → the last working day before them
    ],
)
def test_thirty_days_move_back_from_a_day_off(received, due):
    assert holidays.answer_by(received, 30) == due


@pytest.mark.django_db
def test_the_setting_and_the_argument_leave_the_date_where_it_is(settings):
    assert holidays.answer_by(date(2026, 11, 26), 30, move_back=False) == date(2026, 12, 26)
    settings.DEADLINE_MOVES_BACK_FROM_DAYS_OFF = False
    assert holidays.answer_by(date(2026, 11, 26), 30) == date(2026, 12, 26)


@pytest.mark.django_db
def test_fifteen_working_days():
    assert holidays.working_days_after(date(2026, 12, 28), 3) == date(2027, 1, 11)


@given(calendars, days_of_our_time)
def test_the_nearest_working_days_are_working_and_nothing_between_is(calendar, day):
    later, earlier = calendar.working_day_from(day), calendar.working_day_until(day)
    assert earlier <= day <= later
    assert not calendar.is_day_off(later) and not calendar.is_day_off(earlier)
    between = (earlier + timedelta(n) for n in range(1, (later - earlier).days))
    assert all(calendar.is_day_off(d) for d in between if d != day)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days_of_our_time, st.integers(1, 90))
def test_a_promise_is_a_working_day_after_the_receipt_and_never_later_than_the_period_without_need(received, days):
    due = holidays.answer_by(received, days)
    assert due > received
    assert not holidays.is_day_off(due)
    if due > received + timedelta(days):
        assert all(holidays.is_day_off(received + timedelta(n)) for n in range(1, days + 1))
