"""The row of a session: found or made, locked, counted. Whoever writes seats goes through here.

Always the application's row first, then the session's, so that nobody waits in a ring.
"""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from forms.applications import routing
from forms.applications.models import Team
from forms.applications.movement import Refused
from services import meetings
from services.meetings import Key, Slot
from services.models import SupportGroup
from services.remembered import OFFERED, forget

from . import course
from .models import Session
from .states import SEATED, State

GONE = gettext_lazy("На эту встречу записи больше нет. Выберите другую встречу.")


def group_of(key: Key) -> SupportGroup | None:
    """The published group that gives out this seat."""
    group: SupportGroup | None = SupportGroup.objects.live().with_schedule().filter(pk=key.group).first()
    return group if group and group.takes_registrations else None


def team_of(group: SupportGroup) -> Team:
    """Who looks after the meetings of a group: the team of the place where it meets, else the common queue."""
    return routing.team_for(group.venue.territory_id if group.venue else None)


def team_for(key: Key) -> Team | None:
    """The team of a meeting, whether anybody has registered for it yet or not; None where there is no such group."""
    known = Session.objects.filter(group=key.group, day=key.day, offset=key.offset).select_related("team").first()
    if known is not None:
        team: Team = known.team
        return team
    group = group_of(key)
    return team_of(group) if group else None


def hold(key: Key) -> tuple[Session, SupportGroup]:
    """The session, locked and counted, made where there is none yet; the caller holds the transaction.

    Raises Refused where nobody may register for it any more.
    """
    group = group_of(key)
    slot = meetings.find(group, key, timezone.now()) if group else None
    if group is None or slot is None:
        raise Refused(GONE)
    session = locked(made(group, slot).pk)
    if session.is_cancelled or session.is_over:
        raise Refused(GONE)
    return session, group


def made(group: SupportGroup, slot: Slot) -> Session:
    """The row of a slot as the schedule has it now; of a course that goes on the one it has, whatever its first day."""
    key = slot.key
    if group.is_course and (going := running(group)):
        return going
    session, _new = Session.objects.get_or_create(
        group=group,
        day=key.day,
        offset=key.offset,
        defaults={
            "team": team_of(group),
            "starts": slot.starts,
            "ends": slot.ends,
            "seats": group.seats,
            "is_course": group.is_course,
            "told_days": course.fresh(group),
        },
    )
    return session


def running(group: SupportGroup) -> Session | None:
    """The session of a course whose first day an editor changed while people are registered; None where there is none.

    It gives out the seats: a second one beside it would give them out twice.
    """
    now = timezone.now()
    if Session.objects.filter(group=group, day=group.starts_on, is_course=True).exists():
        return None
    others = Session.objects.filter(group=group, is_course=True).taking_place().order_by("-day")
    return next((each for each in others if not course.is_past(group, each, now)), None)


def locked(session_id: int) -> Session:
    """The row, locked until the end of the transaction, with its seats counted after that."""
    session: Session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    session.taken, session.waiting = counted(session)
    return session


def counted(session: Session) -> tuple[int, int]:
    """(seats taken, people waiting) by the registrations themselves."""
    found = session.registrations.aggregate(
        taken=Count("pk", filter=Q(state__in=SEATED)), waiting=Count("pk", filter=Q(state=State.WAITING))
    )
    return found["taken"], found["waiting"]


def count_again(session: Session) -> None:
    """Write the numbers of a locked session after its registrations changed."""
    session.taken, session.waiting = counted(session)
    session.save(update_fields=["taken", "waiting"])
    forget(OFFERED)
