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
from forms.definitions.parsing import DefinitionError
from forms.definitions.question import Step
from forms.definitions.rule import PUBLIC
from forms.definitions.wording import render

from . import live_preview
from .compiler import document
from .paper import on_paper

if TYPE_CHECKING:
    from .models import FormPage

STEP, PAPER = "step:", "paper"
CONDITIONS = ("show_if", "required_if")


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
    """One step with its conditions at work; says so where the form cannot be drawn yet."""
    context: dict[str, Any] = {"page": page, "step": None, "number": 0, "total": len(page.steps)}
    place = next((number for number, block in enumerate(page.steps) if block.id == block_id), None)
    definition = _definition(page) if place is not None else None
    if definition and place is not None:
        step, only_if = definition.steps[place], _conditions(page, definition)
        context |= {
            "step": step,
            "title": render(step.title, definition, {}),
            "lead": render(step.lead, definition, {}),
            "live": live_preview.of_step(definition, place),
            "number": place + 1,
            "only_if": only_if.get(step.key, ""),
            "appearing": list(_appearing(definition, step, only_if)),
        }
    return TemplateResponse(request, "build/step_preview.html", context)


def _definition(page: "FormPage") -> Definition | None:
    """The form with the stops and checks that an applicant meets and without conditions that are half built; without
    rules, then without any condition, where more is wrong with them; None where there is more wrong than that."""
    for fits, with_rules in ((_is_whole, True), (_is_whole, False), (_is_none, False)):
        data = document(page)
        data["rules"] = [rule for rule in data["rules"] if with_rules and rule["kind"] in PUBLIC and fits(rule["if"])]
        for part in _askable(data):
            part |= {name: part[name] if fits(part[name]) else None for name in CONDITIONS if name in part}
        try:
            return Definition.from_json(data)
        except DefinitionError:
            continue
    return None


def _is_whole(condition: Any) -> bool:
    return bool(condition) and not conditions.problems(condition)


def _is_none(condition: Any) -> bool:
    return condition is None


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


def _appearing(definition: Definition, step: Step, only_if: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(question, when it appears) of the questions of a step that depend on answers, those in rows too."""
    for question in step.fields:
        for each in (question, *question.fields):
            if not each.staff and only_if.get(each.key):
                yield render(each.label, definition, {}), only_if[each.key]
