"""One question and one step of a form, as frozen data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from . import conditions
from . import fields as field_types
from .expressions import compile_expression
from .world import World


@dataclass(frozen=True)
class Field:
    """One question. `key` is made by the system, stays for ever and names the answer."""

    key: str
    type: str
    label: str
    hint: str = ""
    required: bool = True
    show_if: Mapping[str, Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    required_if: Mapping[str, Any] | None = None
    staff: bool = False
    fields: tuple["Field", ...] = ()

    @cached_property
    def visible(self) -> conditions.Test:
        """The compiled `show_if` of the question itself (its step has another)."""
        return conditions.compile_condition(self.show_if)

    @cached_property
    def _needed(self) -> conditions.Test:
        return conditions.compile_condition(self.required_if)

    @cached_property
    def _as_required(self) -> "Field":
        return replace(self, required=True)

    def needed(self, answers: Mapping[str, Any], world: World | None = None) -> "Field":
        """The question with `required` as these answers make it."""
        if self.required or self.required_if is None or not self._needed(answers, world):
            return self
        return self._as_required

    @cached_property
    def compute(self) -> Callable[[Mapping[str, Any], World], Any]:
        """`f(answers, world)` of a computed question; KeyError for others."""
        return compile_expression(self.options["expr"])

    @property
    def holds_answer(self) -> bool:
        """Whether there is an answer to show, check and export; a heading has none."""
        return field_types.get(self.type).holds_answer

    @property
    def is_sent(self) -> bool:
        """Whether people answer it; neither shown words nor what the form works out itself."""
        return field_types.get(self.type).is_sent

    def to_json(self) -> dict[str, Any]:
        """The question as stored."""
        return {
            "key": self.key,
            "type": self.type,
            "label": self.label,
            "hint": self.hint,
            "required": self.required,
            "show_if": self.show_if,
            "options": dict(self.options),
            "required_if": self.required_if,
            "staff": self.staff,
        } | ({"fields": [question.to_json() for question in self.fields]} if self.type == "group" else {})


@dataclass(frozen=True)
class Step:
    """One page of the journey."""

    key: str
    title: str
    lead: str = ""
    show_if: Mapping[str, Any] | None = None
    fields: tuple[Field, ...] = ()

    @cached_property
    def visible(self) -> conditions.Test:
        """The compiled `show_if` of the step."""
        return conditions.compile_condition(self.show_if)

    def to_json(self) -> dict[str, Any]:
        """The step as stored."""
        return {
            "key": self.key,
            "title": self.title,
            "lead": self.lead,
            "show_if": self.show_if,
            "fields": [question.to_json() for question in self.fields],
        }


def read_field(arguments: Mapping[str, Any]) -> Field:
    """A question from what the reader found."""
    return Field(**{**arguments, "fields": tuple(read_field(inner) for inner in arguments["fields"])})


def public(questions: tuple[Field, ...]) -> tuple[Field, ...]:
    """The questions without those of the staff."""
    return tuple(replace(each, fields=public(each.fields)) for each in questions if not each.staff)
