"""The production calendar: which days are days off, and the date by which an answer is promised.

Moved days come from the library `holidays` (government decrees, known up to the published year), what an editor
enters as CalendarException goes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from holidays import country_holidays

from services.models import CalendarException
from services.remembered import CALENDAR, remember

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The calendar at one moment; take it once when many days are asked about."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    """Day → is it a working day."""

    def is_day_off(self, day: date) -> bool:
        """Weekend, public holiday or moved day off, unless an editor said otherwise."""
        if day in self.exceptions:
            return not self.exceptions[day]
        return _published_day_off(day)

    def working_day_from(self, day: date) -> date:
        """The day itself, or the next working one."""
        while self.is_day_off(day):
            day += ONE_DAY
        return day

    def working_day_until(self, day: date) -> date:
        """The day itself, or the last working one before it."""
        while self.is_day_off(day):
            day -= ONE_DAY
        return day


def calendar() -> Calendar:
    """The calendar in force, with the editors' exceptions (0 queries when warm)."""
    return Calendar(remember(CALENDAR, lambda: dict(CalendarException.objects.values_list("date", "is_working"))))


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


@lru_cache(maxsize=4096)
def _published_day_off(day: date) -> bool:
    # A year the government has not decreed yet has holidays but no moved days; editors enter those.
    year = _year(day.year)
    return day in year[0] or (day.weekday() >= 5 and day not in year[1])


@lru_cache(maxsize=32)
def _year(number: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and working weekends of a year as decreed."""
    known = country_holidays("RU", years=number)
    return frozenset(known), frozenset(known.weekend_workdays)
