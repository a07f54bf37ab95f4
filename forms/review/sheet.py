"""The answers of an application as its applicant saw the questions: same steps, labels and order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.applications.models import Application
from forms.applications.thread import Changed
from forms.definitions import fields, readout, versions, wording
from forms.definitions.journey import Journey


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was answered; `text` is blank where the applicant left it open."""

    label: str
    text: str
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the form."""

    title: str
    answers: tuple[Answer, ...]


Changes = Mapping[str, Sequence[Changed]]


def sections(application: Application, changes: Changes) -> list[Section]:
    """Read with the very version that was answered; no query once the version is known to the process."""
    definition = versions.definition_of(application.form_version_id)
    journey = Journey(definition, application.sheet.answers)
    kept = journey.kept()
    return [
        Section(
            wording.render(step.title, definition, kept),
            tuple(
                Answer(
                    line.label,
                    "\n".join(line.lines) if line.row_id else _text(line, kept),
                    tuple(changes.get(line.question.key, ())) if not line.row_id else (),
                )
                for line in readout.read_step(definition, journey, step)
            ),
        )
        for step in journey.steps
    ]


def gone(application: Application, changes: Changes) -> list[Changed]:
    """Changes without a line of their own: of answers that no longer belong to it, and of rows."""
    definition = versions.definition_of(application.form_version_id)
    journey = Journey(definition, application.sheet.answers)
    shown = {line.question.key for step in journey.steps for line in readout.read_step(definition, journey, step)}
    groups = {question.key for question in definition.fields if question.type == "group"}
    return [change for key, each in changes.items() if key not in shown or key in groups for change in each]


def _text(line: readout.Line, kept: Mapping[str, Any]) -> str:
    question = line.question
    return fields.get(question.type).display(question, kept[question.key]) if question.key in kept else ""
