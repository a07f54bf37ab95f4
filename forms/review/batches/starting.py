"""Starting a batch: its items are taken (each may be in one batch at a time), the journal, the bell."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications import office
from forms.applications.movement import Refused
from forms.review import tasks
from forms.review.models import Batch, BatchItem

from .acts import BatchAct
from .choosing import MOST

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the act, its words, what it needs, (id, version) of the applications, the view they come from."""

    act: BatchAct
    title: str
    given: dict[str, Any]
    rows: Sequence[tuple[int, int]]
    query: str = ""


def start(user: Any, asked: Asked) -> Batch:
    """Ask the worker to do this. What another batch holds is skipped at once, with the reason.

    Raises Refused when there is nothing to do it to, or when this person may not.
    """
    act, rows = asked.act, asked.rows
    if not user.has_perm(act.permission):
        raise Refused(_("Ваша роль не позволяет этого."))
    if not rows or len(rows) > MOST:
        raise Refused(_("Выберите от 1 до %d обращений.") % MOST)
    wait = settings.UNDO_SECONDS if act.asks_number else 0
    with transaction.atomic():
        batch = Batch.objects.create(
            owner=user,
            act=act.key,
            title=asked.title[:200],
            given=asked.given,
            query=asked.query[:2000],
            total=len(rows),
            # No worker may have it before: a lease of nobody.
            lease_until=timezone.now() + timedelta(seconds=wait) if wait else None,
        )
        items = [
            BatchItem(batch=batch, application_id=pk, place=place, expected=version)
            for place, (pk, version) in enumerate(rows, start=1)
        ]
        # The database decides who has an item; two batches at the same moment cannot both have it.
        BatchItem.objects.bulk_create(items, ignore_conflicts=True)
        held = set(BatchItem.objects.filter(batch=batch).values_list("application_id", flat=True))
        busy = [item for item in items if item.application_id not in held]
        for item in busy:
            item.state, item.reason = BatchItem.State.SKIPPED, _("сейчас в другом действии")
        BatchItem.objects.bulk_create(busy)
        Batch.objects.filter(pk=batch.pk).update(skipped=len(busy))
        facts = {"batch": str(batch.pk), "act": act.key, "title": batch.title, "items": len(rows)}
        office.write(user, "batch_started", facts)
        transaction.on_commit(partial(ring, wait))
    return batch


def ring(wait: int = 0) -> None:
    """Tell the worker, after so many seconds. Never fails: the next minute's round finds what it did not hear."""
    try:
        if wait:
            tasks.do_batches.schedule(delay=wait)
        else:
            tasks.do_batches()
    except Exception:
        logger.warning("the worker could not be told about a batch", exc_info=True)


def let_go(pk: Any) -> None:
    """Free the items of a batch that was stopped before it began."""
    if Batch.objects.filter(pk=pk, state=Batch.State.STOPPED).exists():
        BatchItem.objects.filter(batch=pk, state=BatchItem.State.WAITING).update(state=BatchItem.State.LEFT)
