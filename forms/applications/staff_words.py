"""What staff filled in, told on the card: fields before and after, labels, topic and urgency."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions import fields, versions

from .models import Application, JournalEntry, StaffChange, Urgency

FILLED, LABELLED, SORTED = "filled", "labelled", "sorted"


def of(application: Application, entries: Sequence[JournalEntry]) -> dict[int, str]:
    """Words by the number of the entry; a query for the fields, where there are any."""
    told = {entry.seq: "\n".join(_sorted(entry.facts)) for entry in entries if entry.action == SORTED}
    told |= {entry.seq: "\n".join(_labels(entry.facts)) for entry in entries if entry.action == LABELLED}
    changes = {pk: entry.seq for entry in entries if entry.action == FILLED for pk in entry.facts["changes"]}
    for row in StaffChange.objects.filter(pk__in=changes).order_by("pk") if changes else ():
        told[changes[row.pk]] = "\n".join(filter(None, (told.get(changes[row.pk]), _field(application, row))))
    return told


def _field(application: Application, row: StaffChange) -> str:
    question: Any = versions.definition_of(application.form_version_id).field(row.field_key)
    if row.change is None:
        return _("%(label)s: прежний текст удалён") % {"label": question.label}
    kind, change = fields.get(question.type), row.change
    before, after = (
        kind.display(question, change[side]) if side in change else _("пусто") for side in ("before", "after")
    )
    return f"{question.label}: {before} → {after}"


def _labels(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["added"]:
        yield _("Поставлены: %s") % ", ".join(facts["added"])
    if facts["removed"]:
        yield _("Сняты: %s") % ", ".join(facts["removed"])


def _sorted(facts: Mapping[str, Any]) -> Iterator[str]:
    if "topic" in facts:
        before, after = (name or _("без темы") for name in facts["topic"])
        yield _("Тема: %(before)s → %(after)s") % {"before": before, "after": after}
    if "urgency" in facts:
        before, after = (Urgency(value).label for value in facts["urgency"])
        yield _("Срочность: %(before)s → %(after)s") % {"before": before, "after": after}
