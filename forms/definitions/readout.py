"""The answers of one step as people read them: labels with earlier answers in them, a line for each row of a group."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import fields as field_types
from .conditions import answered
from .document import Definition, Field, Step
from .fields.rows import is_given
from .journey import Journey, Row
from .wording import worded


@dataclass(frozen=True, slots=True)
class Line:
    """One question, or one row of a group, with its answer; `lines` are empty where nothing was answered.

    `row_id` is blank for a question.
    """

    question: Field
    label: str
    lines: tuple[str, ...]
    row_id: str = ""


def read_step(definition: Definition, journey: Journey, step: Step) -> Iterator[Line]:
    """Every visible question of a step that holds an answer, unanswered ones too. Plain text."""
    kept = journey.kept()
    for question in journey.fields(step):
        if question.type == "group":
            yield from _rows(definition, journey, worded(question, definition, kept))
        elif question.holds_answer:
            told = worded(question, definition, kept)
            yield Line(told, told.label, tuple(_lines(told, kept.get(question.key))))


def _rows(definition: Definition, journey: Journey, group: Field) -> Iterator[Line]:
    found = [row for row in journey.rows(group.key) if row.given]
    for row in found:
        yield Line(group, row.title, tuple(_pairs(definition, row)), row.id)
    if not found and not is_given(group):
        yield Line(group, group.label, ())


def _pairs(definition: Definition, row: Row) -> Iterator[str]:
    for question in row.fields:
        value = row.answers.get(question.key)
        if question.holds_answer and answered(value):
            yield _pair(worded(question, definition, row.seen), value)


def _pair(question: Field, value: Any) -> str:
    words = field_types.get(question.type).display(question, value)
    label = question.label.rstrip()
    return f"{label} {words}" if label.endswith(("?", ":", ".")) else f"{label}: {words}"


def _lines(question: Field, value: Any) -> Iterator[str]:
    if answered(value):
        yield from field_types.get(question.type).display_list(question, value)
