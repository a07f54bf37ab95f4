"""Asking for an export: what it will hold, in words; the row that the worker finds; the bell."""

import logging
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forms.applications import office
from forms.applications.movement import Refused
from forms.review import tasks
from forms.review.models import Export
from forms.review.queue import Look

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 3
QUERY_LENGTH = 2000


def words(look: Look, *, for_journal: bool = False) -> str:
    """The view in words: folder or search, then each filter. The journal outlives an erasure: not what was searched."""
    first = str(look.folder.label)
    if look.text:
        first = _("Поиск") if for_journal else _("Поиск «%s»") % look.text
    return "; ".join([first, *(f"{pill.label}: {pill.value}" for pill in look.filters.pills)])[:1000]


def query(look: Look) -> str:
    """The view as the worker will read it: never from a page in its middle, always in the folder that was shown."""
    address = look.address() if look.text else look.address(folder=look.folder.key)
    found = address.partition("?")[2]
    if len(found) > QUERY_LENGTH:
        raise Refused(_("Отбор слишком длинный. Уберите часть условий."))
    return found


def ask(user: Any, look: Look, kind: str, *, with_files: bool) -> Export:
    """Ask the worker for a file of this view. Raises Refused when this person already waits for several."""
    kept = query(look)
    with transaction.atomic():
        waiting = Export.objects.filter(owner=user, state__in=(Export.State.WAITING, Export.State.RUNNING))
        if waiting.count() >= MOST_AT_ONCE:
            raise Refused(_("Уже готовим ваши выгрузки: %d. Дождитесь их или остановите.") % MOST_AT_ONCE)
        export = Export.objects.create(owner=user, query=kept, words=words(look), format=kind, with_files=with_files)
        facts = {"export": str(export.pk), "view": words(look, for_journal=True), "format": kind}
        office.write(user, "export_asked", facts | {"with_files": with_files})
        transaction.on_commit(ring)
    return export


def ring() -> None:
    """Tell the worker. Never fails: the next minute's round finds what it did not hear."""
    try:
        tasks.make_exports()
    except Exception:
        logger.warning("the worker could not be told about an export", exc_info=True)
