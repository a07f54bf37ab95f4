"""The definition document: a form as frozen data, read from JSON and written back to the same canonical JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from . import conditions
from .fields import exists
from .parsing import DefinitionError, Reader

FORMAT = 1
CONSENT_KEY = "consent"


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

    @cached_property
    def visible(self) -> conditions.Test:
        """The compiled `show_if` of the question itself (its step has another)."""
        return conditions.compile_condition(self.show_if)

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
        }


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

    @classmethod
    def from_json(cls, data: Any) -> "Definition":
        """Read a document; raises DefinitionError with every problem found. Never trusts the shape of `data`."""
        reader = Reader(exists)
        document = reader.definition(data)
        if reader.problems:
            raise DefinitionError(reader.problems)
        steps = tuple(
            Step(**step | {"fields": tuple(Field(**question) for question in step["fields"])})
            for step in document.pop("steps")
        )
        return cls(**document | {"consent": Consent(**document["consent"]), "steps": steps})

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
        }

    def digest(self) -> str:
        """SHA-256 of the canonical JSON; equal digests mean equal definitions."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every question in document order."""
        return tuple(question for step in self.steps for question in step.fields)

    @cached_property
    def _fields_by_key(self) -> dict[str, Field]:
        return {question.key: question for question in self.fields}

    @cached_property
    def step_numbers(self) -> dict[str, int]:
        """Place of each step in the document by its key, from 0."""
        return {step.key: number for number, step in enumerate(self.steps)}

    def field(self, key: str) -> Field:
        """The question of that key; KeyError when there is none."""
        return self._fields_by_key[key]

    def step(self, key: str) -> Step:
        """The step of that key; KeyError when there is none."""
        return self.steps[self.step_numbers[key]]

    def step_of(self, field_key: str) -> Step:
        """The step that asks the question; KeyError when there is none."""
        for step in self.steps:
            if any(question.key == field_key for question in step.fields):
                return step
        raise KeyError(field_key)

    def first_of(self, type_name: str) -> Field | None:
        """The first question of a type, such as the applicant's phone."""
        return next((question for question in self.fields if question.type == type_name), None)

    @cached_property
    def consent_field(self) -> Field:
        """The consent as a question of the check page; its answer is `{"version": n}`."""
        return Field(
            key=CONSENT_KEY, type="consent", label=self.consent.summary, options={"version": self.consent.version}
        )

    def with_consent(self, consent: Consent) -> "Definition":
        """The same form with another consent."""
        return replace(self, consent=consent)
