"""Every published place, whole, as each process keeps it: hours, telephones and who is served without a query.

Read anew, in six queries, once a place or what stands below it was saved, or any page was published, moved or taken
away. All requests share these objects: nobody may change them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps

from home.settings import stamp
from services.remembered import NETWORK, hold

if TYPE_CHECKING:
    from .centre import Centre


@dataclass(frozen=True)
class Network:
    """Published places by primary key, in the order of their section; the moved ones too."""

    live: dict[int, "Centre"]

    @cached_property
    def known(self) -> dict[int, "Centre"]:
        """Those that people may come or call to."""
        return {pk: centre for pk, centre in self.live.items() if centre.state != centre.State.MOVED}

    @cached_property
    def main(self) -> "Centre | None":
        """The region's own centre: the first one that works, by the order of the section."""
        found = [centre for centre in self.known.values() if centre.kind == centre.Kind.CENTRE]
        works = (centre for centre in found if centre.state == centre.State.WORKING)
        return next(works, next(iter(found), None))

    def successor(self, pk: int) -> "Centre | None":
        """Who works instead of a place, the one entered first where there are several."""
        found = [centre for centre in self.live.values() if centre.predecessor_id == pk]
        return min(found, key=lambda centre: centre.pk, default=None)

    def counted(self, kinds: Iterable[str]) -> int:
        """How many places of these kinds people may come or call to."""
        wanted = set(kinds)
        return sum(centre.kind in wanted for centre in self.known.values())


def network() -> Network:
    """The places as they are published now; no query while nothing changed."""
    return hold(NETWORK, _read, stamp())


def _read() -> Network:
    # By name: the page of a place asks for its neighbours, so its module cannot be imported here.
    model: Any = apps.get_model("services", "Centre")
    rows = model.objects.live().with_hours().prefetch_related("serves", "phones").order_by("path")
    return Network({centre.pk: centre for centre in rows})
