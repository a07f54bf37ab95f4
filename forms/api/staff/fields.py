"""What each step asks for, as data: the very forms of the screen, described."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from forms.applications import corrections, duplicates
from forms.applications.models import Application
from forms.applications.stages import Move
from forms.review.asking import AskForm
from forms.review.moves.inputs import StepForm

TYPES: dict[type, str] = {forms.IntegerField: "integer", forms.DateField: "date"}
# Which parts of the form that asks belong to the step; what is wanted shows by `asked`.
OF_QUESTION = ("text", "wanted_by")


def of_move(move: Move, application: Application, twins: duplicates.Twins | None = None) -> list[dict[str, Any]]:
    """The fields of a step, in the order of its form; none for a step of a button."""
    if move.action == "ask":
        form: forms.Form = AskForm()
        return [*(_described(name, form.fields[name]) for name in OF_QUESTION), _asked(application)]
    if move.action == "merge":
        return [_into(twins)]
    if move.is_button:
        return []
    form = StepForm(move, application)
    return [_described(name, field) for name, field in form.fields.items() if name != "expected"]


def _described(name: str, field: Any) -> dict[str, Any]:
    kind = next((words for each, words in TYPES.items() if isinstance(field, each)), "string")
    limits = {"max": field.widget.attrs.get("max")} if kind == "date" else {}
    choices = None
    if isinstance(field, forms.ChoiceField):
        offered: Any = field.choices
        choices = [{"value": str(value), "label": str(label)} for value, label in offered if str(value)]
    return {
        "name": name,
        "label": str(field.label),
        "help": str(field.help_text),
        "type": kind,
        "required": field.required,
        "max_length": getattr(field, "max_length", None),
        "min": getattr(field, "min_value", None),
        "max": getattr(field, "max_value", None),
        "choices": choices,
    } | limits


def _asked(application: Application) -> dict[str, Any]:
    questions = [{"value": each.key, "label": each.label} for each in corrections.correctable(application)]
    help_text = _("Объект: ключ вопроса и что в нём поправить. Без него это вопрос словами")
    return _bare("asked", _("Какие ответы исправить"), help_text, "object") | {"choices": questions}


def _into(twins: duplicates.Twins | None) -> dict[str, Any]:
    rows = [twin.application for twin in twins.rows if twin.merges] if twins else []
    choices = [{"value": str(row.pk), "label": f"№ {row.public_number}"} for row in rows]
    words = _("С каким обращением объединить"), _("Открытое обращение того же человека")
    return _bare("into", *words, "integer") | {"choices": choices, "required": True}


def _bare(name: str, label: str, help_text: str, kind: str) -> dict[str, Any]:
    more = dict.fromkeys(("max_length", "min", "max", "choices"))
    return {"name": name, "label": label, "help": help_text, "type": kind, "required": False, **more}
