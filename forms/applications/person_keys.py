"""Who an application is about, as digests by which others of the same person are found: SNILS, name with birth date.

Spelling does not matter: case, ё and е, blanks, hyphens; the patronymic is left out, for people leave it out. The
digests are keyed with SECRET_KEY; after it has changed, draw them anew (`index_applications --all`).
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from forms.definitions.document import Definition

from .applicant import folded
from .models import Application, PersonKey

SNILS, BIRTH = "snils", "birth"
WHOLE_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def of(definition: Definition, answers: Mapping[str, Any]) -> dict[int, str]:
    """The kind of each key by its digest; every SNILS outside of rows, and each birth date with the name before it."""
    return {_digest(kind, text): kind for kind, text in _found(definition, answers)}


def write(application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
    """Keep them; the caller holds the transaction."""
    PersonKey.objects.bulk_create(
        [PersonKey(digest=digest, application_id=application.pk) for digest in of(definition, answers)],
        ignore_conflicts=True,
    )


def forget(application: Application) -> None:
    """Nothing of the person stays."""
    PersonKey.objects.filter(application=application).delete()


def _found(definition: Definition, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    name = ""
    for question in definition.fields:
        value = None if question.staff else answers.get(question.key)
        if question.type == "full_name" and isinstance(value, Mapping):
            name = _name(value)
        elif question.type == "snils" and isinstance(value, str) and value:
            yield SNILS, re.sub(r"[^0-9]", "", value)
        elif question.type == "birth_date" and isinstance(value, str) and name and WHOLE_DATE.fullmatch(value):
            yield BIRTH, f"{name}|{value}"


def _name(value: Mapping[str, Any]) -> str:
    words = (folded(str(value.get(part) or "")) for part in ("last", "first"))
    return "|".join(re.sub(r"\s*[-\u2010-\u2015]\s*", "-", word) for word in words).strip("|")


def _digest(kind: str, text: str) -> int:
    made = hmac.new(settings.SECRET_KEY.encode(), f"portal.person.{kind}:{text}".encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big", signed=True)
