"""Putting a message into the outbox, inside the transaction of what it tells about."""

import logging

from django.db import transaction
from django.utils import timezone

from . import tasks
from .models import Outbox

# Among how many waiting tasks a bell is looked for: one bell too many does no harm.
SEEN_BELLS = 20
logger = logging.getLogger(__name__)


def put(*, key: str, recipient: str, subject: str, body: str, channel: str = "email", about: str = "") -> Outbox:
    """Keep a message until it has left. The same `key` is the same message: the first one stays.

    The worker is rung after the commit; should that fail, the periodic task finds the row within a minute.
    """
    row = Outbox(
        key=key,
        channel=channel,
        recipient=recipient,
        subject=" ".join(subject.split())[:255],
        body=body,
        about=about,
    )
    # One statement, which gives the id of the message that was first.
    Outbox.objects.bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=["key"])
    transaction.on_commit(ring)
    return row


def ring() -> None:
    """Tell the worker that something waits. Never fails: what was committed must not look like an error."""
    try:
        if not _is_rung():
            tasks.drain_outbox()
    except Exception:
        # Not `on_commit(robust=True)`: Django 5.2 asks the callback for its __qualname__, which huey's tasks lack.
        logger.warning("the worker could not be told, the next minute's round will find the message", exc_info=True)


def _is_rung() -> bool:
    """Whether a bell waits that the worker has not heard: it will look after this moment and find what is committed.

    Of many letters that come at once so only one rings, and one round sends them all.
    """
    bell = tasks.drain_outbox
    waiting = bell.huey.storage.enqueued_items(SEEN_BELLS)
    return any(bell.task_class.__name__.encode() in bytes(each) for each in waiting)


def age_seconds() -> float:
    """How long the oldest message that should have left has been waiting; 0 when none is late."""
    oldest = (
        Outbox.objects.filter(state=Outbox.State.WAITING, due_at__lte=timezone.now())
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0
