"""What upper rooms ask about measures of support, from the cache."""

from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from services.models import Measure
from services.models.measure_parts import is_checked
from services.remembered import MEASURES, remember


class Known(NamedTuple):
    """A measure as pickers need it."""

    key: str
    title: str
    live: bool
    since: date | None
    until: date | None
    checked_on: date | None
    next_check: date | None


def choices() -> list[tuple[str, str]]:
    """(id, benefit) of the measures in force today, by alphabet, for a picker: the rule of `in_force`.

    The id is the page's, as text: it stays when the page is renamed or moved.
    """
    today = timezone.localdate()
    return [(each.key, each.title) for each in _rows() if not _why_not(each, today)]


def listed() -> list[tuple[str, str]]:
    """Every published measure, for those who work with answers and conditions: what is not offered says why."""
    today = timezone.localdate()
    rows = [(each, _why_not(each, today)) for each in _rows() if each.live]
    return [(each.key, f"{each.title} ({why})" if why else each.title) for each, why in rows]


def why_not_offered(key: str) -> str:
    """Why a measure is not among the choices today («мера закончилась»); blank when it is."""
    today = timezone.localdate()
    found = next((each for each in _rows() if each.key == key), None)
    return _("такой меры больше нет") if found is None else _why_not(found, today)


def name_of(key: str) -> str:
    """The benefit behind a stored id, of a measure that ended too; blank when nobody knows it."""
    return {each.key: each.title for each in _rows()}.get(key, "")


def _why_not(each: Known, today: date) -> str:
    if not each.live:
        return _("мера не опубликована")
    if each.since is not None and each.since > today:
        return _("мера ещё не действует")
    if each.until is not None and each.until < today:
        return _("мера закончилась")
    return "" if is_checked(today, each.checked_on, each.next_check) else _("меру не проверили в срок")


def _rows() -> tuple[Known, ...]:
    return remember(MEASURES, _read)


def _read() -> tuple[Known, ...]:
    names = ("pk", "title", "live", "valid_from", "valid_to", "checked_on", "next_check")
    rows = Measure.objects.order_by("title").values_list(*names)
    return tuple(Known(str(pk), *rest) for pk, *rest in rows)
