"""The journal of the whole office: what was done to many applications at once, or to none; one chain of hashes."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any, Final

from django.core.cache import cache
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import OfficeEntry

PAGE = 1000
TRIES = 50
Last = tuple[int, str]
"""Place and digest of the newest entry."""
BEGINNING: Final[Last] = (0, "")
"""Of a journal that is empty."""
SEARCH_AGAIN = 600
"""Seconds."""

# Facts hold numbers and words of the screen; never a name, a phone or what was searched: they outlive an erasure.
ACTS: Final[dict[str, str | Promise]] = {
    "search": _("Искали обращения"),
    "export_asked": _("Заказана выгрузка"),
    "export_made": _("Выгрузка готова"),
    "export_given": _("Выгрузка скачана"),
    "export_ended": _("Выгрузка не состоялась"),
    "export_dropped": _("Файл выгрузки удалён"),
    "attendance_given": _("Скачан список встречи"),
    "absence_kept": _("Записано отсутствие"),
    "absence_dropped": _("Удалено отсутствие"),
    "batch_started": _("Начато действие с несколькими обращениями"),
    "key_issued": _("Выдан ключ для программы"),
    "key_revoked": _("Отозван ключ для программы"),
    "batch_ended": _("Действие с несколькими обращениями закончено"),
}


def write(actor: Any, action: str, facts: dict[str, Any], last: Last | None = None) -> OfficeEntry:
    """Add an entry; KeyError for an action that is not in ACTS. `last`: the newest entry, from who has just read it.

    No row is locked: the place in the chain is unique, and who comes second hangs the entry behind the first one's.
    """
    assert ACTS[action]
    for _attempt in range(TRIES):
        last = last or OfficeEntry.objects.order_by("-seq").values_list("seq", "digest").first() or BEGINNING
        entry = OfficeEntry(
            seq=last[0] + 1, at=timezone.now(), actor=actor, action=action, facts=facts, previous=last[1]
        )
        entry.digest = _digest(entry)
        if _inserted(entry):
            return entry
        last = None
    raise IntegrityError(f"office entry {entry.seq}: the place was taken {TRIES} times")


def _inserted(entry: OfficeEntry) -> bool:
    """False where its place is taken. One statement: to save and be refused would need a savepoint around it."""
    columns = [each for each in entry._meta.concrete_fields if not each.primary_key]
    names, marks = ", ".join(str(each.column) for each in columns), ", ".join(["%s"] * len(columns))
    values = [each.get_db_prep_save(each.pre_save(entry, add=True), connection) for each in columns]
    table = entry._meta.db_table
    with connection.cursor() as cursor:
        # S608: the names are those of the model, values travel apart.
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (seq) DO NOTHING RETURNING id",  # noqa: S608
            values,
        )
        row = cursor.fetchone()
    if row is None:
        return False
    entry.pk, entry._state.adding = row[0], False
    return True


def newest() -> QuerySet[OfficeEntry]:
    """The last entry of the chain, as rows for a statement around them."""
    return OfficeEntry.objects.filter(seq__in=OfficeEntry.objects.order_by("-seq").values("seq")[:1])


def note_search(actor: Any, way: str, shown: list[int], last: Last | None = None) -> None:
    """Record whose data a search showed, by their ids; the same again within SEARCH_AGAIN adds nothing."""
    seen = hashlib.sha256(repr((actor.pk, way, shown)).encode()).hexdigest()
    if shown and cache.add(f"search:{seen}", 1, SEARCH_AGAIN):
        write(actor, "search", {"by": way, "shown": shown}, last)


def problems() -> Iterator[str]:
    """Every break of the chain as a sentence; nothing when it is whole."""
    previous, expected = "", 1
    last, page = 0, _page(0)
    while page:
        for entry in page:
            last = entry.seq
            where = f"office, entry {entry.seq}"
            if entry.seq != expected:
                yield f"{where}: expected entry {expected}, one is missing"
            elif entry.previous != previous:
                yield f"{where}: does not follow the entry before it"
            if entry.digest != _digest(entry):
                yield f"{where}: its content was changed"
            previous, expected = entry.digest, entry.seq + 1
        page = _page(last)


def _page(after: int) -> list[OfficeEntry]:
    return list(OfficeEntry.objects.filter(seq__gt=after).order_by("seq")[:PAGE])


def _digest(entry: OfficeEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = ["office", entry.seq, at, entry.actor_id, entry.action, entry.facts, entry.previous]
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
