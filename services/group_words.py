"""What a group's page and its row in a list show of its meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from home.words import day_month
from services import lines
from services.production_calendar import Calendar
from services.schedule import Meeting, Rule, cancelled_between
from services.weekdays import Weekday


@dataclass(frozen=True)
class ShownMeeting:
    """«Среда», «Среда, 16:30–18:00», «16:30»; `moved_from` is «29 ноября» where it was moved."""

    date: date
    weekday: str
    when: str
    begins: str
    hours: str
    moved_from: str = ""


def shown(meeting: Meeting) -> ShownMeeting:
    """A meeting in words, in the group's own time."""
    moved_from = day_month(meeting.by_rule) if meeting.is_moved else ""
    return shown_at(meeting.starts, meeting.ends, moved_from)


def shown_at(starts: datetime, ends: datetime, moved_from: str = "") -> ShownMeeting:
    """The same of two moments in the group's own time."""
    weekday = Weekday(starts.weekday()).label.capitalize()
    begins = f"{starts:%-H:%M}"
    hours = f"{begins}–{ends:%-H:%M}"
    return ShownMeeting(starts.date(), weekday, f"{weekday}, {hours}", begins, hours, moved_from)


def missed(rule: Rule, first: date, last: date, calendar: Calendar) -> list[tuple[str, str]]:
    """(«30 декабря», «в школах каникулы») for each meeting that will not take place."""
    days = cancelled_between(rule, first, last, calendar)
    return [(day_month(day), lower_first(reason) or _("праздничный день")) for day, reason in days]


def steps(text: str) -> list[tuple[str, str]]:
    """(first sentence, the rest) of each line."""
    found = []
    for line in lines.lines(text):
        for end in (". ", "? "):
            if end in line:
                head, rest = line.split(end, 1)
                found.append((head + end.strip(), rest))
                break
        else:
            found.append((line, ""))
    return found


def lower_first(reason: str) -> str:
    """«Ремонт» in the middle of a sentence."""
    return reason[:1].lower() + reason[1:]
