"""What a step will look like, drawn from the unsaved page."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from forms.definitions import fields
from forms.definitions.document import Definition, Step
from forms.definitions.parsing import DefinitionError

from .compiler import document

if TYPE_CHECKING:
    from .models import FormPage


def serve_step_preview(page: "FormPage", request: HttpRequest, block_id: str) -> HttpResponse:
    """One step with every question, whatever its conditions; says so where the form cannot be drawn yet."""
    context: dict[str, Any] = {"page": page, "step": None, "step_form": None, "number": 0, "total": len(page.steps)}
    place = next((number for number, block in enumerate(page.steps) if block.id == block_id), None)
    try:
        if place is not None:
            step = _definition(page).steps[place]
            context |= {"step": step, "step_form": _form(step), "number": place + 1}
    except DefinitionError:
        pass
    return TemplateResponse(request, "build/step_preview.html", context)


def _definition(page: "FormPage") -> Definition:
    data = document(page)
    for step in data["steps"]:
        step["show_if"] = None
        for question in step["fields"]:
            question["show_if"] = None
    return Definition.from_json(data)


def _form(step: Step) -> forms.Form:
    form = forms.Form()
    for field in step.fields:
        form.fields[field.key] = fields.get(field.type).form_field(field)
    return form
