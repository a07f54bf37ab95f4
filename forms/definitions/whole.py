"""A whole form as one step, for an operator who types while somebody talks; and what an operator may leave out.

The engine needs nothing new for it: the condition of a step goes into its questions, and files are neither asked for
nor required, for who calls has none at hand. What is kept of an answer is the same either way.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from . import fields as field_types
from .conditions import answered
from .document import Definition, Field, Step
from .fields.file import LATER
from .journey import Journey

STEP = "whole"
KEPT = 50
# Who somebody is and what they want comes first even where the form leaves it open.
ALWAYS = frozenset({"full_name", "phone", "territory", "long_text"})
Condition = Mapping[str, Any]
_made: dict[str, Definition] = {}


def one_page(digest: str, definition: Definition) -> Definition:
    """The form with one step of every question of the applicant; made once for a version (`digest`) in a process."""
    found = _made.get(digest)
    if found is None:
        if len(_made) >= KEPT:
            _made.clear()
        found = _made[digest] = _whole(definition)
    return found


def step_of(whole: Definition) -> Step:
    """Its only step."""
    return whole.step(STEP)


def matters(question: Field) -> bool:
    """Whether it is shown at once; the rest is folded away until somebody wants it."""
    return bool(question.required or question.required_if or question.show_if or question.type in ALWAYS)


def phone_of(whole: Definition) -> Field | None:
    """The question whose answer finds earlier applications: the first telephone that is always asked."""
    return next((each for each in whole.fields if each.type == "phone" and each.show_if is None), None)


def eased(definition: Definition) -> Definition:
    """The same form, in which no file is required."""
    steps = tuple(replace(step, fields=tuple(map(_eased, step.fields))) for step in definition.steps)
    return replace(definition, steps=steps)


def promised(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with «принесу» for every paper that the form asks of this person and that nobody spoke of."""
    found = dict(answers)
    for step in definition.steps:
        for question in Journey(definition, found).fields(step):
            papers = _papers(question)
            if papers and not answered(found.get(question.key)):
                found[question.key] = {"papers": {key: {"how": LATER} for key, _label in papers}}
    return found


def _whole(definition: Definition) -> Definition:
    questions = tuple(
        _said(replace(question, show_if=_both(step.show_if, question.show_if)) if step.show_if else question)
        for step in definition.steps
        for question in step.fields
        if not question.staff
    )
    step = Step(key=STEP, title=definition.title, fields=questions)
    return replace(definition, steps=(step,))


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    parts = [condition for condition in (one, other) if condition]
    return {"op": "all", "of": parts} if len(parts) > 1 else parts[0] if parts else None


def _said(question: Field) -> Field:
    """A question of files becomes words to say: what to bring."""
    if question.type == "group":
        return replace(question, fields=tuple(_said(inner) for inner in question.fields if not inner.staff))
    if question.type != "file":
        return question
    labels = ", ".join(label for _key, label in _papers(question))
    text = _("Запишем, что принесут: %(papers)s.") % {"papers": labels} if labels else _("Запишем, что принесут.")
    text = f"{text} {_('Можно и приложить самому, по номеру и коду.')}"
    return replace(
        question, type="explanation", hint="", required=False, required_if=None, options={"text": text}, fields=()
    )


def _eased(question: Field) -> Field:
    if question.type == "group":
        return replace(question, fields=tuple(map(_eased, question.fields)))
    return replace(question, required=False, required_if=None) if question.type == "file" else question


def _papers(question: Field) -> list[tuple[str, str]]:
    kind = field_types.get(question.type)
    return kind.papers(question) if isinstance(kind, field_types.File) else []
