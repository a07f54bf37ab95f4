"""What staff do with meetings and with who is registered: within their teams, by their right to work on applications.

Every function takes rows from `visible_to` and refuses in words; each step on a person is written into the journal of
the application, a change of the schedule into `MeetingChange`, from which `following` does the rest.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications import movement, routing
from forms.applications.movement import Refused
from forms.applications.policies import WORK
from forms.applications.querysets import VIEW, VIEW_ALL
from forms.applications.texts import needed
from services import meetings
from services.meetings import Key
from services.models import MeetingChange, SupportGroup

from . import course, following, messages, releasing, respelling, sessions, shown, writing
from .course import Plan
from .models import Registration, Session
from .states import State

REASON_LENGTH = 120
MARKS = ("attend", "miss", "unmark")


def groups_of(user: Any) -> list[SupportGroup]:
    """Groups looked after by a team of this user: that give out seats, or that people are still registered with."""
    if not user.is_active or not user.has_perm(VIEW):
        return []
    held = Session.objects.followed().filter(Q(taken__gt=0) | Q(waiting__gt=0)).values("group")
    gives = Q(live=True, registration_page__isnull=False) & ~Q(registration=SupportGroup.Registration.NONE)
    groups = list(SupportGroup.objects.filter(gives | Q(pk__in=held)).with_schedule().order_by("path"))
    if user.has_perm(VIEW_ALL):
        return groups
    routes, names = routing.Routes(), set(user.teams.values_list("name", flat=True))
    return [each for each in groups if routes.team_name(each.venue.territory_id if each.venue else None) in names]


def find(user: Any, key: Key) -> Session:
    """The session of this key, made where nobody has registered yet; Session.DoesNotExist when it is not theirs."""
    known: Session | None = (
        Session.objects.visible_to(user)
        .select_related("group__venue", "team")
        .filter(group=key.group, day=key.day, offset=key.offset)
        .first()
    )
    if known is not None:
        return known
    group = next((each for each in groups_of(user) if each.pk == key.group), None)
    slot = meetings.find(group, key, timezone.now()) if group else None
    if group is None or slot is None or Session.objects.filter(group=group, day=key.day, offset=key.offset).exists():
        raise Session.DoesNotExist
    return sessions.made(group, slot)


def mark(session: Session, user: Any, ids: Sequence[int], action: str) -> int:
    """Who came and who did not, on the day of the meeting and after it; how many marks changed."""
    _require(user)
    if action not in MARKS:
        raise Refused(_("Выберите отметку."))
    if not may_mark(session):
        raise Refused(_("Отмечать можно в день встречи и после неё."))
    return _each(session, user, ids, action)


def may_mark(session: Session) -> bool:
    """From the day of the meeting on, by the clock of its group."""
    zone = shown.zone_of(session)
    return timezone.localdate(timezone=zone) >= session.starts.astimezone(zone).date()


def give(session: Session, user: Any, ids: Sequence[int]) -> int:
    """A free seat to somebody of the waiting list, past the line; Refused where there is none."""
    _require(user)
    _ahead(session)
    return _each(session, user, ids, "give", letter="given")


def take_off(session: Session, user: Any, ids: Sequence[int]) -> int:
    """Cancel registrations on somebody's word; there is no last moment for staff."""
    _require(user)
    rows = list(session.registrations.filter(pk__in=list(ids)))
    return sum(
        len(releasing.cancel(application_id, [row.pk for row in rows if row.application_id == application_id], user))
        for application_id in sorted({row.application_id for row in rows})
    )


def transfer(session: Session, user: Any, ids: Sequence[int], target: Session) -> int:
    """Register people for another meeting of the same group, where there are seats for all of them; how many."""
    _require(user)
    _ahead(target)
    if target.group_id != session.group_id or target.pk == session.pk:
        raise Refused(_("Выберите другую встречу этой же группы."))
    rows = session.registrations.filter(pk__in=list(ids), state__in=(State.CONFIRMED, State.WAITING, State.OFFERED))
    with transaction.atomic():
        movement.lock(sorted(set(rows.values_list("application", flat=True))))
        return sum(_transfer_one(row.pk, session, user, target) for row in rows.order_by("pk"))


def _transfer_one(pk: int, session: Session, user: Any, target: Session) -> int:
    """One person: off the one list and onto the other."""
    with transaction.atomic():
        row = Registration.objects.get(pk=pk)
        application = movement.locked(row.application_id)
        held = {each: sessions.locked(each) for each in sorted((session.pk, target.pk))}
        for each in held.values():
            respelling.bring_up(each)
        row.refresh_from_db()
        if not writing.write("cancel", [row], application=application, actor=user):
            return 0
        there = held[target.pk]
        if there.seats - there.taken < 1:
            raise Refused(_("На той встрече мест нет."))
        if there.registrations.active().filter(person=row.person).exists():
            raise Refused(_("%(name)s: запись на ту встречу уже есть.") % {"name": row.name})
        made = Registration.objects.create(
            session=there,
            application=application,
            row=row.row,
            name=row.name,
            born_on=row.born_on,
            person=row.person,
            spelling=row.spelling,
            state=State.CONFIRMED,
        )
        for each in held.values():
            sessions.count_again(each)
        messages.put("transferred", application, there, [made], stamp=str(made.pk))
        transaction.on_commit(releasing.ring)
    return 1


def reason(text: object) -> str:
    """Why a meeting changes, as people will read it; Refused where it is missing or too long."""
    return needed(text, REASON_LENGTH, _("Напишите причину: её прочитают все записанные."))


def change(session: Session, user: Any, why: str, new_starts: datetime | None, day: date | None = None) -> None:
    """Move the meeting (`new_starts`), or call it off (None), and tell everybody; all slots of that day with it.

    `day`: which of the meetings of a course, by the rule.
    """
    _require(user)
    check_change(session, new_starts, day)
    group = session.group
    MeetingChange.objects.update_or_create(
        group=group,
        date=day if day and session.is_course else session.day,
        defaults={"new_starts": new_starts, "reason": reason(why), "made_by": user, "made_at": timezone.now()},
    )
    following.of_group(SupportGroup.objects.with_schedule().get(pk=group.pk))


def check_change(session: Session, new_starts: datetime | None, day: date | None = None) -> None:
    """Refused where the meeting cannot be changed so."""
    _ahead(session)
    if session.is_course and (day is None or day not in days_of(session).days):
        raise Refused(_("Выберите, какую встречу курса изменить."))
    if new_starts is not None and new_starts <= timezone.now():
        raise Refused(_("Новое время уже прошло. Выберите другое."))


def days_of(session: Session) -> Plan:
    """The single meetings of a course ahead, as the schedule has them now; those already begun are past changing."""
    now = timezone.now()
    found = course.plan(SupportGroup.objects.with_schedule().get(pk=session.group_id), now)
    ahead = {day: each for day, each in found.days.items() if each.starts is None or each.starts > now}
    return Plan(found.until, ahead)


def _each(session: Session, user: Any, ids: Sequence[int], action: str, letter: str = "") -> int:
    changed = 0
    rows = session.registrations.filter(pk__in=list(ids))
    for application_id in sorted(set(rows.values_list("application", flat=True))):
        with transaction.atomic():
            application = movement.locked(application_id)
            held = sessions.locked(session.pk)
            own = list(rows.filter(application=application).order_by("row"))
            if action == "give" and sum(row.state == State.WAITING for row in own) > held.seats - held.taken:
                raise Refused(_("Свободных мест нет. Сначала снимите кого-нибудь с записи."))
            moved = writing.write(action, own, application=application, actor=user)
            if moved:
                sessions.count_again(held)
                if letter:
                    messages.put(letter, application, held, moved, stamp=str(moved[0].pk))
            changed += len(moved)
    return changed


def _require(user: Any) -> None:
    if not user.has_perm(WORK):
        raise Refused(_("Ваша роль позволяет только смотреть записи."))


def _ahead(session: Session) -> None:
    if session.is_over or session.is_cancelled:
        raise Refused(_("Встреча уже прошла или отменена."))
