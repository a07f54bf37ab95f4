"""From what is wanted to the rows of one page: one function, the same for the screen, an export and a batch.

SQLite knows only averages of its tables, so it is asked first how many rows each side condition has, and then told how
to go: driven by a small one, or along the index of the order with a look at each row. PostgreSQL keeps statistics and
plans by itself. Whatever is tried has a limit of time, and another way behind it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Subquery
from django.utils.translation import gettext_lazy as _

from forms.applications.querysets import ApplicationQuerySet, OneOf

from . import budget, paging, plans
from .plans import matching
from .sides import OfAnswer, OfRow, OfWords, Side, expected
from .wanting import Wanted

__all__ = ["TooBroad", "everything", "matching", "page"]

SMALL = 20_000
"""So many ids of a side condition are looked up faster than the list is walked to its end."""
DRIVEN = 60_000
"""So many rows that an index of the row itself finds are looked at within the last try."""
GLANCED = 2_000
"""So many are looked up at once; with more of them a page is mostly full after a short walk, so that is tried first."""
WALK = 20_000
"""So many keys are read at once where all are wanted."""
# Rows that PostgreSQL, by its own guess, finds and sorts faster than it walks a list; of some teams, whose rows lie far
# from each other, a walk is longer.
FEW, FEW_OF_TEAMS = 2_000, 10_000
COUNTING, GLANCE, FIRST_TRY, LAST_TRY = settings.QUEUE_PATIENCE_MS
"""Milliseconds to count the sides, for a short walk, for the plan, and for the other one after it."""
Try = tuple[Callable[[], ApplicationQuerySet], int, int]
"""A plan, made when its turn comes, its milliseconds, and those of the processor if it may have fewer (0: as many)."""


class TooBroad(Exception):
    """No plan gave the page in time; more conditions would, as `sentence` says to who asked."""

    sentence = _(
        "Под эти условия подходит слишком много обращений. Добавьте муниципалитет, срок или имя, "
        "и список станет точным."
    )


def page(wanted: Wanted) -> paging.Page:
    """The page. Raises TooBroad when no plan gives it within a second."""
    found = _in_time(_tries(wanted), lambda rows: plans.drawn(rows, wanted))
    return paging.page(found, wanted.place, wanted.sort.fields, wanted.size)


def count(wanted: Wanted, most: int) -> int | None:
    """How many rows the whole list has, `most` + 1 for more; None when no plan tells it in time."""
    whole = replace(wanted, place=paging.Place(), size=most)
    try:
        return len(_in_time(_tries(whole), lambda rows: rows.values_list("pk")))
    except TooBroad:
        return None


def everything(wanted: Wanted, *more: str) -> Iterator[list[tuple[Any, ...]]]:
    """All the rows in order, WALK at a time: their sort keys and id, and the columns `more`. Takes the time it takes.

    By keys and never by one long statement: on SQLite that would hold a snapshot, and the log of writes would grow.
    """
    names, sqlite = (*wanted.sort.fields, *more), connection.vendor == "sqlite"
    sizes = _sizes(wanted.sides) if sqlite and wanted.sides else []
    if sizes and min(sizes) <= SMALL:
        smallest = min(range(len(sizes)), key=sizes.__getitem__)
        yield list(plans.drive(replace(wanted, place=paging.Place(), size=SMALL), smallest).values_list(*names))
        return
    keys: tuple[Any, ...] = ()
    while True:
        here = replace(wanted, place=paging.Place(paging.FORWARD, keys), size=WALK - 1)
        rows = plans.walk(here) if sqlite else plans.walked(matching(here), here)
        page = list(rows.values_list(*names))
        if page:
            yield page
        if len(page) < WALK:
            return
        keys = page[-1][: len(wanted.sort.fields)]


def _postgresql(wanted: Wanted) -> list[Try]:
    rows = matching(wanted)
    other: list[Try] = [(partial(_from_fewest, wanted), LAST_TRY, 0)] * _has_other_way(wanted)
    if (only := _one_range(wanted)) is not None:
        # Of a range it guesses ten times too many: counted first, then either way is short.
        if min(_counted([only], FEW)) <= FEW:
            rows = matching(replace(wanted, sides=()))
            found = rows.filter(OneOf(F("pk"), Subquery(only.rows())))
            return [(lambda: plans.sorted_after(found, wanted), LAST_TRY, 0)]
        return [(lambda: plans.walked(rows, wanted), FIRST_TRY, 0), *other]
    order = plans.sorted_after if _few(wanted) else plans.walked
    return [(lambda: order(rows, wanted), FIRST_TRY, 0), *other]


def _few(wanted: Wanted) -> bool:
    """Whether to find first and sort after: PostgreSQL expects news in every folder and finds of every team alike."""
    if wanted.few or any(plain.column == "has_news" for plain in wanted.plain):
        return True
    searched = [side for side in wanted.sides if isinstance(side, OfRow | OfWords)]
    if not searched:
        return False
    is_alone = len(wanted.sides) + len(wanted.plain) == 1
    most = FEW if wanted.everywhere or not is_alone else FEW_OF_TEAMS
    if isinstance(searched[0], OfRow):
        # Counted and not guessed: one number in a hundred begins like an entry of its histogram, and PostgreSQL then
        # expects a hundredth of all rows where there are ninety.
        return min(_counted([searched[0]], most)) <= most
    return is_alone and expected(searched[0]) <= most


def _one_range(wanted: Wanted) -> OfAnswer | None:
    """A range of one answer where it is the only condition, but for its form."""
    of_row = [plain for plain in wanted.plain if plain.is_range or plain.column != "form_id"]
    if of_row or len(wanted.sides) != 1:
        return None
    (only,) = wanted.sides
    return only if isinstance(only, OfAnswer) and only.is_range else None


def _sqlite(wanted: Wanted) -> list[Try]:
    walk = partial(plans.walk, wanted)
    if not wanted.sides:
        return [(walk, FIRST_TRY, 0), *[(partial(_from_fewest, wanted), LAST_TRY, 0)] * _has_other_way(wanted)]
    sizes = _counted(wanted.sides)
    smallest = min(sizes)
    if smallest <= GLANCED:
        return [(partial(plans.drive, wanted, sizes.index(smallest)), FIRST_TRY, 0), (walk, LAST_TRY, 0)]
    other = partial(_from_fewest, wanted, sizes)
    return [(walk, FIRST_TRY, GLANCE if smallest <= SMALL else 0), (other, LAST_TRY, 0)]


def _from_fewest(wanted: Wanted, sizes: Sequence[int] = ()) -> ApplicationQuerySet:
    """Where a walk passes over nearly everything, from whatever has the fewest rows: the user's teams, a value that was
    asked for, or on SQLite a side (of these `sizes`). Counted when it comes to that."""
    ways = plans.own_ways(wanted)
    # Each by itself: a small team is known at once, however long the count of a great form takes.
    own = [_counted([way], DRIVEN, COUNTING // len(ways))[0] for way in ways]
    # Of a side it is known only that it has more than SMALL.
    known = [size for size in sizes if size <= SMALL]
    if own and min(own) <= min([DRIVEN, *known]):
        return plans.by_way(wanted, ways[own.index(min(own))])
    if not wanted.sides:
        return plans.sorted_after(matching(wanted), wanted)
    return plans.drive(wanted, sizes.index(min(sizes))) if sizes else plans.looking(wanted)


def _has_other_way(wanted: Wanted) -> bool:
    """Of all rows of a folder there is one way only."""
    return bool(wanted.sides or wanted.plain or not wanted.everywhere)


def _tries(wanted: Wanted) -> list[Try]:
    tries = _sqlite(wanted) if connection.vendor == "sqlite" else _postgresql(wanted)
    if (way := _short_range(wanted)) is not None:
        return [(partial(plans.by_way, wanted, way), FIRST_TRY, 0), (tries[0][0], LAST_TRY, 0)]
    return tries


def _short_range(wanted: Wanted) -> OfRow | None:
    """A range of days that few open rows are in: to walk the others of the folder for it is what takes the time."""
    ranges = [each for each in wanted.plain if each.is_range and each.column != wanted.sort.columns[0]]
    if wanted.sides or not wanted.is_open or not ranges:
        return None
    ways = plans.own_ways(replace(wanted, plain=tuple(ranges), teams=None))
    sizes = _counted(ways, GLANCED) if ways else []
    return ways[sizes.index(min(sizes))] if sizes and min(sizes) <= GLANCED else None


def _in_time(tries: Sequence[Try], read: Callable[[ApplicationQuerySet], Iterable[Any]]) -> list[Any]:
    for plan, limit, processor in tries:
        rows = plan()
        try:
            # Where there is no other way, the time of both is for this one.
            with budget.spending(limit if len(tries) > 1 else FIRST_TRY + LAST_TRY, processor):
                return list(read(rows))
        except budget.Spent:
            continue
    raise TooBroad


def _counted(sides: Sequence[Side], most: int = SMALL, milliseconds: int = 0) -> list[int]:
    """How many rows each condition has, more than `most` where that cannot be told in time."""
    try:
        with budget.spending(milliseconds or COUNTING):
            return _sizes(sides, most)
    except budget.Spent:
        return [most + 1] * len(sides)


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
