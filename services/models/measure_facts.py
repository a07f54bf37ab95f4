"""What the finder knows of every measure, from the cache: no query when warm, however many there are."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from services.finder import Facts
from services.remembered import MEASURE_FACTS, remember

from .measure_parts import is_checked

_Dated = tuple[Facts, date | None, date | None, date | None, date | None]


def read_facts(on_date: date) -> list[Facts]:
    """What is in force on a day, by alphabet."""
    return [facts for facts, *dates in _known() if _runs(on_date, *dates[:2]) and is_checked(on_date, *dates[2:])]


def read_unchecked(on_date: date) -> list[Facts]:
    """What would be in force, had somebody checked in time that it still is."""
    return [facts for facts, *dates in _known() if _runs(on_date, *dates[:2]) and not is_checked(on_date, *dates[2:])]


def last_checked(on_date: date) -> date | None:
    """When what is in force was checked last."""
    days = (
        checked
        for _facts, since, until, checked, planned in _known()
        if checked and _runs(on_date, since, until) and is_checked(on_date, checked, planned)
    )
    return max(days, default=None)


def facts_of(pk: int | None) -> Facts | None:
    """What is known of one published measure, whether it is in force or not."""
    return next((facts for facts, *_dates in _known() if facts.pk == pk), None)


def _runs(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _known() -> tuple[_Dated, ...]:
    return remember(MEASURE_FACTS, _read)


def _read() -> tuple[_Dated, ...]:
    names = ("pk", "category", "level", "valid_from", "valid_to", "checked_on", "next_check")
    # By name: the page of a measure asks for what is like it, so its module cannot be imported here.
    model: Any = apps.get_model("services", "Measure")
    rows = list(model.objects.live().order_by("title", "pk").values_list(*names))
    situations = _codes(model.situations.through, "situation")
    recipients = _codes(model.recipients.through, "recipient")
    places = _codes(model.territories.through, "territory")
    return tuple(
        (
            Facts(pk, frozenset(situations[pk]), frozenset(recipients[pk]), frozenset(places[pk]), category, level),
            *dates,
        )
        for pk, category, level, *dates in rows
    )


def _codes(through: type[Model], name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in through._default_manager.values_list("measure_id", f"{name}__code"):
        found[pk].append(code)
    return found
