"""The production calendar in force: which days are days off, and the date by which an answer is promised."""

from datetime import date, timedelta

from django.apps import apps
from django.conf import settings

from services.production_calendar import ONE_DAY, Calendar
from services.remembered import CALENDAR, remember


def calendar() -> Calendar:
    """The calendar with the editors' exceptions (0 queries when warm)."""
    return Calendar(remember(CALENDAR, _read))


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


def _read() -> dict[date, bool]:
    # By name: the pages of this room ask the calendar, so it cannot import their package.
    return dict(apps.get_model("services", "CalendarException").objects.values_list("date", "is_working"))
