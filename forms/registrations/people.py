"""Whom an application registers: the people of its rows, or the applicant."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from forms.applications.applicant import folded
from forms.applications.models import Application
from forms.definitions import dates
from forms.definitions.document import Definition, Field
from services import meetings
from services.meetings import Key

PARTS = ("last", "first", "middle")
RULES = 2
"""Another number whenever `_told_apart` says something else of the same person: kept digests are made anew then."""
# People write a double name with and without blanks, and with whatever dash their telephone has.
_HYPHEN = re.compile(r"\s*[-\u2010-\u2015]\s*")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be registered; `row` counts from 1 in one application."""

    row: int
    name: str
    born_on: date | None
    key: int

    @property
    def short_name(self) -> str:
        """«Мария», or «Ребёнок 2» where no name was asked."""
        words = self.name.split()
        return words[1] if len(words) > 1 else self.name


def chosen(definition: Definition, answers: Mapping[str, Any]) -> Key | None:
    """The meeting that was chosen; None where the form asks for none or it was left blank."""
    for question in definition.fields:
        if question.type == "meeting" and (key := meetings.read(answers.get(question.key))):
            return key
    return None


def of(application: Application, definition: Definition, answers: Mapping[str, Any]) -> list[Person]:
    """The people of the first repeating group whose rows have names; without such rows the applicant."""
    for question in definition.fields:
        rows = answers.get(question.key) if question.type == "group" else None
        if rows and any(inner.type == "full_name" for inner in question.fields):
            return [_person(application, number, question.fields, row) for number, row in enumerate(rows, start=1)]
    return [_person(application, 1, definition.fields, answers)]


def spelling() -> str:
    """By which key and which rules the digests of now are made."""
    return _digest(f"rules:{RULES}").hex()[:16]


def asked_of(definition: Definition) -> Field | None:
    """The repeating group whose rows are the people to register; None where it is the applicant."""
    groups = (question for question in definition.fields if question.type == "group" and not question.staff)
    return next((each for each in groups if any(inner.type == "full_name" for inner in each.fields)), None)


def asks_birth(definition: Definition) -> bool:
    """Whether the form asks when whoever is registered was born."""
    rows = asked_of(definition)
    return any(question.type == "birth_date" for question in (rows.fields if rows else definition.fields))


def _person(application: Application, row: int, questions: Iterable[Field], answers: Mapping[str, Any]) -> Person:
    asked = list(questions)
    name = next(_names(asked, answers), "")
    born = next(_births(asked, answers), None)
    text = _told_apart(asked, answers, born, application) or f"{application.pk}|{row}"
    return Person(row, name[:200], born, int.from_bytes(_digest(text), "big", signed=True))


def _digest(text: str) -> bytes:
    words = f"portal.registration.person:{text}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()[:8]


def _told_apart(asked: Sequence[Field], answers: Mapping[str, Any], born: date | None, application: Application) -> str:
    """What is the same for one person however it is spelled; blank without a name: then everybody is another.

    The number of the insurance, where it is asked, says it alone. With a date of birth the patronymic, which may be
    left out, is not needed; without one the telephone or the mail tells namesakes apart.
    """
    snils = next((value for each in asked if each.type == "snils" and (value := answers.get(each.key))), "")
    if snils:
        return f"snils|{''.join(char for char in str(snils) if char.isdecimal())}"
    name = next(_names(asked, answers, ("last", "first") if born else PARTS), "")
    beside = born.isoformat() if born else application.phone_digits or application.email_key
    spelled = _HYPHEN.sub("-", folded(name))
    return f"{spelled}|{beside}" if spelled and beside else ""


def _names(questions: Iterable[Field], answers: Mapping[str, Any], parts: tuple[str, ...] = PARTS) -> Iterator[str]:
    for question in questions:
        value = answers.get(question.key)
        if question.type == "full_name" and isinstance(value, Mapping):
            yield " ".join(str(value[part]) for part in parts if value.get(part))


def _births(questions: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[date]:
    for question in questions:
        value = answers.get(question.key)
        if question.type == "birth_date" and isinstance(value, str) and len(value) == len("2018-03-07"):
            born = dates.read(value)
            if born:
                yield born
