"""What the screen of meetings shows: coming and past ones with their numbers, and the people of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from forms.definitions import dates
from forms.registrations import shown, staffing
from forms.registrations.course import Day
from forms.registrations.models import Registration, Session
from forms.registrations.states import SessionState, State
from home.words import day_month
from services import group_words, meetings
from services.meetings import Key
from services.models import SupportGroup
from services.weekdays import Weekday

AHEAD = 4
COURSE_DAYS = 12
PAST = timedelta(days=21)
ORDER = (State.CONFIRMED, State.OFFERED, State.ATTENDED, State.MISSED, State.WAITING, State.LAPSED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One line: when, how many of how many, how many wait, what became of it."""

    key: Key
    day: Any
    when: str
    taken: int
    seats: int
    waiting: int
    state: str
    state_words: str
    is_past: bool

    @property
    def url(self) -> str:
        """Its own page."""
        return reverse("form_review:meeting", args=[str(self.key)])


@dataclass(frozen=True, slots=True)
class Person:
    """One registered person; `card` is blank where the application is not this user's to see."""

    row: Registration
    words: str
    age: int | None
    card: str

    @property
    def is_seated(self) -> bool:
        """Whether they are expected at the meeting."""
        return self.row.state in (State.CONFIRMED, State.ATTENDED, State.MISSED)


def meetings_of(groups: Iterable[SupportGroup], now: datetime) -> list[tuple[SupportGroup, list[Meeting]]]:
    """Each group with its meetings, the past ones first; one query for all sessions."""
    found = list(groups)
    rows: dict[int, dict[Key, Session]] = {}
    for session in Session.objects.filter(group__in=found, ends__gt=now - PAST):
        rows.setdefault(session.group_id, {})[session.key] = session
    return [(group, _lines(group, rows.get(group.pk, {}), now)) for group in found]


def _lines(group: SupportGroup, known: dict[Key, Session], now: datetime) -> list[Meeting]:
    # One that is off the site, or gives out no more seats, shows only what people are registered for.
    offered = meetings.coming(group, now, AHEAD) if group.live and group.takes_registrations else []
    slots = {slot.key: slot for slot in offered}
    moments: dict[Key, tuple[datetime, datetime]] = {key: (slot.starts, slot.ends) for key, slot in slots.items()}
    moments |= {key: (session.starts, session.ends) for key, session in known.items()}
    ordered = sorted(moments, key=lambda key: (moments[key][0], key))
    return [_line(group, key, moments[key], known.get(key), now) for key in ordered]


def _line(
    group: SupportGroup, key: Key, moment: tuple[datetime, datetime], session: Session | None, now: datetime
) -> Meeting:
    starts, ends = (each.astimezone(group.rule.zone) for each in moment)
    state = SessionState(session.state if session else SessionState.PLANNED)
    return Meeting(
        key=key,
        day=starts.date(),
        when=group_words.shown_at(starts, ends).when,
        taken=session.taken if session else 0,
        seats=session.seats if session else group.seats,
        waiting=session.waiting if session else 0,
        state=str(state),
        state_words=str(state.label),
        is_past=ends <= now,
    )


def people_of(session: Session, visible: Any) -> list[Person]:
    """Who is registered, those with seats first, then the line in its order; two queries. `visible`: applications."""
    rows = list(session.registrations.select_related("application"))
    seen = set(visible.filter(pk__in=[row.application_id for row in rows]).values_list("pk", flat=True))
    rows.sort(key=lambda row: (ORDER.index(State(row.state)), row.place or 0, row.name))
    on = session.starts.astimezone(shown.zone_of(session)).date()
    return [
        Person(
            row=row,
            words=str(State(row.state).label),
            age=dates.age(row.born_on, on) if row.born_on else None,
            card=reverse("form_review:card", args=[row.application_id]) if row.application_id in seen else "",
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A single meeting of a course; `off` says why it does not take place, `moved_from` where it was by the rule."""

    when: str
    off: str
    moved_from: str
    url: str


def days_of(session: Session) -> list[CourseDay]:
    """The next meetings of a course, each of which may be moved or called off."""
    if not session.is_course or session.is_over or session.is_cancelled:
        return []
    key = str(session.key)
    return [
        CourseDay(
            when=day_words(session, day, each),
            off=each.reason if each.starts is None else "",
            moved_from=day_month(day) if each.starts and each.starts.date() != day else "",
            url=reverse("form_review:meeting_day", args=[key, int(f"{day:%Y%m%d}")]),
        )
        for day, each in staffing.days_of(session).in_order()[:COURSE_DAYS]
    ]


def day_words(session: Session, day: date, each: Day) -> str:
    """«Среда, 9 декабря, 16:30»; without the hour where nobody meets."""
    on = each.starts.astimezone(shown.zone_of(session)) if each.starts else None
    words = f"{Weekday((on or day).weekday()).label.capitalize()}, {day_month(on.date() if on else day)}"
    return f"{words}, {on:%-H:%M}" if on else words


def others(session: Session) -> list[Meeting]:
    """Coming meetings of the same group with a free seat, to which somebody may be moved."""
    if session.is_course:
        return []
    now = timezone.now()
    group = SupportGroup.objects.with_schedule().get(pk=session.group_id)
    (_group, lines), *_rest = meetings_of([group], now)
    return [
        line
        for line in lines
        if line.key != session.key and not line.is_past and line.taken < line.seats and line.state != "cancelled"
    ]
