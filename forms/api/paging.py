"""Lists in portions: `limit` and `offset`, with the count of all."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from ninja import Query, Schema

MOST = 200


class Portion(Schema):
    """Which part of a list."""

    limit: int = Query(50, ge=1, le=MOST, description="Сколько записей, не больше 200")
    offset: int = Query(0, ge=0, le=100_000, description="Сколько записей пропустить")


def portion_of(rows: QuerySet[Any], portion: Portion, shape: Callable[[Any], Any]) -> dict[str, Any]:
    """The asked part of a list, each row through `shape`."""
    part = rows[portion.offset : portion.offset + portion.limit]
    return {
        "count": rows.count(),
        "limit": portion.limit,
        "offset": portion.offset,
        "items": [shape(row) for row in part],
    }
