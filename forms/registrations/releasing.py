"""Giving a seat back, and answering an offer: by whoever is registered, without an account.

The worker offers what became free; here only a bell is rung, after the commit.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forms.applications import movement
from forms.applications.models import Application
from forms.applications.movement import Refused

from . import messages, sessions, shown, tasks, writing
from .models import Registration, Session
from .states import State

logger = logging.getLogger(__name__)


def cancel(application_id: int, ids: Sequence[int], actor: Any = None) -> list[Registration]:
    """Take these people of an application off; Refused after the last moment to cancel. A second time changes nothing.

    `actor`: the member of staff who does it, for whom there is no last moment.
    """
    with transaction.atomic():
        application, session, rows = _held(application_id, ids)
        if actor is None and any(row.state == State.CONFIRMED and not shown.may_cancel(session, row) for row in rows):
            raise Refused(
                _("Отменить запись на сайте можно было до %(until)s. Позвоните нам, если не сможете прийти.")
                % {"until": shown.block_of(session, rows).cancel_until}
            )
        gone = writing.write("cancel", rows, application=application, actor=actor, by_applicant=actor is None)
        _after(application, session, gone, "cancelled")
    return gone


def confirm(application_id: int, ids: Sequence[int]) -> list[Registration]:
    """Take the seats that were offered; Refused where the time is over. A second time changes nothing."""
    with transaction.atomic():
        application, session, rows = _held(application_id, ids)
        if any(row.state == State.LAPSED for row in rows):
            raise Refused(_("Время на ответ вышло, место уже предложили следующему. Запишитесь ещё раз."))
        taken = writing.write("confirm", rows, application=application, by_applicant=True)
        _after(application, session, taken, "confirmed")
    return taken


def decline(application_id: int, ids: Sequence[int]) -> list[Registration]:
    """Leave the offered seats to the next. A second time changes nothing."""
    with transaction.atomic():
        application, session, rows = _held(application_id, ids)
        gone = writing.write("decline", rows, application=application, by_applicant=True)
        _after(application, session, gone, "cancelled")
    return gone


def release_all(application: Application) -> None:
    """All that a locked application holds and that is still ahead; its own letter says so."""
    active = Registration.objects.filter(application=application).active()
    for session_id in sorted(set(active.values_list("session", flat=True))):
        session = sessions.locked(session_id)
        if not session.is_over:
            rows = list(session.registrations.filter(application=application))
            _after(application, session, writing.write("cancel", rows, application=application, told=False), "")


def ring() -> None:
    """Tell the worker that a seat is free. Never fails: the next minute's round finds it."""
    try:
        tasks.offer_seats()
    except Exception:
        logger.warning("the worker could not be told, the next minute's round will find the seat", exc_info=True)


def ring_schedule() -> None:
    """Tell the worker, after the commit, that a schedule changed. Never fails: a round within five minutes finds it."""
    transaction.on_commit(_ring_schedule)


def _ring_schedule() -> None:
    try:
        tasks.follow_schedule()
    except Exception:
        logger.warning("the worker could not be told, the next round will find the schedule", exc_info=True)


def _held(application_id: int, ids: Sequence[int]) -> tuple[Application, Session, list[Registration]]:
    """The application and the session, locked in this order, and the rows as they are now; all of one session."""
    application = movement.locked(application_id)
    own = Registration.objects.filter(application=application, pk__in=ids)
    session_id = own.order_by("session").values_list("session", flat=True).first()
    if session_id is None:
        raise Refused(_("Отметьте, кого касается."))
    session = sessions.locked(session_id)
    if session.is_over:
        raise Refused(_("Встреча уже прошла или началась."))
    return application, session, list(own.filter(session=session).order_by("row"))


def _after(application: Application, session: Session, rows: list[Registration], letter: str) -> None:
    if not rows:
        return
    sessions.count_again(session)
    if letter:
        messages.put(letter, application, session, rows, stamp=f"{rows[0].pk}-{rows[0].changed_at:%Y%m%d%H%M%S}")
    transaction.on_commit(ring)
