"""Which coming days differ from the usual week of a place: special days, holidays, moved working days."""

from dataclasses import dataclass, replace
from datetime import date

from services.hours import Spans, Timetable, spans_on, special_on
from services.production_calendar import ONE_DAY, Calendar


@dataclass(frozen=True)
class Change:
    """Consecutive days whose hours differ from the usual week in one and the same way."""

    first: date
    last: date
    spans: Spans
    reason: str = ""
    duty_phone: str = ""


def changes(table: Timetable, since: date, days: int, calendar: Calendar) -> list[Change]:
    """What differs from the usual week in the `days` days from `since`: special days and holidays.

    Days that are closed as usual join a longer run («1–10 января») but never start or end one.
    """
    found: list[Change] = []
    gap = 0
    for day in (since + ahead * ONE_DAY for ahead in range(days)):
        spans = spans_on(table, day, calendar)
        usual = table.week.get(day.weekday(), ())
        special = special_on(table, day)
        if special is None and spans == usual:
            gap = gap + 1 if not spans else days
            continue
        change = Change(day, day, spans, special.reason if special else "", special.duty_phone if special else "")
        if found and _continues(found[-1], change, gap):
            found[-1] = replace(found[-1], last=day)
        else:
            found.append(change)
        gap = 0
    return found


def _continues(before: Change, change: Change, gap: int) -> bool:
    alike = (before.spans, before.reason, before.duty_phone) == (change.spans, change.reason, change.duty_phone)
    days_between = (change.first - before.last).days - 1
    return alike and days_between == gap and (gap == 0 or not change.spans)
