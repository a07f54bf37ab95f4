"""What a step will look like, drawn from the unsaved page."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from forms.definitions import fields
from forms.definitions.document import Definition
from forms.definitions.parsing import DefinitionError
from forms.definitions.question import Field
from forms.definitions.wording import worded

from .compiler import document

if TYPE_CHECKING:
    from .models import FormPage


def serve_step_preview(page: "FormPage", request: HttpRequest, block_id: str) -> HttpResponse:
    """One step with every question, whatever its conditions; says so where the form cannot be drawn yet."""
    context: dict[str, Any] = {"page": page, "step": None, "parts": (), "number": 0, "total": len(page.steps)}
    place = next((number for number, block in enumerate(page.steps) if block.id == block_id), None)
    try:
        if place is not None:
            definition = _definition(page)
            step = definition.steps[place]
            context |= {"step": step, "parts": _parts(definition, step.fields), "number": place + 1}
    except DefinitionError:
        pass
    return TemplateResponse(request, "build/step_preview.html", context)


def _definition(page: "FormPage") -> Definition:
    data = document(page)
    for step in data["steps"]:
        step["show_if"] = None
        for question in step["fields"]:
            for each in (question, *question.get("fields", ())):
                each |= {"show_if": None, "required_if": None}
    return Definition.from_json(data)


def _parts(definition: Definition, questions: tuple[Field, ...]) -> list[dict[str, Any]]:
    """What the page shows of some questions, in order; one row stands for all rows of a group."""
    parts: list[dict[str, Any]] = []
    for question in questions:
        field = worded(question, definition, {})
        if field.staff:
            continue
        part: dict[str, Any] = {"kind": field.type, "label": field.label, "text": field.hint}
        if field.type == "group":
            titles = {name: field.options.get(name) for name in ("row_title", "add_label")}
            parts.append(part | titles | {"parts": _parts(definition, field.fields)})
        elif field.type in {"heading", "explanation"}:
            parts.append(part | {"text": field.options.get("text") or field.hint})
        elif field.is_sent:
            form = forms.Form()
            form.fields[field.key] = fields.get(field.type).form_field(field)
            parts.append({"kind": "question", "form": form})
    return parts
