"""The form of the card that staff fill in: questions of the form marked for them, labels, topic, urgency."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from forms.applications import policies, staffing
from forms.applications.models import Application, Label, Labelling, Urgency
from forms.definitions import fields as field_types
from forms.definitions.document import Field
from forms.definitions.fields.widgets import PartsWidget

MOST_LABELS = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """A label that can be chosen."""

    pk: int
    name: str
    chosen: bool


class StaffBoundField(forms.BoundField):
    """A question; one of several inputs gives them apart, each with its own label."""

    @property
    def parts(self) -> list[tuple[str, str, SafeString]]:
        """(id, label, input) of each; empty for a single input."""
        widget = self.field.widget
        if not isinstance(widget, PartsWidget):
            return []
        whole: Any = widget.get_context(self.html_name, self.value(), {"id": self.auto_id})
        draw = self.form.renderer.render
        return [
            (each["attrs"]["id"], str(each["label"]), mark_safe(draw(each["template_name"], {"widget": each})))  # noqa: S308 - Django's own template drew it
            for each in whole["widget"]["subwidgets"]
        ]


class StaffForm(forms.Form):
    """The questions of staff as inputs; the cleaning is the engine's (`staffing`)."""

    bound_field_class = StaffBoundField
    use_required_attribute = False

    def __init__(self, questions: list[Field], answers: Mapping[str, Any], data: Any, errors: Any) -> None:
        super().__init__(data=data, initial=dict(answers), prefix="staff")
        for question in questions:
            self.fields[question.key] = field_types.get(question.type).form_field(_compact(question))
        self._errors = forms.utils.ErrorDict({key: self.error_class(each) for key, each in errors.items()})


def _compact(question: Field) -> Field:
    """Choices as a list to unfold: a card has no room for cards of choices."""
    if question.type != "choice":
        return question
    return replace(question, options={**question.options, "display": "list"})


def context(user: Any, application: Application, data: Any = None, errors: Any = None) -> dict[str, Any]:
    """What the part shows; `data` is what was typed into a form that was refused. One query, two with questions."""
    may_label, may_fill = policies.may_label(user, application), policies.may_fill(user, application)
    answers = staffing.answers_of(application)
    questions = staffing.questions_of(application, answers)
    labels = _labels(application, data)
    return {
        "staff_form": StaffForm(questions, answers, data if may_fill else None, errors or {}) if questions else None,
        "staff_lines": [
            (question.label, field_types.get(question.type).display(question, answers[question.key]))
            for question in questions
            if question.key in answers
        ],
        "labels": labels,
        "labels_on": [each for each in labels if each.chosen],
        "topic_now": number(data.get("topic")) if data and may_fill else application.topic_id,
        "urgencies": Urgency.choices,
        "urgency_now": number(data.get("urgency")) if data and may_fill else application.urgency,
        # Whoever was given another leader meanwhile has nowhere to put it, and may copy it.
        "staff_typed": _typed(questions, data) if data and not may_fill else [],
        "staff_reason": data.get("reason", "") if data else "",
        "new_label": data.get("new_label", "") if data else "",
        "may_label": may_label,
        "may_fill": may_fill,
        "may_name_labels": user.has_perm(policies.ASSIGN),
    }


def _typed(questions: list[Field], data: Any) -> list[tuple[str, str]]:
    """What was typed, in words, with the question; only what was."""
    form, found = StaffForm(questions, {}, data, {}), []
    for question in questions:
        known = dict(field_types.get(question.type).choices(question))
        found.append((question.label, ", ".join(known.get(each, each) for each in _texts(form[question.key].data))))
    found.append((_("Почему меняете тему или срочность"), str(data.get("reason", ""))))
    return [(label, text) for label, text in found if text.strip()]


def _texts(value: Any) -> list[str]:
    """All that is said in a value of several inputs, in their order."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    return [str(value)] if value else []


def _labels(application: Application, data: Any) -> list[Choice]:
    on = Exists(Labelling.objects.filter(application=application, label=OuterRef("pk")))
    rows = Label.objects.annotate(on=on).order_by("name").values_list("pk", "name", "on")[:MOST_LABELS]
    typed = set(numbers(data)) if data else None
    return [Choice(pk, name, pk in typed if typed is not None else bool(is_on)) for pk, name, is_on in rows]


def numbers(data: Any) -> list[int]:
    """The labels that were chosen."""
    return [int(text) for text in data.getlist("label") if text.isascii() and text.isdecimal() and len(text) < 18]


def number(text: Any, none: int = 0) -> int:
    """A number out of a form; `none` for nothing and for nonsense."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else none
