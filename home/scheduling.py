"""Pages that go live or end at their own time: Wagtail keeps the times and leaves it to somebody to act on them."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def keep_times(now: datetime | None = None) -> int:
    """Publishes every revision and ends every page whose time has come; how many. To be called again at will.

    Each page in a transaction of its own, so that one which cannot go live does not hold the others back. Published
    first: a page's newer revision may have set it another end.
    """
    moment = now or timezone.now()
    due = Revision.page_revisions.filter(approved_go_live_at__lte=moment).order_by("approved_go_live_at", "pk")
    over = Page.objects.filter(live=True, expire_at__lte=moment).order_by("expire_at", "pk")
    started = [_done(_publish, key, moment) for key in list(due.values_list("pk", flat=True))]
    ended = [_done(_end, key, moment) for key in list(over.values_list("pk", flat=True))]
    return sum(started) + sum(ended)


def _done(act: Callable[[int, datetime], bool], key: int, moment: datetime) -> bool:
    try:
        with transaction.atomic():
            return act(key, moment)
    except Exception:
        logger.exception("a page could not be published or ended at its time: %s %s", act.__name__, key)
        return False


def _publish(revision_id: int, moment: datetime) -> bool:
    due = Revision.page_revisions.select_for_update().filter(pk=revision_id, approved_go_live_at__lte=moment).first()
    if due is None:
        return False
    due.publish(log_action="wagtail.publish.scheduled")
    return True


def _end(page_id: int, moment: datetime) -> bool:
    over = Page.objects.select_for_update().filter(pk=page_id, live=True, expire_at__lte=moment).first()
    if over is None:
        return False
    # As what it is: rooms forget what they remember of their pages, and forms close, when such a page is saved.
    over.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True
