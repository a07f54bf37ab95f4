"""The journal of an application: entries chained by a hash, one chain an application, its head kept on the row.

The application's row must be locked by the caller while it writes (`actions` does).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from .models import Application, JournalEntry

READ = "read"
SUBMIT = "submit"
# A second look within this time adds nothing to the question who saw the personal data.
READ_AGAIN = timedelta(minutes=10)
PAGE = 500


def begin(application: Application, at: datetime, facts: dict[str, Any], actor: Any = None) -> JournalEntry:
    """The first entry, made before the application is inserted so that its head goes in with it; save it after."""
    entry = JournalEntry(actor=actor, action=SUBMIT, to_state=str(application.state), facts=facts, at=at)
    _append(application, entry)
    return entry


def write(
    application: Application, actor: Any, action: str, states: tuple[str, str], facts: dict[str, Any]
) -> JournalEntry:
    """Add an entry to the chain of a locked application and move its head."""
    entry = JournalEntry(
        actor=actor, action=action, from_state=states[0], to_state=states[1], facts=facts, at=timezone.now()
    )
    _append(application, entry)
    entry.save(force_insert=True)
    _move_head(application, entry.seq - 1)
    return entry


def note_read(application: Application, user: Any) -> None:
    """Record that a person opened the card; the caller asks `read_lately` first.

    Works on the row as it was loaded. Where somebody else wrote meanwhile, it looks again under the lock.
    """
    entry = JournalEntry(actor=user, action=READ, at=timezone.now())
    length = application.journal_length
    with transaction.atomic():
        _append(application, entry)
        if not _move_head(application, length):
            application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
            _append(application, entry)
            _move_head(application, application.journal_length - 1)
        entry.save(force_insert=True)


def read_lately(entries: Iterable[JournalEntry], user: Any) -> bool:
    """Whether these entries hold a look of this person at the card within READ_AGAIN."""
    since = timezone.now() - READ_AGAIN
    return any(entry.action == READ and entry.actor_id == user.pk and entry.at > since for entry in entries)


def undone(entries: Iterable[JournalEntry]) -> frozenset[int]:
    """The places in the chain of steps that were undone, with those that say so: nothing came of either."""
    pairs = ((entry.seq, entry.facts.get("undone")) for entry in entries if entry.action == "undo")
    return frozenset(seq for pair in pairs for seq in pair if seq)


def problems(applications: Any = None) -> Iterator[str]:
    """Every break of every chain as a sentence; nothing when all is whole. Reads one application at a time."""
    queryset = Application.objects.all() if applications is None else applications
    heads = queryset.order_by("pk").values_list("pk", "source_key", "journal_length", "journal_head")
    last, page = 0, list(heads[:PAGE])
    while page:
        for pk, source_key, length, head in page:
            yield from _chain_problems(pk, source_key, length, head)
            last = pk
        page = list(heads.filter(pk__gt=last)[:PAGE])


def _append(application: Application, entry: JournalEntry) -> None:
    """Hang the entry on the end of the chain and move the head; neither is saved."""
    entry.application = application
    entry.seq, entry.previous = application.journal_length + 1, application.journal_head
    entry.digest = _digest(entry, application.source_key)
    application.journal_length, application.journal_head = entry.seq, entry.digest


def _move_head(application: Application, length_before: int) -> bool:
    row = Application.objects.filter(pk=application.pk, journal_length=length_before)
    return bool(row.update(journal_length=application.journal_length, journal_head=application.journal_head))


def _digest(entry: JournalEntry, source_key: str) -> str:
    parts = [
        *(source_key, entry.seq, entry.at.astimezone(UTC).isoformat(timespec="microseconds"), entry.actor_id),
        *(entry.action, entry.from_state, entry.to_state, entry.facts, entry.previous),
    ]
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _chain_problems(pk: int, source_key: str, length: int, head: str) -> Iterator[str]:
    previous, count = "", 0
    for count, entry in enumerate(JournalEntry.objects.filter(application_id=pk).order_by("seq"), start=1):
        where = f"application {pk}, entry {entry.seq}"
        if entry.seq != count:
            yield f"{where}: expected entry {count}, one is missing"
            return
        if entry.previous != previous:
            yield f"{where}: does not follow the entry before it"
        if entry.digest != _digest(entry, source_key):
            yield f"{where}: its content was changed"
        previous = entry.digest
    if count != length or previous != head:
        yield f"application {pk}: the chain ends at {count}, the row says {length}"
