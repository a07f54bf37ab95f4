"""The ways in which the rows of a page can be read; the planner chooses among them.

Each gives ids alone: what the rows show is read for the ids of one page (`drawn`), and not for all that a way looks at.
What SQLite is told is told by a unary plus, which hides a column from the choice of an index.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce

from forms.applications.querysets import ApplicationQuerySet

from . import paging
from .sides import OfRow, hidden
from .wanting import Plain, Wanted

# Behind a single value of these the closed and the open lists have an index in their own order.
_INDEXED = {
    "closed_at": frozenset({"form_id", "territory_id", "topic_id", "assignee_id", "team_id"}),
    "due_on": frozenset({"team_id", "assignee_id", "state", "form_id"}),
}
# Behind a value of these, or a range, there is an index of open ones, of closed ones; of both where each has one.
_LEADING = {
    True: frozenset({"form_id", "team_id", "assignee_id", "state", "due_on", "received_at"}),
    False: frozenset({"form_id", "team_id", "assignee_id", "territory_id", "topic_id", "due_on"}),
    None: frozenset({"form_id", "team_id", "assignee_id"}),
}


def drawn(found: ApplicationQuerySet, wanted: Wanted) -> ApplicationQuerySet:
    """The rows of one page with all that is shown of them, in order."""
    rows = found.model._default_manager.only(*wanted.sort.fields) if wanted.drawn is None else wanted.drawn
    return _ordered(rows.filter(pk__in=found.values("pk")), wanted.sort.fields, wanted)


def matching(wanted: Wanted) -> ApplicationQuerySet:
    """All the rows in no order: the engine plans by itself."""
    rows = wanted.rows
    for plain in wanted.plain:
        rows = rows.filter(plain.on(plain.column))
    for side in wanted.sides:
        rows = rows.filter(side.ids())
    return rows


def walked(rows: ApplicationQuerySet, wanted: Wanted) -> ApplicationQuerySet:
    """In the order as it is asked for, so that an index may give it."""
    return _cut(_ordered(rows, wanted.sort.fields, wanted), wanted.sort.fields, wanted)


def sorted_after(rows: ApplicationQuerySet, wanted: Wanted) -> ApplicationQuerySet:
    """Put in order when all are found: no index of the order is walked."""
    opaque = {f"order_{column}": Coalesce(F(column), F(column)) for column in wanted.sort.columns}
    names = (*opaque, "id")
    return _cut(_ordered(rows.alias(**opaque), names, wanted), names, wanted)


def looking(wanted: Wanted) -> ApplicationQuerySet:
    """PostgreSQL: walk the order beside the ids of each side in memory."""
    return walked(_beside(wanted.rows, wanted), wanted)


def _beside(rows: ApplicationQuerySet, wanted: Wanted) -> ApplicationQuerySet:
    """COALESCE keeps the sides from being joined."""
    for plain in wanted.plain:
        rows = rows.filter(plain.on(plain.column))
    for number, side in enumerate(wanted.sides):
        name = f"side_{number}"
        rows = rows.alias(**{name: Coalesce(ExpressionWrapper(side.probe(), BooleanField()), Value(False))})
        rows = rows.filter(**{name: True})
    return rows


def walk(wanted: Wanted) -> ApplicationQuerySet:
    """SQLite: along the index of the order, looking at each row."""
    rows = wanted.rows
    fit = _INDEXED.get(wanted.sort.columns[0], frozenset())
    led = next((plain.column for plain in wanted.plain if plain.single and plain.column in fit), None)
    for plain in wanted.plain:
        # News are few and have a small index of their own, whatever the order.
        shown = plain.column in (led, wanted.sort.columns[0], "has_news")
        rows = _narrowed(rows, plain, hide=not shown)
    for side in wanted.sides:
        rows = rows.filter(side.probe())
    return walked(rows, wanted)


def drive(wanted: Wanted, smallest: int) -> ApplicationQuerySet:
    """SQLite: from the ids of the smallest side condition, sorted in memory; nothing else may offer an index."""
    rows = wanted.rows.filter(wanted.sides[smallest].ids())
    for plain in wanted.plain:
        rows = _narrowed(rows, plain, hide=True)
    for number, side in enumerate(wanted.sides):
        if number != smallest:
            rows = rows.filter(side.probe())
    return _in_memory(rows, wanted)


def own_ways(wanted: Wanted) -> list[OfRow]:
    """What of the row itself may find few rows by an index: the teams of somebody who has few, and each value asked."""
    ways = []
    if wanted.teams is not None:
        # Read first: of a list in a statement of its own SQLite expects 25 and reads the whole table instead.
        ways.append(Q(team_id__in=[pk for (pk,) in wanted.teams.values_list("pk")]))
    fit = _LEADING[wanted.is_open]
    ways += [each.on(each.column) for each in wanted.plain if each.column in fit and None not in each.values]
    return [OfRow(_of_both(way) if wanted.is_open is None else Q(is_open=wanted.is_open) & way) for way in ways]


def _of_both(way: Q) -> Q:
    """The indexes are of open ones or of closed ones."""
    return (Q(is_open=True) & way) | (Q(is_open=False) & way)


def by_way(wanted: Wanted, way: OfRow) -> ApplicationQuerySet:
    """All the rows that one index of the row itself finds, sorted in memory."""
    rows = wanted.rows.filter(way.ids())
    if connection.vendor == "postgresql":
        return sorted_after(_beside(rows, wanted), wanted)
    for plain in wanted.plain:
        rows = _narrowed(rows, plain, hide=True)
    for side in wanted.sides:
        rows = rows.filter(side.probe())
    return _in_memory(rows, wanted)


def _in_memory(rows: ApplicationQuerySet, wanted: Wanted) -> ApplicationQuerySet:
    names = []
    for column in wanted.sort.columns:
        rows = rows.alias(**{f"order_{column}": hidden(column)})
        names.append(f"order_{column}")
    names.append("id")
    return _cut(_ordered(rows, names, wanted), names, wanted)


def _narrowed(rows: ApplicationQuerySet, plain: Plain, *, hide: bool) -> ApplicationQuerySet:
    if not hide:
        return rows.filter(plain.on(plain.column))
    name = f"plain_{plain.column}"
    return rows.alias(**{name: hidden(plain.column)}).filter(plain.on(name))


def _ordered(rows: ApplicationQuerySet, names: Sequence[Any], wanted: Wanted) -> ApplicationQuerySet:
    sign = "-" if wanted.sort.descending != wanted.place.backwards else ""
    return rows.order_by(*(f"{sign}{name}" for name in names))


def _cut(rows: ApplicationQuerySet, names: Sequence[str], wanted: Wanted) -> ApplicationQuerySet:
    place = wanted.place
    if place.keys:
        rows = rows.filter(paging.beyond(names, place.keys, wanted.sort.descending != place.backwards))
    return rows[: wanted.size + 1]
