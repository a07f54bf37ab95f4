"""A free seat is offered to whoever waits first, for a time; then to the next.

Everything follows from what the tables say, so a killed worker loses nothing, and a second round changes nothing. Who
came together with others to a group that wants them together is offered seats for all; where so many are not free, the
seat goes to the first in line whom it fits.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forms.applications import movement
from services.models import SupportGroup

from . import messages, sessions, shown, writing
from .models import Registration, Session
from .states import State

TRIES = 3
QUIET_FROM, QUIET_UNTIL = 21, 10
"""Between these hours, in the time of the group, no offer ends: people sleep, and a letter has to be read first."""


def run() -> int:
    """Take back what was not answered in time, then offer everything free; how many seats were offered."""
    lapse_due()
    waiting = Session.objects.taking_place().filter(waiting__gt=0, taken__lt=F("seats"), ends__gt=timezone.now())
    return sum(offer_free(pk) for pk in list(waiting.values_list("pk", flat=True)))


def offer_free(session_id: int) -> int:
    """Offer the free seats of one session, one application after another; how many seats."""
    offered, tries = 0, 0
    while tries < TRIES:
        found = _offer_to_first(session_id)
        if found == 0:
            break
        tries = 0 if found else tries + 1
        offered += max(found, 0)
    return offered


def _offer_to_first(session_id: int) -> int:
    """How many seats the first whom it fits was offered; 0 when nobody can be, −1 when the line moved meanwhile."""
    session = Session.objects.select_related("group").get(pk=session_id)
    first = _first_party(session)
    if not first:
        return 0
    with transaction.atomic():
        application = movement.locked(first[0].application_id)
        group = session.group
        session = sessions.locked(session_id)
        session.group = group
        again = _first_party(session)
        if not again or [row.pk for row in again] != [row.pk for row in first]:
            return -1 if again else 0
        until = held_until(session, timezone.now())
        rows = writing.write("offer", again, application=application, until=until, is_news=not application.email)
        sessions.count_again(session)
        messages.put("offered", application, session, rows, stamp=f"{rows[0].pk}-{until:%Y%m%d%H%M%S}")
    return len(rows)


def held_until(session: Session, now: datetime) -> datetime:
    """Until when a seat offered now is held: the hours of the group, not into its night, not beyond the beginning."""
    until = (now + timedelta(hours=session.group.offer_hours)).astimezone(shown.zone_of(session))
    if until.hour >= QUIET_FROM or until.hour < QUIET_UNTIL:
        day = until.date() + timedelta(days=until.hour >= QUIET_FROM)
        until = datetime.combine(day, time(QUIET_UNTIL), until.tzinfo)
    return min(until, session.until)


def _first_party(session: Session) -> list[Registration]:
    """Whoever is first in line and fits into what is free; those of one application belong together."""
    free = session.seats - sessions.counted(session)[0]
    if free <= 0 or session.is_over or session.is_cancelled:
        return []
    parties: dict[int, list[Registration]] = {}
    for row in session.registrations.in_line():
        parties.setdefault(row.application_id, []).append(row)
    if session.group.several == SupportGroup.Several.AS_FIT:
        return next((party[:free] for party in parties.values()), [])
    return next((party for party in parties.values() if len(party) <= free), [])


def lapse_due() -> int:
    """Offers whose time is over: the seat is free again; how many."""
    due = Registration.objects.filter(state=State.OFFERED, offered_until__lte=timezone.now())
    pairs: Iterable[tuple[int, int]] = due.order_by().values_list("application", "session").distinct()
    return sum(_lapse(application_id, session_id) for application_id, session_id in list(pairs))


def _lapse(application_id: int, session_id: int) -> int:
    with transaction.atomic():
        application = movement.locked(application_id)
        session = sessions.locked(session_id)
        due = session.registrations.filter(
            application=application, state=State.OFFERED, offered_until__lte=timezone.now()
        )
        rows = writing.write("lapse", list(due.order_by("row")), application=application)
        if rows:
            sessions.count_again(session)
            messages.put("lapsed", application, session, rows, stamp=str(rows[0].pk))
    return len(rows)
