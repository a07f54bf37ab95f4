"""What the queue shows, sorts and searches about an applicant, taken out of the answers."""

from collections.abc import Mapping
from typing import Any

from forms.definitions import fields
from forms.definitions.document import Definition, Field


def columns(definition: Definition, answers: Mapping[str, Any]) -> dict[str, str]:
    """Values of the application's own columns; blank where the form does not ask."""
    name = _full_name(_first(definition, answers, "full_name")[1])
    phone = str(_first(definition, answers, "phone")[1] or "")[:20]
    email = str(_first(definition, answers, "email")[1] or "")[:254]
    digits = "".join(sign for sign in phone if sign.isdecimal())[-10:]
    return {
        "name": name,
        "name_key": folded(name),
        "phone": phone,
        "phone_digits": digits,
        "phone_rev": digits[::-1],
        "email": email,
        "email_key": email.lower(),
        "summary": _summary(definition, answers),
    }


def territory_code(definition: Definition, answers: Mapping[str, Any]) -> str:
    """The municipality the applicant named; blank when there is none."""
    return str(_first(definition, answers, "territory")[1] or "")


def folded(text: str) -> str:
    """For comparing names: lower case, ё as е, single blanks."""
    return " ".join(text.lower().replace("ё", "е").split())


def _full_name(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    return " ".join(str(value.get(part) or "") for part in ("last", "first", "middle")).strip()[:200]


def _summary(definition: Definition, answers: Mapping[str, Any]) -> str:
    """In the applicant's own words where there are any, else the first thing they chose."""
    for kind in ("long_text", "multiple_choice", "choice"):
        field, value = _first(definition, answers, kind)
        if field is not None:
            text = " ".join(fields.get(kind).display(field, value).split())
            return text if len(text) <= 160 else f"{text[:159].rstrip()}…"
    return ""


def _first(definition: Definition, answers: Mapping[str, Any], kind: str) -> tuple[Field | None, Any]:
    for step in definition.steps:
        for field in step.fields:
            if field.type == kind and answers.get(field.key):
                return field, answers[field.key]
    return None, None
