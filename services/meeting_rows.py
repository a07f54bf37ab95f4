"""The next meetings of a group as its page shows them: when, and what is left to register for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from home import freshness
from services import group_words, meetings
from services.group_words import ShownMeeting
from services.meetings import Standing
from services.schedule import Meeting

if TYPE_CHECKING:
    from services.models import SupportGroup


@dataclass(frozen=True)
class Row:
    """A meeting; `standing` of its seats, or the `slots` it is divided into: «10:30» and how each stands."""

    shown: ShownMeeting
    standing: Standing | None = None
    slots: tuple[tuple[str, Standing], ...] = ()


def rows(group: "SupportGroup", found: Sequence[Meeting], now: datetime) -> list[Row]:
    """These meetings, with their seats where the group gives them out one by one: of what has not begun at `now`."""
    if not group.takes_registrations or group.is_course:
        return [Row(group_words.shown(meeting)) for meeting in found]
    slots = {meeting.by_rule: meetings.slots_of(group, meeting) for meeting in found}
    ahead = [slot for each in slots.values() for slot in each if slot.starts > now]
    known = meetings.standings(group, ahead)
    if ahead:
        freshness.until(min(slot.starts for slot in ahead))
    made = []
    for meeting in found:
        each = [(f"{slot.starts:%-H:%M}", known[slot.key]) for slot in slots[meeting.by_rule] if slot.key in known]
        shown = group_words.shown(meeting)
        if meeting.starts <= now and not each:
            made.append(Row(shown, Standing(_("Встреча уже идёт, записаться на неё нельзя"), is_open=False)))
        else:
            alone = each[0][1] if each and not group.slot_minutes else None
            made.append(Row(shown, alone, tuple(each) if group.slot_minutes else ()))
    return made


def course(group: "SupportGroup", now: datetime) -> Standing | None:
    """How the seats of a whole course stand; None for groups that are no course."""
    if not group.takes_registrations or not group.is_course:
        return None
    slot = meetings.course(group, now)
    return meetings.standings(group, [slot]).get(slot.key)
