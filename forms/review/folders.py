"""The folders of the queue, flat above the list, with counters that are exact up to 1 000."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms.applications import states
from forms.applications.querysets import VIEW_ALL, ApplicationQuerySet

from .wanting import Sort

CAP = 1000
DUE = Sort("due", ("due_on",))
RECEIVED = Sort("received", ("received_at",))
NAME = Sort("name", ("name_key",))
URGENCY = Sort("urgency", ("urgency", "due_on"))
CLOSED = Sort("closed", ("closed_at",))
# Every order of these has an index in this folder; closed ones by their date of promise have none.
OPEN_SORTS = (DUE, RECEIVED, NAME, URGENCY)
CLOSED_SORTS = (CLOSED, RECEIVED, NAME)
# The order of closed ones that are limited to days of it.
LIMITED = (RECEIVED, DUE)
SEARCH_SORTS = (RECEIVED, NAME)


@dataclass(frozen=True, slots=True)
class Folder:
    """A named part of the queue: which applications, in which orders (the first is its own), what to say when empty.

    A `shy` one is shown only while there is something in it. `is_open`: whether all in it are open, or all are closed;
    None where both may be.
    """

    key: str
    label: str | Promise
    narrow: Callable[[ApplicationQuerySet, Any], ApplicationQuerySet]
    empty: str | Promise
    hot: bool = False
    shy: bool = False
    sorts: tuple[Sort, ...] = OPEN_SORTS
    is_open: bool | None = True

    def may_hold(self, named: Set[str], results: Set[str]) -> bool:
        """Whether something in it can have one of these states and one of these results; none named: any.

        An open application has no result and a closed one no state of work: the database itself holds that.
        """
        if self.is_open is None:
            return True
        if self.is_open and results:
            return False
        return not named or not named.isdisjoint(states.OPEN if self.is_open else states.CLOSED)

    def sort(self, asked: str, limited: Set[str] = frozenset()) -> Sort:
        """The order of an address, such as «-received»; the folder's own when it has none of that name.

        `limited`: columns with limits. Days of long ago lie far behind in the order of closing, so their own begins.
        """
        if not asked and self.sorts is CLOSED_SORTS:
            for each in LIMITED:
                if each.columns[0] in limited:
                    return each.turned()
        own = self.sorts[0].turned() if self.sorts[0] is CLOSED else self.sorts[0]
        return sort_of(self.sorts, asked) or own


def sort_of(sorts: tuple[Sort, ...], asked: str) -> Sort | None:
    """The order of this name among these."""
    found = next((sort for sort in sorts if sort.key == asked.removeprefix("-")), None)
    return found.turned() if found and asked.startswith("-") else found


FOLDERS: tuple[Folder, ...] = (
    Folder(
        key="today",
        label=_("Горит сегодня"),
        narrow=lambda rows, user: rows.burning(timezone.localdate()),
        empty=_("На сегодня всё: ни один срок не истекает."),
        hot=True,
    ),
    Folder(
        key="overdue",
        label=_("Просроченные"),
        narrow=lambda rows, user: rows.overdue(timezone.localdate()),
        empty=_("Просроченных нет."),
        hot=True,
    ),
    Folder("mine", _("Мои"), lambda rows, user: rows.held_by(user), _("У вас в работе ничего нет.")),
    Folder("unassigned", _("Не назначены"), lambda rows, user: rows.unassigned(), _("Все обращения кто-то ведёт.")),
    Folder(
        key="called",
        label=_("Меня упомянули"),
        narrow=lambda rows, user: rows.calling(user),
        empty=_("Никто вас не зовёт."),
        shy=True,
        # Few, open and closed alike: found by whom they call and put in order in memory.
        sorts=SEARCH_SORTS,
        is_open=None,
    ),
    Folder(
        key="news",
        label=_("Новые сообщения"),
        narrow=lambda rows, user: rows.with_news(),
        empty=_("Новых сообщений нет."),
        is_open=None,
    ),
    Folder("waiting", _("Ждём заявителя"), lambda rows, user: rows.waiting(), _("Никого не ждём.")),
    Folder("open", _("Все открытые"), lambda rows, user: rows.open(), _("Открытых обращений нет.")),
    Folder(
        key="closed",
        label=_("Закрытые"),
        narrow=lambda rows, user: rows.closed(),
        empty=_("Закрытых обращений пока нет."),
        sorts=CLOSED_SORTS,
        is_open=False,
    ),
)
BY_KEY = {folder.key: folder for folder in FOLDERS}
LANDING = ("today", "mine", "unassigned")


# Folders of open work that a look at each open row of the user's teams decides.
AT_ONCE = ("today", "overdue", "mine", "unassigned", "waiting", "open")


def counts(rows: ApplicationQuerySet, user: Any) -> dict[str, int]:
    """How many applications each folder holds, at most CAP + 1; one statement for all."""
    return counts_and(rows, user, None)[0]


def counts_and(rows: ApplicationQuerySet, user: Any, others: ApplicationQuerySet | None) -> tuple[dict[str, int], bool]:
    """The same, and whether there are any `others`, by the same statement.

    Of some teams the open rows are read once for all folders: to read them for each took three times as long. Of all
    teams each folder is counted along its own index, which ends at the cap.
    """
    everywhere = user.has_perm(VIEW_ALL)
    at_once = () if everywhere else AT_ONCE
    along = {"closed": "app_closed_at" if everywhere else "app_closed_team"}
    parts: list[str] = []
    values: list[Any] = []
    for folder in FOLDERS:
        if folder.key in at_once:
            parts.append(folder.key)
            continue
        part, part_values = _capped(folder.narrow(rows, user), along.get(folder.key, ""))
        parts.append(part)
        values += part_values
    any_others, its_values = _first(others)
    source, source_values = _seen_once(rows, user) if at_once else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*parts, any_others])}{source}", [*values, *its_values, *source_values])
        *found, has_others = cursor.fetchone()
    numbers = {folder.key: min(number, CAP + 1) for folder, number in zip(FOLDERS, found, strict=True)}
    return numbers, has_others is not None


def _seen_once(rows: ApplicationQuerySet, user: Any) -> tuple[str, list[Any]]:
    """« FROM …» that gives a column for each folder of AT_ONCE."""
    try:
        where, where_values = _where(rows.open())
    except EmptyResultSet:
        return f" FROM (SELECT {', '.join(f'0 AS {key}' for key in AT_ONCE)}) AS seen", []
    columns: list[str] = []
    values: list[Any] = []
    for key in AT_ONCE:
        condition, its_values = _where(BY_KEY[key].narrow(rows.model._default_manager.all(), user))
        columns.append(f"COUNT(*) FILTER (WHERE {condition}) AS {key}")
        values += its_values
    table = rows.model._meta.db_table
    # S608: conditions and names are Django's own and ours, values travel apart.
    return f" FROM (SELECT {', '.join(columns)} FROM {table} WHERE {where}) AS seen", [*values, *where_values]  # noqa: S608


def _where(rows: ApplicationQuerySet) -> tuple[str, Sequence[Any]]:
    compiler = rows.query.get_compiler(connection=connection)
    sql, values = compiler.compile(rows.query.where)
    return sql, values


def _first(rows: ApplicationQuerySet | None) -> tuple[str, Sequence[Any]]:
    """A row of these, or NULL."""
    if rows is None:
        return "NULL", ()
    try:
        sql, values = rows.order_by().values("pk")[:1].query.sql_with_params()
    except EmptyResultSet:
        return "NULL", ()
    return f"({sql})", values


def landing(found: dict[str, int]) -> Folder:
    """Where staff begin: what burns, else their own, else what nobody leads."""
    return BY_KEY[next((key for key in LANDING if found[key]), LANDING[0])]


def shown(number: int) -> str:
    """A counter as staff read it: «1000+» beyond the cap."""
    return str(number) if number <= CAP else f"{CAP}+"


def _capped(rows: ApplicationQuerySet, along: str = "") -> tuple[str, Sequence[Any]]:
    """A number, at most CAP + 1. `along`: the index that SQLite is to take; for closed ones of some teams it would read
    the whole table from its beginning, since most rows are closed."""
    try:
        where, values = _where(rows)
    except EmptyResultSet:
        return "0", ()
    table = rows.model._meta.db_table
    by = f" INDEXED BY {along}" if along and connection.vendor == "sqlite" else ""
    # S608: the condition is Django's own, its values travel apart.
    found = f"SELECT 1 FROM {table}{by} WHERE {where} LIMIT {CAP + 1}"  # noqa: S608
    return f"(SELECT COUNT(*) FROM ({found}) AS counted)", values  # noqa: S608
