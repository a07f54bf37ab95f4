"""Which place serves a municipality: pure over centres that were loaded with their territories."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.models import Centre

# Nearest to people first; a headquarters coordinates and is the last one to be sent to.
PREFERENCE = ("point", "department", "centre", "headquarters", "contact_centre")


@dataclass(frozen=True)
class Found:
    """`own` serves the municipality itself (None where nobody does); `others` are further places that help anyone."""

    own: "Centre | None"
    others: tuple["Centre", ...] = ()

    @property
    def first(self) -> "Centre | None":
        """Where to send a person: the municipality's own place, otherwise the nearest alternative."""
        return self.own or next(iter(self.others), None)


def find(centres: Iterable["Centre"], code: str) -> Found:
    """The place for the municipality `code` and the alternatives, the working ones first."""
    known = sorted(centres, key=_rank)
    near = [centre for centre in known if serves(centre, code)]
    own = near[0] if near else None
    others = [centre for centre in known if centre is not own and (centre in near or is_for_all(centre))]
    return Found(own, tuple(others))


def serves(centre: "Centre", code: str) -> bool:
    """Does it serve this municipality by name, or stand in it while serving all?"""
    named = {territory.code for territory in centre.serves.all()}
    if named:
        return code in named
    return centre.kind == "centre" and centre.territory is not None and centre.territory.code == code


def is_for_all(centre: "Centre") -> bool:
    """A centre or a contact centre without a list of municipalities serves the whole region."""
    return centre.kind in {"centre", "contact_centre"} and not centre.serves.all()


def _rank(centre: "Centre") -> tuple[bool, int, str]:
    return centre.state != "working", PREFERENCE.index(centre.kind), centre.title
