"""What upper rooms ask about measures of support, from the cache."""

from datetime import date

from django.utils import timezone

from services.models import Measure
from services.remembered import MEASURES, remember

Row = tuple[str, str, bool, date | None, date | None]


def choices() -> list[tuple[str, str]]:
    """(id, benefit) of the measures in force today, by alphabet, for a picker.

    The id is the page's, as text: it stays when the page is renamed or moved.
    """
    today = timezone.localdate()
    return [
        (key, title)
        for key, title, live, since, until in _rows()
        if live and (since is None or since <= today) and (until is None or until >= today)
    ]


def name_of(key: str) -> str:
    """The benefit behind a stored id, of a measure that ended too; blank when nobody knows it."""
    return {row[0]: row[1] for row in _rows()}.get(key, "")


def _rows() -> tuple[Row, ...]:
    return remember(MEASURES, _read)


def _read() -> tuple[Row, ...]:
    rows = Measure.objects.order_by("title").values_list("pk", "title", "live", "valid_from", "valid_to")
    return tuple((str(pk), title, live, since, until) for pk, title, live, since, until in rows)
