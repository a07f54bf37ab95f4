"""Where somebody stands in a form: visible steps and questions, and the answers that are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import fields as field_types
from .conditions import RowView, answered
from .document import Definition, Field, Step
from .fields import rows
from .world import World


@dataclass(frozen=True)
class Row:
    """One row of a repeating group: what is asked in it, what is kept of it, what is missing."""

    id: str
    number: int
    title: str
    fields: tuple[Field, ...]
    answers: dict[str, Any]
    seen: Mapping[str, Any]
    missing: tuple[Field, ...]
    given: bool
    """Whether anything is answered in it."""


class Journey:
    """One pass over the document: conditions look back only, so document order is the order of dependence.

    A hidden question has no answer for all that follow, whatever was stored for it before. A step without a visible
    question is skipped. Questions are as the answers before them make them: required or not, their choices, their
    limits. Computed answers are worked out on the way. Questions of the staff are no part of it.
    """

    def __init__(self, definition: Definition, answers: Mapping[str, Any], world: World | None = None) -> None:
        self.definition, self.world = definition, world or World()
        self._kept: dict[str, Any] = {}
        self._fields: dict[str, tuple[Field, ...]] = {}
        self._rows: dict[str, tuple[Row, ...]] = {}
        for step in definition.steps:
            if step.visible(self._kept, self.world):
                shown = self._pass(step.fields, answers, self._kept, self._kept)
                if shown:
                    self._fields[step.key] = tuple(shown)
        self.steps: tuple[Step, ...] = tuple(step for step in definition.steps if step.key in self._fields)

    def _pass(
        self, questions: Iterable[Field], given: Mapping[str, Any], kept: dict[str, Any], seen: Mapping[str, Any]
    ) -> list[Field]:
        shown = []
        for field in questions:
            if field.staff or not field.visible(seen, self.world):
                continue
            if field.type == "computed":
                value = field.compute(seen, self.world)
                if answered(value):
                    kept[field.key] = value
                if field.options.get("shown"):
                    shown.append(field)
                continue
            settled = field_types.settle(field.needed(seen, self.world), seen)
            shown.append(settled)
            if field.type == "group":
                self._group(settled, given.get(field.key), kept)
            elif field.key in given and field.is_sent:
                _keep(settled, settled.options is not field.options, given[field.key], kept)
        return shown

    def _group(self, group: Field, value: Any, kept: dict[str, Any]) -> None:
        found = []
        for number, place in enumerate(rows.places(group, value, kept), start=1):
            answers: dict[str, Any] = {"id": place.id}
            seen = RowView(answers, dict(kept))
            shown = tuple(self._pass(group.fields, place.given, answers, seen))
            missing = tuple(field for field in shown if _is_missing(field, answers))
            given = any(field.key in answers for field in group.fields if field.is_sent)
            title = self._title(group, place.id, number)
            found.append(Row(place.id, number, title, shown, answers, seen, missing, given))
        self._rows[group.key] = tuple(found)
        worth = [row.answers for row in found if row.given or group.options.get("rows_from")]
        if worth:
            kept[group.key] = worth

    def _title(self, group: Field, row_id: str, number: int) -> str:
        source = group.options.get("rows_from")
        if source:
            question = self.definition.field(source)
            return dict(field_types.get(question.type).choices(question)).get(row_id, row_id)
        return field_types.Group().row_name(group, number)

    def fields(self, step: Step) -> tuple[Field, ...]:
        """The visible questions of a step; none for a hidden step."""
        return self._fields.get(step.key, ())

    def rows(self, group_key: str) -> tuple[Row, ...]:
        """The rows of a visible repeating group, blank ones that must be filled included; none for others."""
        return self._rows.get(group_key, ())

    def shows(self, step_key: str) -> bool:
        """Whether the step is part of the journey now."""
        return step_key in self._fields

    def next(self, step_key: str) -> Step | None:
        """The visible step after this one, which may itself be hidden by now; KeyError for an unknown key."""
        here = self.definition.step_numbers[step_key]
        return next((step for step in self.steps if self.definition.step_numbers[step.key] > here), None)

    def previous(self, step_key: str) -> Step | None:
        """The visible step before this one; KeyError for an unknown key."""
        here = self.definition.step_numbers[step_key]
        earlier = (step for step in reversed(self.steps) if self.definition.step_numbers[step.key] < here)
        return next(earlier, None)

    def position(self, step_key: str) -> tuple[int, int]:
        """(n, total) among visible steps, n from 1; KeyError for a hidden or unknown step."""
        for number, step in enumerate(self.steps, start=1):
            if step.key == step_key:
                return number, len(self.steps)
        raise KeyError(step_key)

    def missing(self, step: Step) -> tuple[Field, ...]:
        """Visible required questions of a step without an answer; a group when it lacks rows or answers in them."""
        return tuple(field for field in self.fields(step) if self._lacks(field))

    def _lacks(self, field: Field) -> bool:
        if field.type != "group":
            return _is_missing(field, self._kept)
        found = self.rows(field.key)
        # A blank row too many is no fault: it is dropped.
        least = len(found) if rows.is_given(field) else rows.limits(field)[0]
        needed = [row for number, row in enumerate(found) if row.given or number < least]
        enough = rows.is_given(field) or sum(row.given for row in found) >= least
        return not enough or any(row.missing for row in needed)

    def first_incomplete(self) -> Step | None:
        """The first visible step with a required question unanswered; None when all is answered."""
        return next((step for step in self.steps if self.missing(step)), None)

    def complete(self) -> bool:
        """Whether every visible required question has an answer."""
        return self.first_incomplete() is None

    def kept(self) -> dict[str, Any]:
        """The answers of visible questions and the computed ones, in document order; what may be submitted."""
        return dict(self._kept)


def _is_missing(field: Field, answers: Mapping[str, Any]) -> bool:
    return field.required and field.is_sent and not answered(answers.get(field.key))


def _keep(settled: Field, depends: bool, answer: Any, kept: dict[str, Any]) -> None:
    """Keep an answer, or what still fits of it where the question depends on others."""
    value = field_types.get(settled.type).refit(settled, answer) if depends else answer
    if value is not None or not depends:
        kept[settled.key] = value
