"""A draft moves to a new version of its form: what is kept, and what to tell the applicant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import fields as field_types
from .conditions import RowView, answered
from .document import Definition
from .fields import rows
from .journey import Journey
from .question import Field

COMPATIBLE = frozenset(
    {
        ("short_text", "long_text"),
        ("long_text", "short_text"),
        ("date", "birth_date"),
        ("birth_date", "date"),
        ("whole_number", "decimal"),
        ("choice", "multiple_choice"),
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change as a sentence. `kind`: added, removed, moved or changed; `key`: of the step, question or rule."""

    kind: str
    key: str
    sentence: str
    consequences: tuple[str, ...] = ()


def is_compatible(old: Field, new: Field) -> bool:
    """Whether answers to the one may be answers to the other, if their values fit."""
    return old.type == new.type or (old.type, new.type) in COMPATIBLE


def migrate_answers(
    old: Definition, new: Definition, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Change, ...]]:
    """(answers to the new version, what to tell the applicant) of a draft answered in the old one.

    Kept is every answer whose key and type still fit; what no longer fits is dropped and told. Answers that the old
    journey did not show are dropped in silence. New questions are told only when the new journey shows them.
    """
    seen = Journey(old, answers).kept()
    kept: dict[str, Any] = {}
    changes = []
    before = {field.key: field for field in old.fields}
    now = {field.key: field for field in new.fields if field.is_sent and not field.staff}
    for field in now.values():
        if field.key in answers and field.key in before:
            value = _fitting(before[field.key], field, answers[field.key], kept)
            if answered(value):
                kept[field.key] = value
            if field.key in seen and value != answers[field.key]:
                changes.append(_told_changed(field, value))
    for key in seen:
        if key not in now and before[key].is_sent:
            words = _("Вопроса «%s» больше нет, ответ на него не нужен") % before[key].label
            changes.append(Change("removed", key, words))
    journey = Journey(new, kept)
    shown = [field for step in journey.steps for field in journey.fields(step) if field.is_sent]
    changes += [
        Change("added", field.key, _("Появился вопрос «%s»") % field.label)
        for field in shown
        if field.key not in before
    ]
    return kept, tuple(changes)


def _told_changed(field: Field, value: Any) -> Change:
    if answered(value):
        return Change("changed", field.key, _("Вопрос «%s» изменился. Проверьте ответ") % field.label)
    return Change("changed", field.key, _("Вопрос «%s» изменился. Ответьте на него ещё раз") % field.label)


def _fitting(old: Field, new: Field, value: Any, before: Mapping[str, Any]) -> Any:
    """What is left of an answer; None when nothing fits."""
    if not is_compatible(old, new):
        return None
    if new.type == "group":
        return [row for place in rows.read(value) if len(row := _row(old, new, place, before)) > 1] or None
    optional = replace(new, required=False)
    try:
        settled = field_types.settle(optional, before)
        return field_types.get(new.type).refit(settled, value) if answered(value) else None
    except ValidationError:
        return None


def _row(old: Field, new: Field, place: rows.Place, before: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"id": place.id}
    known = {field.key: field for field in old.fields}
    for field in new.fields:
        if field.key in known and field.key in place.given and field.is_sent and not field.staff:
            value = _fitting(known[field.key], field, place.given[field.key], RowView(kept, before))
            if answered(value):
                kept[field.key] = value
    return kept
