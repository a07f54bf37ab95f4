"""The production calendar in force: which days are days off, and the date by which an answer is promised."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings

from services.production_calendar import ONE_DAY, Calendar, has_decree
from services.remembered import CALENDAR, remember

OCTOBER = 10
"""By this month the government has usually published the moved days of the next year."""


_supposed: ContextVar[Calendar | None] = ContextVar("supposed_calendar", default=None)


def calendar() -> Calendar:
    """The calendar with the editors' exceptions (0 queries when warm)."""
    return _supposed.get() or Calendar(remember(CALENDAR, _read))


@contextmanager
def supposed(days: Mapping[date, bool], year: int) -> Iterator[None]:
    """As if the exceptions of a year were these (day → is it a working day): for a look at what would follow."""
    others = {day: works for day, works in remember(CALENDAR, _read).items() if day.year != year}
    token = _supposed.set(Calendar(others | dict(days)))
    try:
        yield
    finally:
        _supposed.reset(token)


def is_day_off(day: date) -> bool:
    """Is `day` a day off by the production calendar?"""
    return calendar().is_day_off(day)


def answer_by(received: date, days: int, move_back: bool | None = None) -> date:
    """The promised date: `days` calendar days after `received`.

    A date that falls on a day off moves back to the working day before it (59-FZ practice; `move_back` overrides
    the setting). Should no working day lie between, it moves forward: a promise is never for today or the past.
    """
    due = received + timedelta(days=days)
    if move_back is None:
        move_back = settings.DEADLINE_MOVES_BACK_FROM_DAYS_OFF
    if not move_back:
        return due
    known = calendar()
    earlier = known.working_day_until(due)
    return earlier if earlier > received else known.working_day_from(due)


def working_days_after(start: date, count: int) -> date:
    """The `count`-th working day after `start` («15 рабочих дней после подачи»)."""
    known, day = calendar(), start
    for _number in range(count):
        day = known.working_day_from(day + ONE_DAY)
    return day


def missing_year(today: date) -> int | None:
    """The year whose moved days nobody knows: this one, or from October the next one; None while all is there.

    Known is what the library has from a decree, and what editors have entered any day of with its act.
    """
    years = [today.year, *([today.year + 1] if today.month >= OCTOBER else [])]
    entered = {day.year for day in calendar().exceptions}
    return next((year for year in years if year not in entered and not has_decree(year)), None)


def _read() -> dict[date, bool]:
    # By name: the pages of this room ask the calendar, so it cannot import their package.
    return dict(apps.get_model("services", "CalendarException").objects.values_list("date", "is_working"))
