"""«Найти свой центр»: the place that serves a municipality, open or not, and where to turn while it is closed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from services import territories
from services.centre_finding import WAYS, Place, find, nearest
from services.centre_words import Row, rows
from services.holidays import calendar
from services.remembered import CENTRES, remember

from .centre import Centre
from .network import network

OTHERS_SHOWN = 6


@dataclass(frozen=True)
class Answer:
    """Where somebody of a municipality should turn.

    `own` serves the municipality (None where nobody does), `first` is the place to name, `instead` the nearest that is
    open now while `first` is not (otherwise the one that opens sooner), `others` are further ones that help anyone.
    """

    own: Row | None
    first: Row | None
    instead: Row | None
    others: tuple[Row, ...]


def answer(code: str, moment: datetime, way: str = "") -> Answer:
    """The answer for the municipality `code`; no query while nothing changed, however many places there are."""
    known = places()
    found = find(known, territories.above(code), way)
    first = found.first
    around = [place for place in known if place != first and (not way or way in place.ways)]
    near = nearest(around, first.spot if first else None)
    # Who is for all stands behind who is near: a trip to the neighbours is shorter than one to the regional centre.
    wanted = [*([first] if first else []), *near, *found.others[:OTHERS_SHOWN]]
    loaded = _loaded([place.pk for place in wanted], moment)
    ordered = [loaded[place.pk] for place in dict.fromkeys(wanted) if place.pk in loaded]
    shown = loaded.get(first.pk) if first else None
    if shown is None:
        return Answer(None, None, None, tuple(ordered))
    instead = _instead(shown, [row for row in ordered if row is not shown])
    listed = {place.pk for place in found.others} - {row.centre.pk for row in (shown, instead) if row}
    others = tuple(row for row in ordered if row.centre.pk in listed)
    return Answer(shown if found.own else None, shown, instead, others)


def places() -> tuple[Place, ...]:
    """Every place that people may come or call to, as the finder knows it (0 queries when warm)."""
    return remember(CENTRES, _read)


def _instead(first: Row, others: list[Row]) -> Row | None:
    if first.state.is_open:
        return None
    opened = next((row for row in others if row.state.is_open), None)
    if opened is not None:
        return opened
    later = [(row.state.opens, rank, row) for rank, row in enumerate(others) if row.state.opens]
    if not later:
        return None
    opens, _rank, soonest = min(later)
    return soonest if first.state.opens is None or opens < first.state.opens else None


def _loaded(keys: list[int], moment: datetime) -> dict[int, Row]:
    known = network().known
    centres = (known[key] for key in keys if key in known)
    return {row.centre.pk: row for row in rows(centres, moment, calendar())}


def _read() -> tuple[Place, ...]:
    served: dict[int, set[str]] = defaultdict(set)
    through: type[Model] = Centre.serves.through
    for pk, code in through._default_manager.values_list("centre_id", "territory__code"):
        served[pk].add(code)
    names = ("pk", "title", "kind", "state", "territory__code", "latitude", "longitude")
    found = Centre.objects.known().values_list(*names, *WAYS.values())
    return tuple(_place(row, served[row[0]]) for row in found)


def _place(row: tuple[Any, ...], served: set[str]) -> Place:
    pk, title, kind, state, territory, latitude, longitude, *ways = row
    return Place(
        pk,
        title,
        kind,
        state,
        territory or "",
        frozenset(served),
        frozenset(way for way, has in zip(WAYS, ways, strict=True) if has),
        (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None,
    )
