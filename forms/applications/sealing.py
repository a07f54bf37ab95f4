"""The nightly seal of the journal.

A chain proves itself, but an application that is gone together with its whole chain leaves nothing to prove. So each
night one row hashes every entry that was written since the night before, of all chains, and hangs on the seal before
it. Whoever keeps the newest seal elsewhere (it is in the worker's log) can tell that the seals themselves are whole.
"""

import hashlib
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from .models import JournalEntry, JournalSeal, OfficeEntry

logger = logging.getLogger(__name__)
PAGE = 5000
LATE = timedelta(days=2)


def seal() -> JournalSeal:
    """Seal everything that is written by now and not sealed yet."""
    last = JournalSeal.objects.order_by("-pk").first()
    up_to, office_up_to = _now()
    made = JournalSeal(sealed_at=timezone.now(), up_to=up_to, office_up_to=office_up_to)
    made.previous = last.digest if last else ""
    made.digest, made.entries = _digest(made, last)
    made.save(force_insert=True)
    logger.info("journal sealed up to %s/%s, %s entries: %s", up_to, office_up_to, made.entries, made.digest)
    return made


def problems() -> Iterator[str]:
    """Every seal that its entries do not fit any more, as a sentence; reads each entry once."""
    last: JournalSeal | None = None
    for each in JournalSeal.objects.order_by("pk"):
        digest, count = _digest(each, last)
        where = f"seal {each.pk} of {each.sealed_at:%Y-%m-%d %H:%M}"
        if each.previous != (last.digest if last else ""):
            yield f"{where}: does not follow the seal before it"
        elif count != each.entries:
            yield f"{where}: it sealed {each.entries} entries, {count} are there"
        elif digest != each.digest:
            yield f"{where}: the entries that it sealed were changed"
        last = each
    if last is not None and timezone.now() - last.sealed_at > LATE:
        yield f"the newest seal is of {last.sealed_at:%Y-%m-%d %H:%M}: is the worker running?"


def _now() -> tuple[int, int]:
    """The greatest ids with nothing still being written below them."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # For the moment of two look-ups: waits for who is writing, so that no smaller id comes after.
                tables = ", ".join(model._meta.db_table for model in (JournalEntry, OfficeEntry))
                cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        found = [model.objects.aggregate(found=Max("pk"))["found"] or 0 for model in (JournalEntry, OfficeEntry)]
    return found[0], found[1]


def _digest(each: JournalSeal, last: JournalSeal | None) -> tuple[str, int]:
    """The hash of a seal and how many entries are in it."""
    found, count = hashlib.sha256(each.previous.encode()), 0
    parts: list[tuple[Any, str, int, int]] = [
        (JournalEntry, "application_id", last.up_to if last else 0, each.up_to),
        (OfficeEntry, "pk", last.office_up_to if last else 0, each.office_up_to),
    ]
    for model, chain, after, up_to in parts:
        rows = model.objects.order_by("pk").values_list("pk", chain, "seq", "digest")
        here = after
        while page := list(rows.filter(pk__gt=here, pk__lte=up_to)[:PAGE]):
            for row in page:
                found.update(repr(row).encode())
            count, here = count + len(page), page[-1][0]
    return found.hexdigest(), count
