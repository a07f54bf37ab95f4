"""Undo: a step of staff is held for UNDO_SECONDS before it is taken, so that nothing of it has left when it is undone.

The row is the truth: a killed process loses nothing, the worker's round takes what is due. Until then no other step of
staff is taken on the application; the applicant may act, and then the held step comes back to whom it was of.
"""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import movement, reversing, steps, tasks
from .kept import HELD, forget, keep
from .models import PendingMove
from .movement import Refused

logger = logging.getLogger(__name__)


def hold(action: str, application_id: int, user: Any, expected: int, data: dict[str, Any]) -> PendingMove | None:
    """Take the step after UNDO_SECONDS, once it is known that it can be taken; with 0 at once, and None is returned.

    Raises as the step does.
    """
    kept = steps.as_data(data)
    with transaction.atomic():
        movement.lock(steps.touched(application_id, kept))
        movement.seen(application_id, user)
        forget(action, application_id, user)
        if not settings.UNDO_SECONDS:
            steps.perform(action, application_id, user, expected, kept)
            return None
        steps.rehearse(action, application_id, user, expected, kept)
        transaction.on_commit(_ring)
        return PendingMove.objects.create(
            application_id=application_id,
            user=user,
            action=action,
            expected=expected,
            data=kept,
            due_at=timezone.now() + timedelta(seconds=settings.UNDO_SECONDS),
        )


def undo(application_id: int, user: Any) -> PendingMove | None:
    """Do not take the step, and give its draft; or put back a step that sent nothing (None: nothing was typed).

    Raises Refused when it is not theirs, or when it is too late.
    """
    with transaction.atomic():
        application = movement.seen(application_id, user)
        mine = PendingMove.objects.filter(application=application_id, user=user, due_at__gt=timezone.now())
        held = mine.filter(state__in=(HELD, reversing.TAKEN)).order_by("state").first()
        if held is None:
            raise Refused(
                _("Отменить уже нельзя: прошло больше %(seconds)s секунд.") % {"seconds": settings.UNDO_SECONDS}
            )
        if held.state == reversing.TAKEN:
            reversing.put_back(held, application, user)
            return None
        held.delete()
        if held.action in steps.WITHOUT_TEXT:
            return None
        return keep(held.action, application_id, user, held.expected, held.data)


def _ring() -> None:
    """Have the worker look when the time is over. Never fails: the round of every minute finds the row as well."""
    try:
        tasks.take_held.schedule(delay=settings.UNDO_SECONDS)
    except Exception:
        logger.warning("the worker could not be told of a held step", exc_info=True)
