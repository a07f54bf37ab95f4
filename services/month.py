"""A month of meetings of all groups, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from services import schedule
from services.holidays import calendar
from services.weekdays import Weekday

if TYPE_CHECKING:
    from services.models import SupportGroup

MOST = 45
"""Meetings of one group in a month and before it; a daily one has 31."""
BACK, AHEAD = 1, 12
"""Months that can be looked at, before this one and after it."""
NAMES = (
    *(_("Январь"), _("Февраль"), _("Март"), _("Апрель"), _("Май"), _("Июнь")),
    *(_("Июль"), _("Август"), _("Сентябрь"), _("Октябрь"), _("Ноябрь"), _("Декабрь")),
)


@dataclass(frozen=True)
class Entry:
    """One meeting of a day: «16:30»; `off` says why it is not."""

    begins: str
    group: "SupportGroup"
    off: str = ""


@dataclass(frozen=True)
class Day:
    """A day of the sheet; `is_outside` where it only fills the week."""

    date: date
    weekday: str
    is_today: bool = False
    is_outside: bool = False
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """The sheet, with the months before and after it as «2026-11», blank where nothing is shown."""

    title: str
    days: list[Day]
    before: str
    before_title: str
    after: str
    after_title: str

    @property
    def is_empty(self) -> bool:
        """Whether nobody meets."""
        return not any(day.entries for day in self.days)


def read(text: str, today: date) -> date | None:
    """The first day of «2026-12»; None for what is no month or too far away."""
    year, dash, month = text.partition("-")
    if not (dash and year.isascii() and year.isdecimal() and month.isascii() and month.isdecimal()):
        return None
    if len(text) != len("2026-12") or not 1 <= int(month) <= 12:
        return None
    distance = (int(year) - today.year) * 12 + int(month) - today.month
    return date(int(year), int(month), 1) if -BACK <= distance <= AHEAD else None


def sheet(first: date, groups: Iterable["SupportGroup"], today: date) -> Month:
    """The month that begins with `first`, in whole weeks from Monday."""
    after = _shift(first, 1)
    start = first - timedelta(days=first.weekday())
    count = -(-((after - start).days) // 7) * 7
    days = [_day(start + timedelta(days=number), first, today) for number in range(count)]
    by_date = {day.date: day for day in days if not day.is_outside}
    for group in groups:
        for day, entry in _entries(group, first, after):
            by_date[day].entries.append(entry)
    for each in days:
        each.entries.sort(key=lambda entry: (entry.begins.zfill(5), entry.group.title))
    before = _shift(first, -1)
    return Month(_title(first), days, _name(before, today), _title(before), _name(after, today), _title(after))


def _entries(group: "SupportGroup", first: date, after: date) -> Iterable[tuple[date, Entry]]:
    rule = group.rule
    begin, end = (datetime.combine(day, time(), rule.zone) for day in (first, after))
    meetings = schedule.next_dates(rule, begin, MOST, calendar())
    for meeting in takewhile(lambda each: each.starts < end, meetings):
        if meeting.starts >= begin:
            yield meeting.starts.date(), Entry(f"{meeting.starts:%-H:%M}", group)
    for day, reason in schedule.cancelled_between(rule, first, after - timedelta(days=1), calendar()):
        yield day, Entry(f"{rule.starts:%-H:%M}", group, reason or str(_("праздничный день")))


def _day(day: date, first: date, today: date) -> Day:
    return Day(day, str(Weekday(day.weekday()).label), day == today, day.month != first.month)


def _shift(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _title(first: date) -> str:
    return f"{NAMES[first.month - 1]} {first.year}"


def _name(first: date, today: date) -> str:
    name = f"{first:%Y-%m}"
    return name if read(name, today) else ""
