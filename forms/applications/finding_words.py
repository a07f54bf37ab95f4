"""Conditions on the words of applications; each engine in the form that it answers fast."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from .models import SearchDoc

FTS = "form_applications_searchfts"
DOC = "form_applications_searchdoc"


def having(stems: Sequence[str]) -> Q:
    """Applications that hold every one of these stems (`indexing.asked`), driven by the full-text index."""
    sql, values = matching(stems)
    return Q(pk__in=RawSQL(sql, values))  # noqa: S611


def matching(stems: Sequence[str]) -> tuple[str, list[str]]:
    """A statement that gives their ids. Stems are letters and digits only, so quoting cannot be broken out of."""
    assert stems
    assert all(stem.isalnum() for stem in stems)
    if connection.vendor == "sqlite":
        return f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s", [" AND ".join(f'"{stem}"' for stem in stems)]  # noqa: S608
    return f"SELECT application_id FROM {DOC} WHERE vector @@ %s::tsquery", [" & ".join(f"'{stem}'" for stem in stems)]  # noqa: S608


def probing(stems: Sequence[str]) -> Q:
    """The same asked row by row of a list that is walked in its order: looking into FTS5 for each row is dear."""
    places = {f"at{number}": StrIndex("stems", Value(f" {stem} ")) for number, stem in enumerate(stems)}
    rows = SearchDoc.objects.filter(pk=OuterRef("pk")).alias(**places)
    return Q(Exists(rows.filter(**{f"{name}__gt": 0 for name in places})))
