"""What the worker does with batches: each item in a transaction of its own with its result, so that nothing is lost or
done twice when a worker is killed in the middle."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forms.applications import office
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.review import jobs
from forms.review.models import Batch, BatchItem

from . import restoring
from .acts import BY_KEY

logger = logging.getLogger(__name__)
WAITING, DONE, SKIPPED, LEFT = (
    *(BatchItem.State.WAITING, BatchItem.State.DONE),
    *(BatchItem.State.SKIPPED, BatchItem.State.LEFT),
)
FRESH = 50
"""After so many items the rights of the owner are read anew."""


def drain() -> int:
    """Do what waits; how many batches. Safe in any number of workers at once."""
    count = 0
    while (batch := jobs.claim(Batch.objects.all())) is not None:
        _do(batch)
        count += 1
    return count


def _do(batch: Batch) -> None:
    hold = jobs.Hold(batch)
    try:
        if batch.attempts > settings.JOB_ATTEMPTS:
            raise jobs.Failed(_("Работа несколько раз обрывалась. Повторите для оставшихся."))
        _each(batch, hold)
    except jobs.Lost:
        logger.warning("batch %s: another worker has it", batch.pk)
    except jobs.Stopped:
        _end(batch, hold, Batch.State.STOPPED)
    except jobs.Failed as failed:
        _end(batch, hold, Batch.State.FAILED, str(failed.sentence))
    except Exception:
        logger.exception("batch %s", batch.pk)
        _end(batch, hold, Batch.State.FAILED, _("Что-то сломалось. Администратор увидит ошибку в журнале сервера."))
    else:
        _end(batch, hold, Batch.State.DONE)


def _each(batch: Batch, hold: jobs.Hold) -> None:
    items = BatchItem.objects.filter(batch=batch, state=WAITING).order_by("place")
    user = _owner(batch)
    for number, item in enumerate(list(items)):
        hold.say()
        if number and number % FRESH == 0:
            user = _owner(batch)
        _one(batch, hold, item, user)


def _one(batch: Batch, hold: jobs.Hold, item: BatchItem, user: Any) -> None:
    """One item: the act, its result and the counter, together or not at all."""
    with transaction.atomic():
        mine = BatchItem.objects.filter(pk=item.pk, state=WAITING)
        # The lock on the batch's row: two workers that both believe to have it do not do an item twice.
        held = Batch.objects.select_for_update().filter(pk=batch.pk, lease_token=batch.lease_token)
        if held.first() is None or not mine.exists():
            raise jobs.Lost
        before = restoring.before(batch.act, item.application_id, batch.given)
        reason = _perform(batch, item, user)
        if before:
            before["version"] = Application.objects.values_list("version", flat=True).get(pk=item.application_id)
        mine.update(state=SKIPPED if reason else DONE, reason=reason[:300], before=before or None)
        held.update(**({"skipped": F("skipped") + 1} if reason else {"done": F("done") + 1}))


def _perform(batch: Batch, item: BatchItem, user: Any) -> str:
    """Do it; blank, or why this one was passed over."""
    try:
        BY_KEY[batch.act].perform(item.application_id, user, item.expected, batch.given)
    except Application.DoesNotExist:
        return _("вам больше не видно")
    except Stale as stale:
        if not stale.application.is_open:
            return _("уже закрыто")
        return _("изменилось после того, как вы выбрали")
    except Refused as refused:
        return str(refused.sentence)
    return ""


def _end(batch: Batch, hold: jobs.Hold, state: str, problem: str = "") -> None:
    """Let the items that were not reached go, so that another batch may have them."""
    with transaction.atomic():
        if not hold.end(state, problem=problem[:300]):
            return
        BatchItem.objects.filter(batch=batch, state=WAITING).update(state=LEFT)
        counted = Batch.objects.values_list("done", "skipped").get(pk=batch.pk)
        facts = {"batch": str(batch.pk), "state": str(state), "done": counted[0], "skipped": counted[1]}
        office.write(batch.owner, "batch_ended", facts)


def _owner(batch: Batch) -> User:
    user = User.objects.get(pk=batch.owner_id)
    if not user.is_active or not user.has_perm(BY_KEY[batch.act].permission):
        raise jobs.Failed(_("Права на это действие больше нет."))
    return user


def drop_old() -> int:
    """Delete what was over BATCH_KEEP_DAYS ago, with the words that it kept; the journal stays. How many."""
    oldest = timezone.now() - timedelta(days=settings.BATCH_KEEP_DAYS)
    return Batch.objects.filter(finished_at__lt=oldest).delete()[0]
