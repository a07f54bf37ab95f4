"""The answers of an application as its applicant saw the questions: same steps, labels and order."""

from dataclasses import dataclass

from forms.applications.models import Application
from forms.definitions import fields, versions
from forms.definitions.journey import Journey


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was answered; `text` is blank where the applicant left it open."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the form."""

    title: str
    answers: tuple[Answer, ...]


def sections(application: Application) -> list[Section]:
    """Read with the very version that was answered; no query once the version is known to the process."""
    journey = Journey(versions.definition_of(application.form_version_id), application.sheet.answers)
    kept = journey.kept()
    return [
        Section(
            step.title,
            tuple(
                Answer(
                    field.label,
                    fields.get(field.type).display(field, kept[field.key]) if field.key in kept else "",
                )
                for field in journey.fields(step)
            ),
        )
        for step in journey.steps
    ]
