"""From what is wanted to the rows of one page: one function, the same for the screen, an export and a batch.

SQLite knows only averages of its tables, so it is asked first how many rows each side condition has, and then told how
to go: driven by a small one, or along the index of the order with a look at each row. PostgreSQL keeps statistics and
plans by itself. What is told is told by a unary plus, which hides a column from the choice of an index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from forms.applications.querysets import ApplicationQuerySet, OneOf

from . import budget, paging
from .sides import OfAnswer, OfRow, OfWords, Side, expected, hidden
from .wanting import Plain, Wanted

SMALL = 20_000
"""So many ids of a side condition are looked up faster than the list is walked."""
WALK = 20_000
"""So many keys are read at once where all are wanted."""
# Rows that PostgreSQL, by its own guess, finds and sorts faster than it walks a list; of some teams, whose rows lie far
# from each other, a walk is longer.
FEW, FEW_OF_TEAMS = 2_000, 10_000
FIRST_TRY, LAST_TRY = settings.QUEUE_PATIENCE_MS
"""Milliseconds for the plan, and for the other one after it."""
# Behind a single value of these the closed and the open lists have an index in their own order.
_INDEXED = {
    "closed_at": frozenset({"form_id", "territory_id", "topic_id", "assignee_id", "team_id"}),
    "due_on": frozenset({"team_id", "assignee_id", "state"}),
}


class TooBroad(Exception):
    """No plan gave the page in time; more conditions would, as `sentence` says to who asked."""

    sentence = _(
        "Под эти условия подходит слишком много обращений. Добавьте муниципалитет, срок или имя, "
        "и список станет точным."
    )


def page(wanted: Wanted) -> paging.Page:
    """The page. Raises TooBroad when no plan gives it within a second."""
    found = _sqlite(wanted) if connection.vendor == "sqlite" else _postgresql(wanted)
    return paging.page(found, wanted.place, wanted.sort.fields, wanted.size)


def matching(wanted: Wanted) -> ApplicationQuerySet:
    """All the rows in no order, for a count or a batch: the engine plans by itself."""
    rows = wanted.rows
    for plain in wanted.plain:
        rows = rows.filter(plain.on(plain.column))
    for side in wanted.sides:
        rows = rows.filter(side.ids())
    return rows


def everything(wanted: Wanted, *more: str) -> Iterator[list[tuple[Any, ...]]]:
    """All the rows in order, WALK at a time: their sort keys and id, and the columns `more`. Takes the time it takes.

    By keys and never by one long statement: on SQLite that would hold a snapshot, and the log of writes would grow.
    """
    names, sqlite = (*wanted.sort.fields, *more), connection.vendor == "sqlite"
    sizes = _sizes(wanted.sides) if sqlite and wanted.sides else []
    if sizes and min(sizes) <= SMALL:
        smallest = min(range(len(sizes)), key=sizes.__getitem__)
        yield list(_drive(replace(wanted, place=paging.Place(), size=SMALL), smallest).values_list(*names))
        return
    keys: tuple[Any, ...] = ()
    while True:
        here = replace(wanted, place=paging.Place(paging.FORWARD, keys), size=WALK - 1)
        rows = _walk(here) if sqlite else _cut(_ordered(matching(here), here.sort.fields, here), here.sort.fields, here)
        page = list(rows.values_list(*names))
        if page:
            yield page
        if len(page) < WALK:
            return
        keys = page[-1][: len(wanted.sort.fields)]


def _postgresql(wanted: Wanted) -> list[Any]:
    if (only := _one_range(wanted)) is not None:
        # Of a range it guesses ten times too many: counted first, then either way is short.
        if min(_sizes([only], FEW)) <= FEW:
            rows = matching(replace(wanted, sides=()))
            return list(_sorted_after(rows.filter(OneOf(F("pk"), Subquery(only.rows()))), wanted))
        return list(_cut(_ordered(matching(wanted), wanted.sort.fields, wanted), wanted.sort.fields, wanted))
    rows = matching(wanted)
    if _few(wanted):
        rows = _sorted_after(rows, wanted)
    else:
        rows = _cut(_ordered(rows, wanted.sort.fields, wanted), wanted.sort.fields, wanted)
    if len(wanted.sides) + len(wanted.plain) < 2 and not any(plain.is_range for plain in wanted.plain):
        return list(rows)
    return _in_time([rows, _looking(wanted)] if wanted.sides else [rows])


def _few(wanted: Wanted) -> bool:
    """Whether to find first and sort after: PostgreSQL expects news in every folder and finds of every team alike."""
    if wanted.few or any(plain.column == "has_news" for plain in wanted.plain):
        return True
    searched = [side for side in wanted.sides if isinstance(side, OfRow | OfWords)]
    if not searched or len(wanted.sides) + len(wanted.plain) > 1:
        return False
    return expected(searched[0]) <= (FEW if wanted.everywhere else FEW_OF_TEAMS)


def _one_range(wanted: Wanted) -> OfAnswer | None:
    """A range of one answer where it is the only condition, but for its form."""
    of_row = [plain for plain in wanted.plain if plain.is_range or plain.column != "form_id"]
    if of_row or len(wanted.sides) != 1:
        return None
    (only,) = wanted.sides
    return only if isinstance(only, OfAnswer) and only.is_range else None


def _sorted_after(rows: ApplicationQuerySet, wanted: Wanted) -> ApplicationQuerySet:
    """Put in order when all are found: no index of the order is walked."""
    opaque = {f"order_{column}": Coalesce(F(column), F(column)) for column in wanted.sort.columns}
    names = (*opaque, "id")
    return _cut(_ordered(rows.alias(**opaque), names, wanted), names, wanted)


def _looking(wanted: Wanted) -> ApplicationQuerySet:
    """The other plan: walk the order beside the ids of each side in memory; COALESCE keeps them from being joined."""
    rows = wanted.rows
    for plain in wanted.plain:
        rows = rows.filter(plain.on(plain.column))
    for number, side in enumerate(wanted.sides):
        name = f"side_{number}"
        rows = rows.alias(**{name: Coalesce(ExpressionWrapper(side.probe(), BooleanField()), Value(False))})
        rows = rows.filter(**{name: True})
    return _cut(_ordered(rows, wanted.sort.fields, wanted), wanted.sort.fields, wanted)


def _sqlite(wanted: Wanted) -> list[Any]:
    if not wanted.sides:
        return _in_time([_walk(wanted)])
    sizes = _sizes(wanted.sides)
    smallest = min(range(len(sizes)), key=sizes.__getitem__)
    plans = [_drive(wanted, smallest), _walk(wanted)]
    return _in_time(plans if sizes[smallest] <= SMALL else plans[::-1])


def _in_time(plans: Sequence[ApplicationQuerySet]) -> list[Any]:
    for rows, limit in zip(plans, (FIRST_TRY, LAST_TRY), strict=False):
        try:
            with budget.spending(limit if len(plans) > 1 else FIRST_TRY + LAST_TRY):
                return list(rows)
        except budget.Spent:
            continue
    raise TooBroad


def _sizes(sides: Sequence[Side], most: int = SMALL) -> list[int]:
    """How many rows each condition has, up to one more than `most`; one statement for all."""
    parts, values = [], []
    for side in sides:
        sql, its_values = side.statement()
        parts.append(f"(SELECT COUNT(*) FROM ({sql} LIMIT {most + 1}) AS c)")  # noqa: S608 - Django's own, or constants
        values += list(its_values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


def _walk(wanted: Wanted) -> ApplicationQuerySet:
    """Along the index of the order, looking at each row."""
    rows = wanted.rows
    fit = _INDEXED.get(wanted.sort.columns[0], frozenset())
    led = next((plain.column for plain in wanted.plain if plain.single and plain.column in fit), None)
    for plain in wanted.plain:
        # News are few and have a small index of their own, whatever the order.
        shown = plain.column in (led, wanted.sort.columns[0], "has_news")
        rows = _narrowed(rows, plain, hide=not shown)
    for side in wanted.sides:
        rows = rows.filter(side.probe())
    return _cut(_ordered(rows, wanted.sort.fields, wanted), wanted.sort.fields, wanted)


def _drive(wanted: Wanted, smallest: int) -> ApplicationQuerySet:
    """From the ids of the smallest side condition, sorted in memory; nothing else may offer an index."""
    rows = wanted.rows.filter(wanted.sides[smallest].ids())
    for plain in wanted.plain:
        rows = _narrowed(rows, plain, hide=True)
    for number, side in enumerate(wanted.sides):
        if number != smallest:
            rows = rows.filter(side.probe())
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


def _ordered(rows: ApplicationQuerySet, names: Sequence[str], wanted: Wanted) -> ApplicationQuerySet:
    sign = "-" if wanted.sort.descending != wanted.place.backwards else ""
    return rows.order_by(*(f"{sign}{name}" for name in names))


def _cut(rows: ApplicationQuerySet, names: Sequence[str], wanted: Wanted) -> ApplicationQuerySet:
    place = wanted.place
    if place.keys:
        rows = rows.filter(paging.beyond(names, place.keys, wanted.sort.descending != place.backwards))
    return rows[: wanted.size + 1]
