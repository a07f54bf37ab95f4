"""Which place serves a municipality: pure over what the finder knows of every place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

# Nearest to people first; a headquarters coordinates and is the last one to be sent to.
PREFERENCE = ("point", "department", "centre", "headquarters", "contact_centre")
WIDE = frozenset({"centre", "contact_centre"})
"""Kinds that help the whole region where they name no municipality."""
WAYS = {"come": "in_person", "video": "by_video", "phone": "by_phone"}
"""How somebody wants to be helped, as the address has it, and the field of a place that says so."""
EARTH_KM = 6371.0
NEAR = 3


@dataclass(frozen=True)
class Place:
    """What the finder knows of a place; `spot` is (latitude, longitude) in degrees."""

    pk: int
    title: str
    kind: str
    state: str = "working"
    territory: str = ""
    serves: frozenset[str] = frozenset()
    ways: frozenset[str] = field(default_factory=lambda: frozenset({"come"}))
    spot: tuple[float, float] | None = None

    @property
    def is_for_all(self) -> bool:
        """A centre or a contact centre without a list of municipalities serves the whole region."""
        return self.kind in WIDE and not self.serves

    def serves_one_of(self, codes: Iterable[str]) -> bool:
        """Does it serve one of these municipalities by name, or stand in it while serving all?"""
        if self.serves:
            return not self.serves.isdisjoint(codes)
        return self.kind == "centre" and self.territory in codes


@dataclass(frozen=True)
class Found:
    """`own` serves the municipality itself (None where nobody does); `others` are further places that help anyone."""

    own: Place | None
    others: tuple[Place, ...] = ()

    @property
    def first(self) -> Place | None:
        """Where to send a person: the municipality's own place, otherwise the nearest alternative."""
        return self.own or next(iter(self.others), None)


def find(places: Iterable[Place], codes: Sequence[str], way: str = "") -> Found:
    """The place for a municipality and the alternatives, the working ones first.

    `codes` are the municipality's own code and those it lies in, nearest first: the city's place helps its districts.
    With a `way` (a key of `WAYS`) only places that help so are looked at.
    """
    known = sorted((place for place in places if not way or way in place.ways), key=_rank)
    near = [place for code in codes for place in known if place.serves_one_of((code,))]
    own = near[0] if near else None
    others = [place for place in dict.fromkeys((*near, *(each for each in known if each.is_for_all))) if place != own]
    return Found(own, tuple(others))


def nearest(places: Iterable[Place], spot: tuple[float, float] | None, count: int = NEAR) -> list[Place]:
    """Working places by their distance from `spot`; none where it or theirs is unknown."""
    if spot is None:
        return []
    away = [(kilometres(spot, place.spot), place.pk, place) for place in places if place.spot and _may_be_sent(place)]
    return [place for _distance, _pk, place in sorted(away)[:count]]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance along the globe (haversine)."""
    (lat1, lng1), (lat2, lng2) = ((radians(lat), radians(lng)) for lat, lng in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _may_be_sent(place: Place) -> bool:
    return place.state == "working" and place.kind in PREFERENCE[:3]


def _rank(place: Place) -> tuple[bool, int, str, int]:
    return place.state != "working", PREFERENCE.index(place.kind), place.title, place.pk
