"""The answers as the applicant reads them again before sending."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms.definitions import readout
from forms.definitions.document import Step
from forms.definitions.journey import Journey
from forms.definitions.wording import render

from .rows import anchor
from .visit import Visit


@dataclass(frozen=True, slots=True)
class Line:
    """One question, or one row, with its answer and the address where it can be changed; blank where it cannot."""

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
    kept = journey.kept()
    return [
        Section(render(step.title, visit.definition, kept), tuple(_lines(visit, journey, step)))
        for step in journey.steps
    ]


def _lines(visit: Visit, journey: Journey, step: Step) -> Iterator[Line]:
    for line in readout.read_step(visit.definition, journey, step):
        question = line.question
        yield Line(
            label=line.label,
            lines=line.lines or (_("не указано"),),
            is_text=question.type == "long_text",
            given=bool(line.lines),
            change=f"{visit.url(step)}?from=check#{anchor(question, line.row_id)}" if question.is_sent else "",
        )
