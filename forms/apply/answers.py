"""The answers as the applicant reads them again before sending."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.defaultfilters import linebreaksbr
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
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


def drawn(sections: Iterable[Section]) -> SafeString:
    """The sections as HTML. Not by a template: everything here is somebody's own, so nothing of it can be kept."""
    found: list[str] = []
    for number, section in enumerate(sections):
        mark = mark_safe(' class="sec"') if number else ""
        found += [format_html('<h2{}>{}</h2>\n<dl class="answers">', mark, section.title)]
        found += [_line(line) for line in section.lines] + ["</dl>\n"]
    return mark_safe("".join(found))  # noqa: S308 - each is safe


def _line(line: Line) -> SafeString:
    mark = "" if line.given else mark_safe(' class="soft"')
    words = linebreaksbr(line.lines[0]) if line.is_text else mark_safe("<br>".join(map(conditional_escape, line.lines)))  # noqa: S308
    edit = SafeString()
    if line.change:
        link = '<dd class="edit"><a href="{}">{}<span class="vh">: {}</span></a></dd>'
        edit = format_html(link, line.change, _("Изменить") if line.given else _("Ответить"), line.label)
    return format_html("<div><dt>{}</dt><dd{}>{}</dd>{}</div>", line.label, mark, words, edit)


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
