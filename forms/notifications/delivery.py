"""Sending what waits in the outbox: take a lease, send, mark. A killed worker's lease runs out and another sends."""

import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Outbox

log = logging.getLogger(__name__)

PAGE = 20


def drain(limit: int = 500) -> int:
    """Send what is due; returns how many left. Safe in any number of workers at once, on both databases."""
    sent = tried = 0
    while tried < limit:
        rows = list(_due().order_by("due_at", "pk")[:PAGE])
        for row in rows:
            tried += 1
            sent += claim(row) and _deliver(row)
        if len(rows) < PAGE:
            # What came since has rung again.
            break
    return sent


def claim(row: Outbox) -> bool:
    """Lease a row as it was read; False when another worker has it or it has left. One conditional UPDATE decides."""
    now = timezone.now()
    if row.state != Outbox.State.WAITING or (row.lease_until and row.lease_until > now):
        return False
    lease = {
        "lease_token": secrets.token_hex(16),
        "lease_until": now + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS),
        "attempts": row.attempts + 1,
    }
    # Whoever had it in the meantime has written another token.
    same = Outbox.objects.filter(pk=row.pk, state=row.state, lease_token=row.lease_token)
    if not same.update(**lease):
        return False
    for name, value in lease.items():
        setattr(row, name, value)
    return True


def give_up() -> int:
    """Mark rows whose last lease ran out with no attempt left (a letter that kills its worker); how many."""
    now = timezone.now()
    lost = Outbox.objects.filter(
        state=Outbox.State.WAITING, attempts__gte=settings.OUTBOX_ATTEMPTS, lease_until__lte=now
    ).update(state=Outbox.State.FAILED, finished_at=now, last_error="the worker stopped while sending")
    if lost:
        log.error("outbox: %s messages given up", lost)
    return lost


def _due() -> QuerySet[Outbox]:
    now = timezone.now()
    return Outbox.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=now),
        state=Outbox.State.WAITING,
        due_at__lte=now,
        attempts__lt=settings.OUTBOX_ATTEMPTS,
    )


def _deliver(row: Outbox) -> bool:
    try:
        _send(row)
    except Exception as error:  # any fault of a mail server means the same: try later
        _postpone(row, error)
        return False
    # Only the holder of the lease may say what became of the row.
    Outbox.objects.filter(pk=row.pk, lease_token=row.lease_token).update(
        state=Outbox.State.SENT,
        finished_at=timezone.now(),
        body="",
        recipient=_masked(row.recipient),
        lease_until=None,
        last_error="",
    )
    return True


def _send(row: Outbox) -> None:
    # The same id at a repeat lets the receiving side drop the copy when a worker died between sending and marking.
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {
        "Message-ID": f"<outbox-{row.pk}-{row.created_at:%Y%m%d%H%M%S}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(row.subject, row.body, None, [row.recipient], headers=headers).send()


def _postpone(row: Outbox, error: Exception) -> None:
    now = timezone.now()
    final = row.attempts >= settings.OUTBOX_ATTEMPTS
    delay = min(settings.OUTBOX_FIRST_RETRY_SECONDS * 4 ** (row.attempts - 1), settings.OUTBOX_LAST_RETRY_SECONDS)
    Outbox.objects.filter(pk=row.pk, lease_token=row.lease_token).update(
        state=Outbox.State.FAILED if final else Outbox.State.WAITING,
        finished_at=now if final else None,
        due_at=now + timedelta(seconds=delay),
        lease_until=None,
        # The class only: a server's answer repeats the address.
        last_error=type(error).__name__,
    )
    log.log(logging.ERROR if final else logging.WARNING, "outbox: message %s: %s", row.pk, type(error).__name__)


def _masked(address: str) -> str:
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
