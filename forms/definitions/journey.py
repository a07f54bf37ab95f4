"""Where somebody stands in a form: visible steps and questions, and the answers that are kept."""

from collections.abc import Mapping
from typing import Any

from . import fields
from .conditions import answered
from .document import Definition, Field, Step


class Journey:
    """One pass over the document: conditions look back only, so document order is the order of dependence.

    A hidden question has no answer for all that follow, whatever was stored for it before. A step without a visible
    question is skipped. Questions are settled: their choices and limits are those of the answers before them.
    """

    def __init__(self, definition: Definition, answers: Mapping[str, Any]) -> None:
        self.definition = definition
        self._kept: dict[str, Any] = {}
        self._fields: dict[str, tuple[Field, ...]] = {}
        kept, given = self._kept, answers
        for step in definition.steps:
            if not step.visible(kept):
                continue
            shown = []
            for field in step.fields:
                if field.visible(kept):
                    settled = fields.settle(field, kept)
                    shown.append(settled)
                    if field.key in given:
                        _keep(field, settled, given[field.key], kept)
            if shown:
                self._fields[step.key] = tuple(shown)
        self.steps: tuple[Step, ...] = tuple(step for step in definition.steps if step.key in self._fields)

    def fields(self, step: Step) -> tuple[Field, ...]:
        """The visible questions of a step; none for a hidden step."""
        return self._fields.get(step.key, ())

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
        """Visible required questions of a step that have no answer yet."""
        return tuple(field for field in self.fields(step) if field.required and not answered(self._kept.get(field.key)))

    def first_incomplete(self) -> Step | None:
        """The first visible step with a required question unanswered; None when all is answered."""
        return next((step for step in self.steps if self.missing(step)), None)

    def complete(self) -> bool:
        """Whether every visible required question has an answer."""
        return self.first_incomplete() is None

    def kept(self) -> dict[str, Any]:
        """The answers of visible questions only, in document order; what may be submitted."""
        return dict(self._kept)


def _keep(field: Field, settled: Field, answer: Any, kept: dict[str, Any]) -> None:
    """Keep an answer, or what still fits of it where the question depends on others."""
    value = answer if settled is field else fields.get(field.type).refit(settled, answer)
    if value is not None or settled is field:
        kept[field.key] = value
