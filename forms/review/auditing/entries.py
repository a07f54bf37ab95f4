"""The two journals as one list, newest first, by keys: any page of a million entries costs the same.

Each kind of action is asked for by itself and the answers are merged: an index gives the newest of one kind at once,
and of several kinds together it would have to sort them all.
"""

import heapq
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, Q

from forms.applications.models import Application, JournalEntry, OfficeEntry
from forms.applications.querysets import VIEW_ALL

from . import words

PAGE = 50
Place = tuple[datetime, int, int]
"""Moment, kind of journal (0: of the office, 1: of an application), id: what comes before it is older."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an auditor asks for; blank parts ask for nothing."""

    actor: int | None = None
    actions: tuple[str, ...] = ()
    application: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown."""

    at: datetime
    kind: int
    pk: int
    who: str
    words: str
    details: str
    application: Any = field(default=None)


def page(user: Any, wanted: Wanted) -> tuple[list[Line], Place | None]:
    """The lines of a page, and where the next one begins (None at the end)."""
    parts = [_read(rows, kind) for kind, rows in _parts(user, wanted)]
    merged = heapq.merge(*parts, key=lambda row: (row.at, row.kind, row.pk), reverse=True)
    found = list(islice(merged, PAGE + 1))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], (last.at, last.kind, last.pk) if last else None


def _parts(user: Any, wanted: Wanted) -> list[tuple[int, Any]]:
    """The statements to ask: (kind of journal, its rows), each cut to one page."""
    entries, offices = JournalEntry.objects.all(), OfficeEntry.objects.all()
    if not user.has_perm(VIEW_ALL):
        entries = entries.filter(application__in=Application.objects.visible_to(user))
        offices = offices.filter(actor=user)
    if wanted.application is not None:
        entries = entries.filter(application=wanted.application)
        offices = offices.none()
    found = []
    for kind, all_rows, known in ((1, entries, words.OF_APPLICATIONS), (0, offices, words.OF_OFFICE)):
        rows = _bounded(all_rows, wanted, kind)
        chosen = [name for name in wanted.actions if name in known]
        if not wanted.actions:
            found.append((kind, rows))
        found += [(kind, _of_action(rows, name, wanted)) for name in chosen]
    return [(kind, rows.order_by("-at", "-pk")[: PAGE + 1]) for kind, rows in found]


def _of_action(rows: Any, name: str, wanted: Wanted) -> Any:
    if connection.vendor == "sqlite" and (wanted.actor is not None or wanted.application is not None):
        # A person's or an application's own entries are few; SQLite would walk all of the action for them.
        hidden = Func(F("action"), template="+%(expressions)s", output_field=CharField())
        return rows.alias(what=hidden).filter(what=name)
    return rows.filter(action=name)


def _bounded(rows: Any, wanted: Wanted, kind: int) -> Any:
    if wanted.actor is not None:
        rows = rows.filter(actor=wanted.actor)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.before:
        rows = rows.filter(at__lt=wanted.before)
    if wanted.place is None:
        return rows
    at, of, pk = wanted.place
    # Among entries of one moment those of applications stand before those of the office.
    same = Q(pk__lt=pk) if kind == of else Q() if kind < of else Q(pk__lt=0)
    return rows.filter(Q(at__lt=at) | Q(at=at) & same, at__lte=at)


def _read(rows: Any, kind: int) -> list[Line]:
    if kind == 0:
        return [
            Line(row.at, kind, row.pk, _who(row), words.action(row.action), words.facts(row.facts))
            for row in rows.select_related("actor")
        ]
    known = rows.select_related("actor", "application").only(
        *("at", "action", "from_state", "to_state", "application__number_prefix"),
        *("actor__first_name", "actor__last_name", "actor__username"),
    )
    return [
        Line(
            *(row.at, kind, row.pk, _who(row), words.action(row.action)),
            words.states(row.from_state, row.to_state),
            row.application,
        )
        for row in known
    ]


def _who(row: Any) -> str:
    return row.actor.short_name if row.actor else ""
