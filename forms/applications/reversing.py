"""Undo of steps that send nothing (take, resume, pick up): they are taken at once, and put back within UNDO_SECONDS.

The row as it was before lies in a `PendingMove` of its author until then. The journal keeps both, the applicant's
timeline neither.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import movement, steps
from .models import Application, Inquiry, JournalEntry, PendingMove
from .movement import Refused

TAKEN = PendingMove.State.TAKEN
# The columns that these steps write.
COLUMNS = ("state", "assignee_id", "contact_on", "put_off_reason", "paused_on", "paused_days", "due_on")
DATES = frozenset({"contact_on", "paused_on", "due_on"})
UNDO = "undo"


def take(action: str, application_id: int, user: Any, expected: int) -> Application:
    """Take a step without a form now, and remember how to put it back. Raises as the step does."""
    with transaction.atomic():
        before = movement.seen(application_id, user)
        kept: dict[str, Any] = {name: getattr(before, name) for name in COLUMNS}
        kept["inquiry"] = (
            Inquiry.objects.filter(application=before, closed_at=None).values_list("pk", flat=True).first()
        )
        application = steps.perform(action, application_id, user, expected, {})
        if settings.UNDO_SECONDS:
            PendingMove.objects.filter(application=application, state=TAKEN).delete()
            PendingMove.objects.create(
                application=application,
                user=user,
                action=action,
                expected=application.version,
                data=kept,
                state=TAKEN,
                due_at=timezone.now() + timedelta(seconds=settings.UNDO_SECONDS),
            )
    return application


def put_back(taken: PendingMove, application: Application, user: Any) -> None:
    """Make the locked row what it was before the step; the caller holds the lock and has checked whose step it was.

    Raises Refused when something has happened since.
    """
    movement.check_free(application)
    if application.version != taken.expected:
        raise Refused(_("Отменить уже нельзя: после этого обращение изменилось."))
    values = dict(taken.data)
    if inquiry := values.pop("inquiry", None):
        Inquiry.objects.filter(pk=inquiry, application=application).update(closed_at=None, outcome="")
    values |= {name: date.fromisoformat(values[name]) for name in DATES if isinstance(values[name], str)}
    put(application, user, taken.action, values)
    taken.delete()


def put(application: Application, user: Any, action: str, values: dict[str, Any]) -> None:
    """Write the columns as they were before the newest such step, and that it was undone."""
    steps_of = JournalEntry.objects.filter(application=application, action=action).order_by("-seq")
    facts = {"step": action, "undone": steps_of.values_list("seq", flat=True).first()}
    movement.act(application, UNDO, user, values, facts)


def forget_old() -> int:
    """Drop what can be put back no longer; how many."""
    return PendingMove.objects.filter(state=TAKEN, due_at__lte=timezone.now()).delete()[0]
