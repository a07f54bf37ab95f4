"""What staff type into the search box: a number, a phone in any spelling, an address, a name, or words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from forms.applications import indexing
from forms.applications.applicant import folded
from forms.applications.numbers import parse

from .sides import OfRow, OfWords, Side, hidden

NOTHING = Q(pk__in=[])
BY_NAME, BY_WORDS, BY_NUMBER = "name", "words", "number"
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """How a text is looked for: by a name in `ways` when somebody has it, else by the last of them."""

    text: str
    ways: tuple[tuple[str, Side], ...]


def ask(text: str) -> Asked:
    """The ways to look for a text."""
    text = text.replace("\x00", "").strip()[:100]
    digits = re.sub(r"[^0-9]", "", text)
    if digits and not re.search(r"[^\W\d_]", text.replace("№", "")):
        return Asked(text, ((BY_NUMBER, OfRow(_digits(text, digits))),))
    if "@" in text:
        return Asked(text, ((BY_NUMBER, OfRow(prefix("email_key", text.lower()))),))
    ways: list[tuple[str, Side]] = []
    name = folded(text)
    if name and not digits:
        ways.append((BY_NAME, OfRow(prefix("name_key", name), _looked("name_key", name))))
    stems = indexing.asked(text)[:MOST_WORDS]
    if stems:
        ways.append((BY_WORDS, OfWords(tuple(stems))))
    return Asked(text, tuple(ways) or ((BY_WORDS, OfRow(NOTHING)),))


def way(asked: Asked, only: str, somebody: Callable[[], bool]) -> tuple[str, Side]:
    """The way to take; `only` names one. A name that `somebody` has goes before words."""
    for name, side in asked.ways:
        last = (name, side) == asked.ways[-1]
        if name == only or (not only and (last or somebody())):
            return name, side
    return asked.ways[-1]


def name_in(asked: Asked) -> Side | None:
    """The name that is looked for before the words; None where there is one way only."""
    return asked.ways[0][1] if len(asked.ways) > 1 else None


def _digits(text: str, digits: str) -> Q:
    found = NOTHING
    number = parse(text)
    if number is not None:
        by_prefix = {"number_prefix": number.prefix} if number.prefix else {}
        found |= Q(pk=number.value, **by_prefix)
    if len(digits) >= 10:
        found |= Q(phone_digits=digits[-10:])
    elif len(digits) >= 4:
        # The last digits of a phone, as people dictate them.
        found |= prefix("phone_rev", digits[::-1])
    return found


def prefix(field: str, text: str) -> Q:
    """Begins with `text`, in the form that each engine can answer from an index (LIKE scans on SQLite)."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + chr(0x10FFFF)})
    return Q(**{f"{field}__startswith": text})


def _looked(field: str, text: str) -> Q:
    """The same for a list that is walked in its own order: not to be answered from the index of names."""
    if connection.vendor != "sqlite":
        return prefix(field, text)
    column = hidden(field)
    return Q(GreaterThanOrEqual(column, text)) & Q(LessThan(column, text + chr(0x10FFFF)))
