"""What a step and the paper version will look like, drawn from the unsaved page."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from forms.definitions import conditions
from forms.definitions.comparisons import sentence
from forms.definitions.document import Definition
from forms.definitions.drawing import drawn
from forms.definitions.parsing import DefinitionError
from forms.definitions.question import Field
from forms.definitions.wording import render, worded

from .compiler import document
from .paper import on_paper

if TYPE_CHECKING:
    from .models import FormPage

STEP, PAPER = "step:", "paper"


def modes(page: "FormPage") -> list[tuple[str, Any]]:
    """The start page, the paper version, and every step by its block id; the browser adds those that are new."""
    steps = [(f"{STEP}{block.id}", block.value.get("title") or _("Без названия")) for block in page.steps if block.id]
    return [("", _("Начальная страница")), (PAPER, _("На бумаге")), *steps]


def serve(page: "FormPage", request: HttpRequest, mode_name: str) -> HttpResponse | None:
    """The page in a mode of its own; None for the start page."""
    if mode_name == PAPER:
        return TemplateResponse(request, "build/paper.html", paper_of(page) | {"is_draft": True})
    if mode_name.startswith(STEP):
        return serve_step_preview(page, request, mode_name.removeprefix(STEP))
    return None


def paper_of(page: "FormPage", definition: Definition | None = None) -> dict[str, Any]:
    """The context of the paper version: of a definition, else of the page as it is drafted."""
    if definition is None:
        try:
            definition = Definition.from_json(document(page))
        except DefinitionError:
            # A condition or a rule is half built: what is asked can be shown all the same.
            definition = _definition(page)
    return {"page": page, "paper": on_paper(definition) if definition else None}


def serve_step_preview(page: "FormPage", request: HttpRequest, block_id: str) -> HttpResponse:
    """One step with every question, whatever its conditions; says so where the form cannot be drawn yet."""
    context: dict[str, Any] = {"page": page, "step": None, "parts": (), "number": 0, "total": len(page.steps)}
    place = next((number for number, block in enumerate(page.steps) if block.id == block_id), None)
    definition = _definition(page) if place is not None else None
    if definition and place is not None:
        step = definition.steps[place]
        context |= {
            "step": step,
            "title": render(step.title, definition, {}),
            "lead": render(step.lead, definition, {}),
            "parts": _parts(definition, step.fields, _conditions(page, definition)),
            "number": place + 1,
            "only_if": _conditions(page, definition).get(step.key, ""),
        }
    return TemplateResponse(request, "build/step_preview.html", context)


def _definition(page: "FormPage") -> Definition | None:
    """The form without its conditions and rules, which may be half built; None where there is more wrong."""
    data = document(page) | {"rules": []}
    for part in _askable(data):
        part.update({"show_if": None} | ({"required_if": None} if "type" in part else {}))
    try:
        return Definition.from_json(data)
    except DefinitionError:
        return None


def _askable(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step and question of a document."""
    for step in data["steps"]:
        yield step
        for question in step["fields"]:
            yield from (question, *question.get("fields", ()))


def _conditions(page: "FormPage", definition: Definition) -> dict[str, str]:
    """When steps and questions appear, in words by key; not those that are half built."""
    words = {each.key: replace(each, label=render(each.label, definition, {})) for each in definition.all_fields}
    return {
        part["key"]: sentence(part["show_if"], words)
        for part in _askable(document(page))
        if part["show_if"] and not conditions.problems(part["show_if"])
    }


def _parts(definition: Definition, questions: tuple[Field, ...], only_if: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the page shows of some questions, in order; one row stands for all rows of a group."""
    parts: list[dict[str, Any]] = []
    for question in questions:
        field = worded(question, definition, {})
        if field.staff or (field.type == "computed" and not field.options.get("shown")):
            continue
        part: dict[str, Any] = {"kind": field.type, "label": field.label, "text": field.hint}
        part["only_if"] = only_if.get(field.key, "")
        if field.type == "group":
            titles = {name: field.options.get(name) for name in ("row_title", "add_label")}
            parts.append(part | titles | {"parts": _parts(definition, field.fields, only_if)})
        elif field.type in {"heading", "explanation"}:
            parts.append(part | {"text": field.options.get("text") or field.hint})
        elif field.is_sent:
            parts.append(part | {"kind": "question", "html": drawn(field)})
        else:
            parts.append(part | {"text": _("посчитаем сами")})
    return parts
