"""One rule of a form as data: what follows when a condition holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import conditions

MAX_URGENCY = 3
PARTS = {
    "stop": ("message", "link", "link_text", "hard", "step"),
    "check": ("message", "fields"),
    "route": ("team",),
    "topic": ("label",),
    "urgency": ("level",),
    "text": ("text",),
}
"""What a rule of each kind says, by name."""
PUBLIC = frozenset({"stop", "check"})
"""Kinds that the applicant meets; the others are the office's own matter."""


@dataclass(frozen=True)
class Rule:
    """`when` is the condition; which of the rest has a meaning depends on `kind`, see PARTS.

    A stop with a `step` is decided after that step, else after the last step that its condition asks about; a check is
    wrong when its condition holds and is shown at `fields`.
    """

    key: str
    kind: str
    when: Mapping[str, Any]
    message: str = ""
    link: str = ""
    link_text: str = ""
    hard: bool = False
    step: str = ""
    fields: tuple[str, ...] = ()
    team: str = ""
    label: str = ""
    level: int = 0
    text: str = ""

    @cached_property
    def holds(self) -> conditions.Test:
        """The compiled condition."""
        return conditions.compile_condition(self.when)

    def to_json(self) -> dict[str, Any]:
        """The rule as stored."""
        parts = {name: getattr(self, name) for name in PARTS[self.kind]}
        if "fields" in parts:
            parts["fields"] = list(self.fields)
        return {"key": self.key, "kind": self.kind, "if": self.when} | parts
