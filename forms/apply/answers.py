"""The answers as the applicant reads them again before sending."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms.definitions import fields as field_types
from forms.definitions.conditions import answered
from forms.definitions.document import Field, Step
from forms.definitions.journey import Journey

from .visit import Visit


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer and the address where it can be changed."""

    label: str
    lines: tuple[str, ...]
    is_text: bool
    given: bool
    change: str


@dataclass(frozen=True, slots=True)
class Section:
    """The questions of one step."""

    title: str
    lines: tuple[Line, ...]


def sections(visit: Visit) -> list[Section]:
    """Every visible question by step; unanswered ones too, for they can still be answered."""
    journey = visit.journey
    return [Section(step.title, tuple(_lines(visit, journey, step))) for step in journey.steps]


def _lines(visit: Visit, journey: Journey, step: Step) -> Iterator[Line]:
    kept = journey.kept()
    for question in journey.fields(step):
        value = kept.get(question.key)
        given = answered(value)
        yield Line(
            label=question.label,
            lines=tuple(_words(question, value)) if given else (_("не указано"),),
            is_text=question.type == "long_text",
            given=given,
            change=f"{visit.url(step)}?from=check#id_{question.key}",
        )


def _words(question: Field, value: object) -> list[str]:
    field_type = field_types.get(question.type)
    return field_type.display_list(question, value)
