"""Held steps whose moment has come: taken, or given back to whom they are of with everything that was typed."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import movement, reversing, steps
from .kept import HELD, keep
from .models import Application, PendingMove
from .movement import Refused, Stale

logger = logging.getLogger(__name__)


def take_due(limit: int = 200) -> int:
    """Take every held step whose moment has come; how many. Any number of workers may do so at once."""
    reversing.forget_old()
    due = PendingMove.objects.filter(state=HELD, due_at__lte=timezone.now()).order_by("due_at")
    found = list(due.values_list("pk", flat=True)[:limit])
    return sum(settle(pk) for pk in found)


def settle(pk: int) -> bool:
    """Take one held step whose moment has come, or give it back with the reason why it could not be taken; False when
    somebody else has done so."""
    with transaction.atomic():
        held = PendingMove.objects.select_related("user").filter(pk=pk, state=HELD).first()
        if held is None:
            return False
        movement.lock(steps.touched(held.application_id, held.data))
        gone = not PendingMove.objects.filter(pk=pk, state=HELD, due_at__lte=timezone.now()).exists()
        if gone:
            return False
        held.delete()
        reason = _taken(held)
        if reason:
            keep(held.action, held.application_id, held.user, held.expected, held.data, reason=reason)
    return True


def _taken(held: PendingMove) -> str:
    """Why the step could not be taken; blank when it was."""
    try:
        with transaction.atomic():
            steps.perform(held.action, held.application_id, held.user, held.expected, held.data)
    except Stale:
        return _("Пока шаг ждал отправки, обращение изменилось. Посмотрите, что нового, и отправьте снова.")
    except Refused as refused:
        return str(refused.sentence)
    except Application.DoesNotExist:
        return _("Обращение больше не в вашей команде.")
    except Exception:
        logger.exception("a held move could not be taken")
        return _("Не получилось записать. Попробуйте ещё раз.")
    return ""
