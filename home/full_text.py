"""Which public pages hold the words asked for, best first: one statement on either engine, whatever it finds.

Wagtail's own query asks SQLite for the rank of every page in a statement of its own, which took two thirds of a search.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from wagtail.models import Page

from home import privacy

MOST = 1000
# Ranked as Wagtail ranks: a short title weighs more than a long one.
_SQL = """
    SELECT page.id, page.title, page.url_path, page.content_type_id
    FROM modelsearch_indexentry_fts
    JOIN modelsearch_indexentry entry ON entry.id = modelsearch_indexentry_fts.rowid
    JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS INTEGER)
        AND page.content_type_id = entry.content_type_id
    WHERE modelsearch_indexentry_fts MATCH %s AND page.live AND page.depth > 2
    ORDER BY bm25(modelsearch_indexentry_fts) * (entry.title_norm + 1), page.id DESC
    LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, as far as a list needs to know it."""

    pk: int
    title: str
    url_path: str
    content_type_id: int


def hits(asked: Sequence[str], *, every: bool = True) -> list[Hit]:
    """Live public pages that hold these stems (letters and digits alone), all of them or any: at most `MOST`."""
    if connection.vendor == "sqlite":
        found = _sqlite(asked, every)
    else:
        pages = Page.objects.live().filter(depth__gt=2)
        ranked = pages.search(" ".join(asked), operator="and" if every else "or").get_queryset()
        found = [Hit(*row) for row in ranked.values_list("pk", "title", "url_path", "content_type_id")[:MOST]]
    return _public(found) if found and privacy.has_private_pages() else found


def _sqlite(asked: Sequence[str], every: bool) -> list[Hit]:
    quoted = (" AND " if every else " OR ").join(f'"{stem}"' for stem in asked)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [f"{{title body}} : ({quoted})", MOST])
        return [Hit(*row) for row in cursor.fetchall()]


def _public(found: list[Hit]) -> list[Hit]:
    keys = Page.objects.filter(pk__in=[hit.pk for hit in found]).public().values_list("pk", flat=True)
    allowed = set(keys)
    return [hit for hit in found if hit.pk in allowed]
