"""What portal/static/portal/conditions.js needs to show and hide the questions of one step, as JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from services import territories

from . import expressions
from .conditions import leaves, references
from .document import Definition
from .journey import Journey
from .question import Field, Step


def page_rules(definition: Definition, step: Step, journey: Journey) -> dict[str, Any]:
    """`{"today", "territories", "answers", "fields"}`: the world, the earlier answers that are asked for, the rules.

    `look(fields, answers + what is typed, {today, territories})` gives `{key: {shown, required}}`; for a row of a group
    call it with the group's `fields` and the row's answers over the others. Blank when the step depends on nothing.
    """
    questions = [field for field in step.fields if not field.staff]
    if not any(_depends(each) for field in questions for each in (field, *field.fields)):
        return {}
    asked = {key for field in questions for each in (field, *field.fields) for key in _asked(each)}
    kept = journey.kept()
    own = {field.key for field in questions}
    codes = {code for field in questions for each in (field, *field.fields) for code in _territories(each)}
    return {
        "today": journey.world.today.isoformat(),
        "territories": {code: sorted(territories.descendants(code)) for code in sorted(codes)},
        "answers": {key: kept[key] for key in kept if key in asked and key not in own},
        "fields": [_rules(field) for field in questions],
    }


def _depends(field: Field) -> bool:
    return bool(field.show_if or field.required_if or field.type == "computed")


def _rules(field: Field) -> dict[str, Any]:
    rules: dict[str, Any] = {"key": field.key, "required": field.required and field.is_sent}
    rules |= {name: value for name in ("show_if", "required_if") if (value := getattr(field, name))}
    if field.type == "computed":
        rules["expr"] = field.options["expr"]
    if field.fields:
        rules["fields"] = [_rules(inner) for inner in field.fields if not inner.staff]
    return rules


def _conditions(field: Field) -> Iterator[Any]:
    yield from (condition for condition in (field.show_if, field.required_if) if condition)
    if field.type == "computed":
        for operand in expressions.operands(field.options["expr"]):
            if operand.get("where"):
                yield operand["where"]


def _asked(field: Field) -> Iterator[str]:
    for condition in _conditions(field):
        yield from references(condition)
    if field.type == "computed":
        yield from expressions.references(field.options["expr"])


def _territories(field: Field) -> Iterator[str]:
    yield from _codes(_conditions(field))


def _codes(conditions: Iterable[Any]) -> Iterator[str]:
    for condition in conditions:
        for leaf in leaves(condition):
            if leaf["op"] == "within":
                yield leaf["v"]
            elif leaf.get("where"):
                yield from _codes([leaf["where"]])
