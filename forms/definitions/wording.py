"""Earlier answers in later words: `{q12345678|запасной текст}` in labels, hints, titles, leads and explanations.

The result is plain text; templates escape it as any other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from . import fields as field_types
from .conditions import answered
from .document import Definition, Field, Step

PLACE = re.compile(r"\{([a-z][a-z0-9_-]{0,63})(?:\|([^{}|]*))?\}", re.ASCII)
MOST_SHOWN = 200


def render(text: str, definition: Definition, answers: Mapping[str, Any]) -> str:
    """The text with answers in place of their keys, the fallback or nothing where one is not answered.

    `answers` may be a row's view (`Journey.rows(…)[n].seen`). Braces around anything else stay as they are.
    """
    if "{" not in text:
        return text
    return PLACE.sub(lambda found: _shown(found.group(1), found.group(2) or "", definition, answers), text)


def _shown(key: str, fallback: str, definition: Definition, answers: Mapping[str, Any]) -> str:
    value = answers.get(key)
    try:
        field = definition.field(key)
    except KeyError:
        return fallback
    if not answered(value) or not field.holds_answer or field.staff:
        return fallback
    shown = " ".join(field_types.get(field.type).display(field_types.settle(field, answers), value).split())
    return shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 1].rstrip()}…"


def references(text: str) -> Iterator[str]:
    """The keys that a text asks for."""
    return (found.group(1) for found in PLACE.finditer(text))


def texts(part: Field | Step) -> dict[str, str]:
    """Every text of a question or a step that may hold answers, by its name in the document."""
    if isinstance(part, Step):
        return {"title": part.title, "lead": part.lead}
    options = part.options.get("text")
    return {"label": part.label, "hint": part.hint} | ({"options": options} if isinstance(options, str) else {})


def worded(field: Field, definition: Definition, answers: Mapping[str, Any]) -> Field:
    """The question with answers in its words; the same object where there are none."""
    label, hint = render(field.label, definition, answers), render(field.hint, definition, answers)
    text = field.options.get("text")
    told = render(text, definition, answers) if isinstance(text, str) else text
    if (label, hint, told) == (field.label, field.hint, text):
        return field
    options = field.options if told == text else {**field.options, "text": told}
    return replace(field, label=label, hint=hint, options=options)
