"""Which public pages hold the words asked for, best first: one statement on either engine, whatever it finds.

Wagtail's own has SQLite rank every page in a statement of its own, which took two thirds of a search, and has
PostgreSQL put title and body of every page together before it looks into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from wagtail.models import Page

from home import privacy

MOST = 1000
_JOINED = "page.content_type_id = entry.content_type_id AND page.live AND page.depth > 2"
# The stems of a title stand in the body too. Ranked as Wagtail ranks: a short title weighs more than a long one.
_SQLITE = f"""
    SELECT page.id, page.title, page.url_path, page.content_type_id
    FROM modelsearch_indexentry_fts
    JOIN modelsearch_indexentry entry ON entry.id = modelsearch_indexentry_fts.rowid
    JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS INTEGER) AND {_JOINED}
    WHERE modelsearch_indexentry_fts MATCH %s
    ORDER BY bm25(modelsearch_indexentry_fts) * (entry.title_norm + 1), page.id DESC
    LIMIT %s
"""  # noqa: S608 - made of our own words
_POSTGRESQL = f"""
    SELECT page.id, page.title, page.url_path, page.content_type_id
    FROM to_tsquery('simple', %s) asked
    JOIN modelsearch_indexentry entry ON entry.body @@ asked
    JOIN wagtailcore_page page ON CAST(page.id AS varchar) = entry.object_id AND {_JOINED}
    ORDER BY ts_rank(entry.title, asked) * entry.title_norm + ts_rank(entry.body, asked) DESC, page.id DESC
    LIMIT %s
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, as far as a list needs to know it."""

    pk: int
    title: str
    url_path: str
    content_type_id: int


def hits(asked: Sequence[str], *, every: bool = True) -> list[Hit]:
    """Live public pages that hold these stems (letters and digits alone), all of them or any: at most `MOST`."""
    sqlite = connection.vendor == "sqlite"
    sign = (" AND " if every else " OR ") if sqlite else (" & " if every else " | ")
    wanted = sign.join(f'"{stem}"' if sqlite else stem for stem in asked)
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if sqlite else _POSTGRESQL, [f"body : ({wanted})" if sqlite else wanted, MOST])
        found = [Hit(*row) for row in cursor.fetchall()]
    return _public(found) if found and privacy.has_private_pages() else found


def _public(found: list[Hit]) -> list[Hit]:
    keys = Page.objects.filter(pk__in=[hit.pk for hit in found]).public().values_list("pk", flat=True)
    allowed = set(keys)
    return [hit for hit in found if hit.pk in allowed]
