"""What upper rooms ask about centres."""

from services import territories
from services.centre_finding import find
from services.models import Centre
from services.models.finding import places
from services.models.network import network
from services.remembered import CENTRE_NAMES, remember


def serving(territory_code: str) -> Centre | None:
    """The place to name to somebody of this municipality: its own, otherwise the regional centre; None without any."""
    first = find(places(), territories.above(territory_code)).first
    return network().known.get(first.pk) if first else None


def choices() -> list[tuple[str, str]]:
    """(id, name) of the places people may come or call to, by alphabet, for a picker; from the cache.

    The id is the page's, as text: it stays when the page is renamed or moved.
    """
    return [(key, name) for key, name, known in _rows() if known]


def name_of(key: str) -> str:
    """The name behind a stored id, of a place that is gone from the list too; blank when nobody knows it."""
    return {row_key: name for row_key, name, _known in _rows()}.get(key, "")


def _rows() -> tuple[tuple[str, str, bool], ...]:
    return remember(CENTRE_NAMES, _read)


def _read() -> tuple[tuple[str, str, bool], ...]:
    known = set(Centre.objects.known().values_list("pk", flat=True))
    rows = Centre.objects.order_by("title").values_list("pk", "title", "short_name")
    return tuple((str(pk), short_name or title, pk in known) for pk, title, short_name in rows)
