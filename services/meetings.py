"""The meetings of a group as something to register for: each with a key that never changes, and its seats.

The key is «group-day-offset»: the group's id, the day by its rule, minutes from the beginning of that meeting (0 unless
the meeting is divided into slots). A course has one key, of its first day. Who counts the seats is a room above:
it registers itself as the source.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from services import schedule
from services.holidays import calendar

if TYPE_CHECKING:
    from services.models import SupportGroup

PATTERN = "^[0-9]{1,12}-[0-9]{8}-[0-9]{1,3}$"
_KEY = re.compile(PATTERN)


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """Names one thing to register for."""

    group: int
    day: date
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.group}-{self.day:%Y%m%d}-{self.offset}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to register for; aware moments in the group's own zone."""

    key: Key
    starts: datetime
    ends: datetime
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How the seats of one slot stand. `words`: «Осталось 5 мест»; `action`: the words of its button, blank without;
    `waits`: it leads to the waiting list."""

    words: str
    is_open: bool
    action: str = ""
    url: str = ""
    waits: bool = False


class Consequence(Protocol):
    """What people registered would be told: sentences with numbers, single meetings, applications without mail."""

    @property
    def lines(self) -> Sequence[Any]:
        """One a meeting."""

    @property
    def sentences(self) -> Sequence[str]:
        """«12 записанных на 3 встречи получат письмо об отмене.»"""

    @property
    def calls(self) -> int:
        """Applications that nobody writes to."""


class Seats(Protocol):
    """Whoever counts."""

    def standings(self, group: "SupportGroup", slots: Iterable[Slot]) -> Mapping[Key, Standing]:
        """How each of these slots stands."""

    def told(self, groups: Iterable["SupportGroup"]) -> Consequence:
        """What people registered would be told, were these groups as they are here."""


_sources: list[Seats] = []


def register(source: Seats) -> None:
    """Called once by the room that counts the seats."""
    _sources.append(source)


def standings(group: "SupportGroup", slots: Iterable[Slot]) -> Mapping[Key, Standing]:
    """How these slots of a group stand; nothing for a group that does not register here."""
    return _sources[0].standings(group, slots) if _sources and group.takes_registrations else {}


def told(groups: Iterable["SupportGroup"]) -> Consequence | None:
    """What people registered would be told, were these groups as they are here; None where nobody would be."""
    found = _sources[0].told(groups) if _sources else None
    return found if found and found.lines else None


def read(text: object) -> Key | None:
    """A key as it was sent; None when it is none."""
    if not isinstance(text, str) or not _KEY.fullmatch(text):
        return None
    group, day, offset = text.split("-")
    try:
        return Key(int(group), date(int(day[:4]), int(day[4:6]), int(day[6:])), int(offset))
    except ValueError:
        return None


def slots_of(group: "SupportGroup", meeting: schedule.Meeting) -> list[Slot]:
    """What may be registered for at one meeting: the meeting, or its slots one after another."""
    moved = meeting.is_moved
    if not group.slot_minutes:
        return [Slot(Key(group.pk, meeting.by_rule), meeting.starts, meeting.ends, moved)]
    step = timedelta(minutes=group.slot_minutes)
    count = (meeting.ends - meeting.starts) // step
    return [
        Slot(
            Key(group.pk, meeting.by_rule, number * group.slot_minutes),
            meeting.starts + number * step,
            meeting.starts + (number + 1) * step,
            moved,
        )
        for number in range(count)
    ]


def coming(group: "SupportGroup", after: datetime, count: int) -> list[Slot]:
    """What may be registered for from now on: of the next `count` meetings, or the course."""
    meetings = schedule.next_dates(group.rule, after, count, calendar())
    if group.is_course:
        return [course(group, after)] if meetings else []
    return [slot for meeting in meetings for slot in slots_of(group, meeting) if slot.starts > after]


def course(group: "SupportGroup", after: datetime) -> Slot:
    """The whole course; it begins with the next meeting and ends with the last one that is known."""
    meetings = schedule.next_dates(group.rule, after, 1, calendar())
    first = meetings[0] if meetings else None
    zone = group.rule.zone
    starts = first.starts if first else datetime.combine(group.starts_on, group.starts, zone)
    last = group.ends_on or starts.date()
    ends = datetime.combine(last, group.starts, zone) + timedelta(minutes=group.minutes)
    return Slot(Key(group.pk, group.starts_on), starts, max(ends, starts + timedelta(minutes=group.minutes)))


def find(group: "SupportGroup", key: Key, now: datetime, *, is_course: bool | None = None) -> Slot | None:
    """The slot of that key as the schedule has it now; None when there is no such meeting (any more).

    `is_course`: what the key was given out for, where the group may have been changed since.
    """
    if group.is_course if is_course is None else is_course:
        return course(group, now) if key == Key(group.pk, group.starts_on) else None
    meeting = schedule.meeting_on(group.rule, key.day, calendar())
    slots = slots_of(group, meeting) if meeting else []
    return next((slot for slot in slots if slot.key == key), None)
