"""The paper version of a form: what is printed and filled by hand, with conditions in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.forms import CheckboxInput
from django.utils.translation import gettext as _

from forms.definitions import fields, rules
from forms.definitions.comparisons import sentence
from forms.definitions.document import Definition
from forms.definitions.fields.rows import limits
from forms.definitions.fields.widgets import PartsWidget
from forms.definitions.question import Field, Step
from forms.definitions.rule import Rule
from forms.definitions.wording import render, worded

ROWS = 3
"""Blank rows where a form asks for fewer and takes more."""
MOST_ROWS = 6
MOST_BOXES = 20
"""A longer list of answers, such as of municipalities, is written by hand."""
LINES = {"long_text": 6, "short_text": 1, "email": 1, "territory": 1, "measure": 1, "centre": 1, "meeting": 1}
CELLS = {
    "date": "ДД.ММ.ГГГГ",
    "birth_date": "ДД.ММ.ГГГГ",
    "time": "ЧЧ:ММ",
    "snils": "000-000-000 00",
    "phone": "+7 000 000-00-00",
}
PRECISE = {"month": "ММ.ГГГГ", "year": "ГГГГ"}
"""Boxes for single letters; what is no letter or digit stands between them."""
NUMBERS = {"whole_number": "", "decimal": "", "money": "руб."}


@dataclass(frozen=True)
class Blank:
    """One question on paper; `kind`: cells, lines, parts, boxes, papers, number, rows or text stand under it."""

    kind: str
    label: str
    hint: str = ""
    only_if: str = ""
    needed_if: str = ""
    optional: bool = False
    lines: tuple[None, ...] = ()
    parts: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    other: str = ""
    many: bool = False
    cells: str = ""
    unit: str = ""
    rows: tuple[tuple[str, tuple["Blank", ...]], ...] = ()

    @property
    def boxed(self) -> list[tuple[bool, str]]:
        """(is a box, its faint letter or what stands between) of the cells."""
        return [(letter in "ДМГЧ0", "" if letter == "0" else letter) for letter in self.cells]


@dataclass(frozen=True)
class Sheet:
    """One step on paper; `stops` are (condition, what to do then, address)."""

    number: int
    title: str
    lead: str
    only_if: str
    blanks: tuple[Blank, ...]
    stops: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole form on paper."""

    definition: Definition
    sheets: tuple[Sheet, ...] = field(default=())


def on_paper(definition: Definition) -> Paper:
    """What applicants may be asked, in order; questions of the staff and what the form works out are left out."""
    words = {each.key: replace(each, label=render(each.label, definition, {})) for each in definition.all_fields}
    sheets: list[Sheet] = []
    for step in definition.steps:
        blanks = tuple(_blanks(definition, step.fields, words))
        if blanks:
            sheets.append(_sheet(definition, step, len(sheets) + 1, blanks, words))
    return Paper(definition, tuple(sheets))


def _sheet(
    definition: Definition, step: Step, number: int, blanks: tuple[Blank, ...], words: Mapping[str, Field]
) -> Sheet:
    stops = [rule for rule in definition.rules if rule.kind == "stop" and rules.due_step(definition, rule) == step]
    title, lead = (render(text, definition, {}) for text in (step.title, step.lead))
    return Sheet(number, title, lead, _if(step.show_if, words), blanks, tuple(_stop(rule, words) for rule in stops))


def _stop(rule: Rule, words: Mapping[str, Field]) -> tuple[str, str, str]:
    shown = rule.link.removeprefix("tel:").removeprefix("mailto:")
    return _if(rule.when, words), rule.message, "" if shown.startswith("/") or shown in rule.message else shown


def _if(condition: Any, words: Mapping[str, Field]) -> str:
    return sentence(condition, words) if condition else ""


def _blanks(definition: Definition, questions: tuple[Field, ...], words: Mapping[str, Field]) -> Iterator[Blank]:
    for question in questions:
        if question.staff or question.type == "computed":
            continue
        told = worded(question, definition, {})
        hint = str(told.options.get("text") or told.hint) if told.type == "explanation" else told.hint
        common: dict[str, Any] = {"label": told.label, "hint": hint, "only_if": _if(told.show_if, words)}
        common["needed_if"] = "" if told.required else _if(told.required_if, words)
        common["optional"] = told.is_sent and not told.required and told.required_if is None
        yield Blank(**common | (_rows(definition, told, words) if told.type == "group" else _space(told)))


def _space(question: Field) -> dict[str, Any]:
    """What stands under a question."""
    kind = fields.get(question.type)
    choices = kind.choices(question)
    widget = kind.widget(question)
    if question.type in {"heading", "explanation"}:
        return {"kind": "text"}
    if question.type == "file":
        papers = tuple(label for _key, label in kind.papers(question))  # type: ignore[attr-defined]
        return {"kind": "papers", "parts": papers}
    if question.type in CELLS:
        cells = PRECISE.get(str(question.options.get("precision"))) or CELLS[question.type]
        return {"kind": "cells", "cells": cells}
    if question.type in NUMBERS:
        return {"kind": "number", "unit": str(question.options.get("unit") or NUMBERS[question.type])}
    if question.type == "yes_no":
        return {
            "kind": "boxes",
            "boxes": (question.options.get("yes") or _("Да"), question.options.get("no") or _("Нет")),
        }
    if isinstance(widget, PartsWidget):
        return {"kind": "parts", "parts": tuple(_parts(widget))}
    if choices and len(choices) <= MOST_BOXES and question.type not in LINES:
        return _boxes(question, choices)
    return {"kind": "lines", "lines": (None,) * LINES.get(question.type, 1)}


def _boxes(question: Field, choices: list[tuple[str, str]]) -> dict[str, Any]:
    own = bool(question.options.get("other")) and question.type == "choice"
    labels = tuple(label for _key, label in (choices[:-1] if own else choices))
    other = choices[-1][1] if own else ""
    return {"kind": "boxes", "boxes": labels, "other": other, "many": question.type == "multiple_choice"}


def _parts(widget: PartsWidget) -> Iterator[str]:
    for label, part in widget.parts.values():
        if not isinstance(part, CheckboxInput):
            yield str(label)


def _rows(definition: Definition, group: Field, words: Mapping[str, Field]) -> dict[str, Any]:
    """Several blank rows: one for each ticked choice, or some more than the fewest."""
    inner = tuple(_blanks(definition, group.fields, words))
    source = group.options.get("rows_from")
    if source:
        question = definition.field(str(source))
        titles = [label for _key, label in fields.get(question.type).choices(question)][:MOST_ROWS]
    else:
        least, most = limits(group)
        count = min(max(least, ROWS), most, MOST_ROWS)
        kind = fields.get(group.type)
        titles = [kind.row_name(group, number) for number in range(1, count + 1)]  # type: ignore[attr-defined]
    return {"kind": "rows", "rows": tuple((title, inner) for title in titles)}
