"""The single meetings of a course: what its people were told of them, and how the schedule differs from that by now.

A session of a course keeps what was told (`Session.told_days`): by the day of the rule the moment and, where there is
no meeting, why. Compared with the schedule it shows all that fell out, moved or came anew, however it came about.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from services import schedule
from services.holidays import calendar
from services.models import SupportGroup

from .models import Session

AHEAD = timedelta(days=190)
"""So far ahead people are told of changes; what comes nearer later is no change."""
MOST = 400


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the rule; `starts` is None where nobody meets, `reason` says why."""

    starts: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The meetings ahead by their day, all that are known up to and with `until`."""

    until: date
    days: Mapping[date, Day]

    def to_json(self) -> dict[str, Any]:
        """As the session keeps it."""
        days = {
            f"{day}": [each.starts.isoformat() if each.starts else "", each.reason] for day, each in self.in_order()
        }
        return {"until": f"{self.until}", "days": days}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Plan":
        """As it was kept."""
        days = {
            date.fromisoformat(day): Day(datetime.fromisoformat(starts) if starts else None, reason)
            for day, (starts, reason) in kept["days"].items()
        }
        return cls(date.fromisoformat(kept["until"]), days)

    def in_order(self) -> list[tuple[date, Day]]:
        """The days as they come."""
        return sorted(self.days.items())


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting that is otherwise than people know: `old` None where it is new to them, `new` where it fell out."""

    day: date
    old: datetime | None
    new: datetime | None
    reason: str


def plan(group: SupportGroup, now: datetime) -> Plan:
    """What the schedule of the group says now: meetings not over, and days ahead that fall out."""
    rule, known = group.rule, calendar()
    today = now.astimezone(rule.zone).date()
    last = today + AHEAD
    days = {
        meeting.by_rule: Day(meeting.starts)
        for meeting in schedule.next_dates(rule, now, MOST, known)
        if meeting.by_rule <= last
    }
    for day, reason in schedule.cancelled_between(rule, today, last, known):
        days[day] = Day(None, reason or _("праздничный день"))
    return Plan(last, days)


def known_to(told: Mapping[str, Any] | None) -> Plan | None:
    """What people of a session were told; None where nobody was told anything yet."""
    return Plan.from_json(told) if told else None


def changes(before: Plan, after: Plan, now: datetime) -> list[Change]:
    """What people have to hear, in the order in which it happens.

    A meeting that began is past changing. Days of another rule stand for each other within a week: with another weekday
    the meeting of that week moved.
    """
    found = list(_differing(before, after, now))
    new = [each for each in found if not each.old]
    said = [each for each in found if each.old]
    for number, each in enumerate(said):
        instead = None if each.day in after.days else next((late for late in new if _same_week(each, late)), None)
        if instead:
            new.remove(instead)
            said[number] = Change(each.day, each.old, instead.new, each.reason)
    return sorted([*said, *new], key=lambda each: (each.old or each.new or now, each.day))


def _differing(before: Plan, after: Plan, now: datetime) -> Iterator[Change]:
    for day in sorted(before.days.keys() | after.days.keys()):
        was, is_now = before.days.get(day), after.days.get(day)
        old = was.starts if was and was.starts and was.starts > now else None
        new = is_now.starts if is_now and is_now.starts and is_now.starts > now else None
        # What only came near enough to be known is no change.
        is_late = was is None and day > before.until
        if old != new and not is_late:
            yield Change(day, old, new, is_now.reason if is_now else "")


def _same_week(one: Change, other: Change) -> bool:
    return one.day.isocalendar()[:2] == other.day.isocalendar()[:2]


def is_past(group: SupportGroup, session: Session, now: datetime) -> bool:
    """Whether a course of this group is over while the group has another first day by now: the next intake, which is
    nothing to those of the last one. A course with meetings ahead goes on, whatever became of its first day."""
    if not session.is_course or session.day == group.starts_on or session.ends > now:
        return False
    told = known_to(session.told_days)
    return not told or all(each.starts is None or each.starts <= now for each in told.days.values())


def fresh(group: SupportGroup) -> dict[str, Any] | None:
    """What whoever registers now is told of the course; None for a group that is none."""
    return plan(group, timezone.now()).to_json() if group.is_course else None
