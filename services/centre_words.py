"""What a centre's page and its row in a list show, made from its records; no queries beyond those rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from home import freshness
from home.words import day_month, month_name
from services import zones
from services.hours import OpenState, Spans, Timetable, clock, hours_words, openings, spans_on, special_on
from services.hours_changes import Change, changes
from services.production_calendar import ONE_DAY, Calendar
from services.weekdays import Weekday

if TYPE_CHECKING:
    from services.models import Centre

CHANGES_SHOWN_DAYS = 50
"""An exception is announced about seven weeks ahead: time enough to plan a journey, near enough to matter."""


@dataclass(frozen=True)
class Row:
    """A centre in a list."""

    centre: "Centre"
    state: OpenState


@dataclass(frozen=True)
class DayHours:
    """A line of the week: «Среда, сегодня», «9:00–18:00», «обед 13:00–14:00»."""

    day: str
    hours: str
    pause: str
    note: str
    is_today: bool


@dataclass(frozen=True)
class Notice:
    """Days that differ, under one reason: lines of text, the telephone on duty, and whether it is invented."""

    title: str
    lines: tuple[str, ...]
    duty_phone: str
    is_demo: bool


def rows(centres: Iterable["Centre"], moment: datetime, calendar: Calendar) -> list[Row]:
    """Centres with what the pill says now."""
    return [Row(centre, centre.open_state(moment, calendar)) for centre in centres]


def centre_context(centre: "Centre", moment: datetime, calendar: Calendar) -> dict[str, Any]:
    """Everything centre.html asks for that depends on the clock."""
    table = centre.timetable
    freshness.until_midnight(table.zone)
    today = moment.astimezone(table.zone).date()
    invented = {row.reason for row in centre.special_days if row.is_demo}
    # Nobody is to come by the hours of a place that is closed for now, has moved or is not there yet.
    works = not centre.not_working(moment)
    return {
        "state": centre.open_state(moment, calendar),
        "week": week(table, today, calendar) if works else [],
        "usual": usual_week(table) if works else [],
        "zone_words": zones.shown(table.zone),
        "notices": notices(table, today, calendar, invented) if works else [],
    }


def week(table: Timetable, today: date, calendar: Calendar) -> list[DayHours]:
    """The usual week from Monday; today's line tells today's hours even where they are special."""
    if not table.week:
        return []
    return [_day_line(table, number, today, calendar) for number in range(7)]


def usual_week(table: Timetable) -> list[tuple[str, str]]:
    """The week in few lines: («Понедельник – четверг», «9:00–18:00, обед 13:00–14:00»); closed days are left out."""
    found = []
    for words, run in groupby(range(7), key=lambda number: _hours_line(table.week.get(number, ()))):
        days = [Weekday(number).label for number in run]
        name = days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}"
        if words:
            found.append((name.capitalize(), words))
    return found


def _hours_line(spans: Spans) -> str:
    return ", ".join(part for part in hours_words(spans) if part)


def _day_line(table: Timetable, number: int, today: date, calendar: Calendar) -> DayHours:
    label = Weekday(number).label.capitalize()
    is_today = today.weekday() == number
    usual = table.week.get(number, ())
    spans = spans_on(table, today, calendar) if is_today else usual
    opened, pause = hours_words(spans)
    special = special_on(table, today) if is_today else None
    note = special.reason if special else table.notes.get(number, "")
    if is_today and special is None and spans != usual:
        note = _("праздничный день") if not spans else _("рабочий день по календарю")
    return DayHours(
        _("{day}, сегодня").format(day=label) if is_today else label,
        opened or (_("не работает") if not is_today or not usual else _("закрыто")),
        pause,
        note,
        is_today,
    )


def notices(table: Timetable, today: date, calendar: Calendar, invented: set[str]) -> list[Notice]:
    """Coming days that differ from the usual week, in words: «31 декабря–10 января: закрыто»."""
    if not table.week:
        return []
    coming = changes(table, today, CHANGES_SHOWN_DAYS, calendar)
    found = []
    for title, group in groupby(coming, key=_heading):
        members = list(group)
        lines = [_change_line(change) for change in members]
        if not members[-1].spans:
            lines += _reopens(table, members[-1].last, calendar)
        phone = next((change.duty_phone for change in members if change.duty_phone), "")
        found.append(Notice(title, tuple(lines), phone, members[0].reason in invented))
    return found


def _heading(change: Change) -> str:
    return change.reason or (_("Рабочие дни по календарю") if change.spans else _("Праздничные дни"))


def _change_line(change: Change) -> str:
    return f"{days_words(change.first, change.last)}: {_hours_line(change.spans) or _('закрыто')}"


def _reopens(table: Timetable, last: date, calendar: Calendar) -> list[str]:
    for day, minute in openings(table, last + ONE_DAY, calendar):
        return [
            _("{day}, {weekday}: откроется в {time}").format(
                day=day_month(day), weekday=Weekday(day.weekday()).label, time=clock(minute)
            )
        ]
    return []


def days_words(first: date, last: date) -> str:
    """«31 декабря», «1–10 января», «30 декабря – 10 января»."""
    if first == last:
        return day_month(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {month_name(last)}"
    return f"{day_month(first)} – {day_month(last)}"
