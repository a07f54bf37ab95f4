"""Sessions follow the schedule of their group: what an editor or staff moved or cancelled reaches everybody registered.

The schedule is the truth; a session that differs from it is behind. Each step is one transaction and is found again
from the tables, so that a killed worker leaves nobody untold and nobody hears twice.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications import movement
from services import meetings
from services.holidays import calendar
from services.meetings import Slot
from services.models import SupportGroup
from services.models.meeting_change import changes_of
from services.remembered import OFFERED, forget

from . import course, messages, sessions, writing
from .course import Plan
from .models import Registration, Session
from .states import SessionState, State

REASON_LENGTH = 120


def run() -> int:
    """Bring every session ahead in line with its schedule; how many were behind."""
    ahead = Session.objects.followed().order_by("group", "pk")
    by_group: dict[int, list[Session]] = {}
    for session in ahead:
        by_group.setdefault(session.group_id, []).append(session)
    # A group that is taken from the site for a while calls nothing off.
    groups = SupportGroup.objects.live().with_schedule().in_bulk(by_group)
    # One that gives out no more seats still has people who hold theirs.
    behind = sum(follow(group, session) for group in groups.values() for session in by_group[group.pk])
    return behind + _finish_called_off()


def of_group(group: SupportGroup) -> None:
    """The same for one group at once, after staff changed one of its meetings."""
    for session in Session.objects.followed().filter(group=group):
        follow(group, session)
    _finish_called_off(group)


def follow(group: SupportGroup, session: Session) -> bool:
    """Bring one session in line; whether it was behind."""
    if course.is_past(group, session, timezone.now()):
        return False
    slot = slot_of(group, session)
    plan = course.plan(group, timezone.now()) if session.is_course else None
    if not _is_behind(group, session, slot, plan):
        return False
    with transaction.atomic():
        held = sessions.locked(session.pk)
        held.group = group
        if not _is_behind(group, held, slot, plan):
            return False  # another process was faster
        if slot is None:
            _call_off(held, reason_of(group, held.day))
        elif plan is not None:
            # The next meeting of a course comes nearer by itself.
            held.starts, held.ends = slot.starts, slot.ends
            _rename(held, slot.key.day)
            _tell_days(held, group, plan)
        elif held.starts != slot.starts or held.ends != slot.ends:
            _move(held, slot, reason_of(group, held.day))
        elif held.is_cancelled:
            held.state, held.reason = SessionState.PLANNED, ""
        held.seats = max(group.seats, held.taken)
        held.save()
    forget(OFFERED)
    return True


def slot_of(group: SupportGroup, session: Session) -> Slot | None:
    """Where the schedule of the group has this session now; None when it will not take place.

    A course goes on with the first day that its group has now.
    """
    if session.is_course:
        return meetings.course(group, timezone.now())
    return meetings.find(group, session.key, timezone.now(), is_course=session.is_course)


def reason_of(group: SupportGroup, day: date) -> str:
    """Why the meeting of this day is moved or cancelled, as it was written for people."""
    changed = changes_of(group.pk).get(day)
    if changed:
        return changed[1]
    own = next((row.reason for row in group.exceptions.all() if row.date == day), "")
    closed = group.rule.why_not(day, calendar())
    return (own or closed or (_("праздничный день") if closed == "" else _("изменилось расписание")))[:REASON_LENGTH]


def _rename(session: Session, day: date) -> None:
    """A course is named by its first day; registrations, links and seats go with it."""
    known = Session.objects.filter(group=session.group_id, day=day, offset=session.offset).exclude(pk=session.pk)
    if session.day != day and not known.exists():
        session.day = day


def _is_behind(group: SupportGroup, session: Session, slot: Slot | None, plan: Plan | None) -> bool:
    if slot is None:
        return not session.is_cancelled
    same = (session.starts, session.ends) == (slot.starts, slot.ends) and not session.is_cancelled
    same = same and (session.day == slot.key.day or not session.is_course)
    told = plan is None or session.told_days == plan.to_json()
    return not same or not told or session.seats != max(group.seats, session.taken)


def _call_off(session: Session, reason: str) -> None:
    session.state, session.reason = SessionState.CANCELLED, reason
    session.sequence += 1


def _move(session: Session, slot: Slot, reason: str) -> None:
    """The new moment and the letters, in one transaction."""
    session.state, session.reason = SessionState.MOVED, reason
    session.starts, session.ends = slot.starts, slot.ends
    session.sequence += 1
    for _application_id, rows in _parties(session.registrations.active().select_related("application")):
        messages.put("moved", rows[0].application, session, rows, stamp=str(session.sequence))


def _tell_days(session: Session, group: SupportGroup, plan: Plan) -> None:
    """One letter about every single meeting of a course that is otherwise than people know, and what they know now."""
    before = course.known_to(session.told_days)
    session.told_days = plan.to_json()
    if session.is_cancelled:
        session.state, session.reason = SessionState.PLANNED, ""
    changed = course.changes(before, plan, timezone.now()) if before else []
    if not changed:
        return
    session.sequence += 1
    told = [replace(each, reason=each.reason or reason_of(group, each.day)) for each in changed]
    for _application_id, rows in _parties(session.registrations.active().select_related("application")):
        messages.put("course", rows[0].application, session, rows, stamp=str(session.sequence), changes=told)


def _finish_called_off(group: SupportGroup | None = None) -> int:
    """Cancel and tell whoever is still registered for a meeting that is called off; one application at a time."""
    sessions_off = Session.objects.filter(state=SessionState.CANCELLED, **({"group": group} if group else {}))
    left = Registration.objects.filter(
        session__in=sessions_off.order_by().values("pk"), state__in=(State.CONFIRMED, State.WAITING, State.OFFERED)
    )
    pairs = list(left.order_by().values_list("application", "session").distinct())
    for application_id, session_id in pairs:
        with transaction.atomic():
            application = movement.locked(application_id)
            session = sessions.locked(session_id)
            own = session.registrations.filter(application=application).order_by("row")
            rows = writing.write("cancel", list(own), application=application, is_news=not application.email)
            if rows:
                sessions.count_again(session)
                messages.put("called_off", application, session, rows, stamp=str(session.sequence))
    return len(pairs)


def _parties(rows: Iterable[Registration]) -> list[tuple[int, list[Registration]]]:
    found: dict[int, list[Registration]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(row)
    return list(found.items())
