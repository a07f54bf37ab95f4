"""What staff type into the search box: a number, a phone in any spelling, an address or a name."""

import re

from django.db import connection
from django.db.models import Q

from forms.applications.applicant import folded
from forms.applications.numbers import parse

NOTHING = Q(pk__in=[])


def query(text: str) -> Q:
    """The condition for one search text; words inside answers come with the search index (issue of the queue)."""
    text = text.strip()[:100]
    digits = re.sub(r"[^0-9]", "", text)
    if digits and not re.search(r"[^\W\d_]", text.replace("№", "")):
        return _digits(text, digits)
    if "@" in text:
        return _prefix("email_key", text.lower())
    name = folded(text)
    if not name:
        return NOTHING
    # A first name or patronymic stands after a blank.
    return _prefix("name_key", name) | Q(name_key__contains=f" {name}")


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
        found |= _prefix("phone_rev", digits[::-1])
    return found


def _prefix(field: str, text: str) -> Q:
    """Begins with `text`, in the form that each engine can answer from an index (LIKE scans on SQLite)."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + chr(0x10FFFF)})
    return Q(**{f"{field}__startswith": text})
