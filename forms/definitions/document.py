"""The definition document: a form as frozen data, read from JSON and written back to the same canonical JSON."""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from . import fields as field_types
from .parsing import FORMAT, DefinitionError, Reader
from .question import Field, Step, public, read_field
from .rule import PUBLIC, Rule

__all__ = ["CONSENT_KEY", "FORMAT", "Consent", "Definition", "DefinitionError", "Field", "Step"]

CONSENT_KEY = "consent"


@dataclass(frozen=True)
class Consent:
    """The personal-data consent of a form; `version` grows with its words (152-FZ: store which text was agreed)."""

    version: int = 1
    text: str = ""
    summary: str = ""
    dated: str = ""

    def to_json(self) -> dict[str, Any]:
        """The consent as stored; `dated` is an ISO date or blank."""
        return {"version": self.version, "text": self.text, "summary": self.summary, "dated": self.dated}


@dataclass(frozen=True)
class Definition:
    """A whole form. Build with `from_json`; compare with `digest`."""

    title: str
    purpose: str = ""
    minutes: int = 5
    at_hand: tuple[str, ...] = ()
    team: str | None = None
    consent: Consent = Consent()
    receipt: str = ""
    steps: tuple[Step, ...] = ()
    rules: tuple[Rule, ...] = ()

    @classmethod
    def from_json(cls, data: Any) -> "Definition":
        """Read a document; raises DefinitionError with every problem found. Never trusts the shape of `data`."""
        reader = Reader(field_types.exists)
        document = reader.definition(data)
        if reader.problems:
            raise DefinitionError(reader.problems)
        steps = tuple(
            Step(**step | {"fields": tuple(read_field(question) for question in step["fields"])})
            for step in document.pop("steps")
        )
        rules = tuple(Rule(**rule) for rule in document.pop("rules"))
        return cls(**document | {"consent": Consent(**document["consent"]), "steps": steps, "rules": rules})

    def to_json(self) -> dict[str, Any]:
        """The document as stored in a version."""
        return {
            "format": FORMAT,
            "title": self.title,
            "purpose": self.purpose,
            "minutes": self.minutes,
            "at_hand": list(self.at_hand),
            "team": self.team,
            "consent": self.consent.to_json(),
            "texts": {"receipt": self.receipt},
            "steps": [step.to_json() for step in self.steps],
            "rules": [rule.to_json() for rule in self.rules],
        }

    def public_json(self) -> dict[str, Any]:
        """What anybody may see of it: without the questions of the staff, the team and the rules of routing."""
        steps = tuple(replace(step, fields=public(step.fields)) for step in self.steps)
        rules = tuple(rule for rule in self.rules if rule.kind in PUBLIC)
        return replace(self, steps=steps, rules=rules, team=None).to_json()

    def digest(self) -> str:
        """SHA-256 of the canonical JSON; equal digests mean equal definitions."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every question in document order; those inside of a group are in its `fields`."""
        return tuple(question for step in self.steps for question in step.fields)

    @cached_property
    def all_fields(self) -> tuple[Field, ...]:
        """Every question in document order, those of a group after it."""
        return tuple(each for question in self.fields for each in (question, *question.fields))

    @property
    def staff_fields(self) -> tuple[Field, ...]:
        """The questions that reviewers answer later."""
        return tuple(question for question in self.fields if question.staff)

    @cached_property
    def _fields_by_key(self) -> dict[str, Field]:
        return {question.key: question for question in self.all_fields}

    @cached_property
    def _groups(self) -> dict[str, Field]:
        return {inner.key: question for question in self.fields for inner in question.fields}

    def group_of(self, key: str) -> Field | None:
        """The group that a question is inside of; None for the others."""
        return self._groups.get(key)

    @cached_property
    def step_numbers(self) -> dict[str, int]:
        """Place of each step in the document by its key, from 0."""
        return {step.key: number for number, step in enumerate(self.steps)}

    @cached_property
    def step_numbers_of_fields(self) -> dict[str, int]:
        """Place of the step of each question by the question's key, from 0; those inside of a group too."""
        return {
            each.key: number
            for number, step in enumerate(self.steps)
            for question in step.fields
            for each in (question, *question.fields)
        }

    def field(self, key: str) -> Field:
        """The question of that key, in a group too; KeyError when there is none."""
        return self._fields_by_key[key]

    def step(self, key: str) -> Step:
        """The step of that key; KeyError when there is none."""
        return self.steps[self.step_numbers[key]]

    def step_of(self, field_key: str) -> Step:
        """The step that asks the question; KeyError when there is none."""
        group = self.group_of(field_key)
        field_key = group.key if group else field_key
        for step in self.steps:
            if any(question.key == field_key for question in step.fields):
                return step
        raise KeyError(field_key)

    def first_of(self, type_name: str) -> Field | None:
        """The first question of a type, such as the applicant's phone."""
        return next((question for question in self.fields if question.type == type_name and not question.staff), None)

    @cached_property
    def consent_field(self) -> Field:
        """The consent as a question of the check page; its answer is `{"version": n}`."""
        return Field(
            key=CONSENT_KEY, type="consent", label=self.consent.summary, options={"version": self.consent.version}
        )

    def with_consent(self, consent: Consent) -> "Definition":
        """The same form with another consent."""
        return replace(self, consent=consent)
