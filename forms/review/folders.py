"""The folders of the queue, flat above the list, with counters that are exact up to 1 000."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms.applications.querysets import ApplicationQuerySet

CAP = 1000
BY_DUE = ("due_on", "id")
BY_CLOSED = ("-closed_at", "-id")
BY_RECEIVED = ("-received_at", "-id")


@dataclass(frozen=True, slots=True)
class Folder:
    """A named part of the queue: which applications, in which order, and what to say when it is empty."""

    key: str
    label: str | Promise
    narrow: Callable[[ApplicationQuerySet, Any], ApplicationQuerySet]
    order: tuple[str, str]
    empty: str | Promise
    hot: bool = False


FOLDERS: tuple[Folder, ...] = (
    Folder(
        key="today",
        label=_("Горит сегодня"),
        narrow=lambda rows, user: rows.burning(timezone.localdate()),
        order=BY_DUE,
        empty=_("На сегодня всё: ни один срок не истекает."),
        hot=True,
    ),
    Folder("mine", _("Мои"), lambda rows, user: rows.held_by(user), BY_DUE, _("У вас в работе ничего нет.")),
    Folder(
        "unassigned",
        _("Не назначены"),
        lambda rows, user: rows.unassigned(),
        BY_DUE,
        _("Все обращения кто-то ведёт."),
    ),
    Folder("waiting", _("Ждём заявителя"), lambda rows, user: rows.waiting(), BY_DUE, _("Никого не ждём.")),
    Folder("news", _("Новые сообщения"), lambda rows, user: rows.with_news(), BY_DUE, _("Новых сообщений нет.")),
    Folder("open", _("Все открытые"), lambda rows, user: rows.open(), BY_DUE, _("Открытых обращений нет.")),
    Folder("closed", _("Закрытые"), lambda rows, user: rows.closed(), BY_CLOSED, _("Закрытых обращений пока нет.")),
)
BY_KEY = {folder.key: folder for folder in FOLDERS}
LANDING = ("today", "mine", "unassigned")


def counts(rows: ApplicationQuerySet, user: Any) -> dict[str, int]:
    """How many applications each folder holds, at most CAP + 1; one statement for all."""
    parts: list[str] = []
    values: list[Any] = []
    for folder in FOLDERS:
        part, part_values = _capped(folder.narrow(rows, user))
        parts.append(part)
        values += part_values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    return {folder.key: number for folder, number in zip(FOLDERS, found, strict=True)}


def landing(found: dict[str, int]) -> Folder:
    """Where staff begin: what burns, else their own, else what nobody leads."""
    return BY_KEY[next((key for key in LANDING if found[key]), LANDING[0])]


def shown(number: int) -> str:
    """A counter as staff read it: «1000+» beyond the cap."""
    return str(number) if number <= CAP else f"{CAP}+"


def _capped(rows: ApplicationQuerySet) -> tuple[str, Sequence[Any]]:
    try:
        sql, values = rows.order_by().values("pk")[: CAP + 1].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    # S608: the statement is Django's own, its values travel apart.
    return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", values  # noqa: S608
