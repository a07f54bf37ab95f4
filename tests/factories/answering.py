"""Somebody who answers any form to its end: good raw answers to every question that appears."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from forms.definitions import fields
from forms.definitions.conditions import RowView, answered
from forms.definitions.document import Definition, Field
from forms.definitions.fields import date_limits, rows
from forms.definitions.fields.choice import OTHER
from forms.definitions.journey import Journey
from forms.definitions.world import World

Pick = Callable[[int], int]
"""`pick(n)`: a number below n; decides which answer of a list is given."""
PLAIN: dict[str, Any] = {
    "short_text": "Ответ",
    "long_text": "Нужна помощь.",
    "full_name": {"last": "Иванова", "first": "Мария", "middle": "Петровна"},
    "phone": "8 900 000-00-00",
    "email": "ivanova@example.ru",
    "snils": "112-233-445 95",
    "address": {"place": "Иркутск", "street": "Ленина", "house": "1"},
    "money": "1500",
    "decimal": "1,5",
    "time": "10:00",
    "territory": "irkutsk",
}


def fill(definition: Definition, pick: Pick, **given: Any) -> dict[str, Any]:
    """Clean answers to the whole form, by key; `given` are those that stand. What the rules say is not asked."""
    answers: dict[str, Any] = {}
    while True:
        journey = Journey(definition, answers)
        asked = [field for step in journey.steps for field in journey.fields(step) if field.is_sent]
        field = next((each for each in asked if each.key not in answers), None)
        if field is None:
            return {key: value for key, value in journey.kept().items() if answered(value)}
        kept = journey.kept()
        answers[field.key] = (
            _rows(field, kept, pick, given) if field.type == "group" else _one(field, kept, pick, given)
        )


def _one(field: Field, seen: Mapping[str, Any], pick: Pick, given: Mapping[str, Any]) -> Any:
    field = fields.settle(field.needed(seen), seen)
    return fields.get(field.type).clean(field, given[field.key] if field.key in given else _raw(field, pick), seen)


def _raw(field: Field, pick: Pick) -> Any:
    kind = fields.get(field.type)
    offered = kind.choices(field)
    chosen = offered[pick(len(offered))][0] if offered else None
    if field.type == "choice":
        return {"choice": chosen, "other": "свой ответ"} if chosen == OTHER else chosen
    if field.type == "multiple_choice":
        return [chosen]
    if field.type == "yes_no":
        return pick(2) == 1
    if field.type == "whole_number":
        return str((field.options.get("min") or 0) + pick(4))
    if field.type == "date":
        return next((day for day in date_limits.limits(field.options) if day), datetime.date(2026, 1, 15)).isoformat()
    if field.type == "birth_date":
        years = (field.options.get("age_max") or 60) // 2
        return (timezone.localdate() - datetime.timedelta(days=366 * years)).isoformat()
    if field.type == "file":
        papers = {key: {"how": ("later", "have")[pick(2)]} for key, _label in kind.papers(field)}
        return {"papers": papers} if papers else None
    return PLAIN.get(field.type, chosen)


def _rows(group: Field, kept: Mapping[str, Any], pick: Pick, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fewest rows; their questions answered one by one, so that those a row opens are met too."""
    made: list[dict[str, Any]] = []
    for place in rows.places(group, None, kept):
        row: dict[str, Any] = {"id": place.id}
        seen = RowView(row, kept)
        for field in group.fields:
            if field.visible(seen):
                row[field.key] = (
                    field.compute(seen, World()) if field.type == "computed" else _one(field, seen, pick, given)
                )
        made.append({key: value for key, value in row.items() if answered(value)})
    return made
