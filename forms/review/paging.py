"""Pages by key and not by number: any page of a million rows costs the same, and rows added meanwhile move nothing."""

import base64
import binascii
import datetime
import json
from typing import Any

from django.db.models import Q, QuerySet

FORWARD, BACK = "n", "b"


class Page:
    """One page: its rows, and the tokens that lead on and back (None at the ends)."""

    def __init__(self, rows: list[Any], previous: str | None, following: str | None) -> None:
        self.object_list = rows
        self.previous = previous
        self.following = following

    def has_other_pages(self) -> bool:
        """Whether there is more than this page."""
        return bool(self.previous or self.following)


class KeysetPaginator:
    """What Wagtail's IndexView asks of a paginator, over two sort keys of one direction, the second being `id`."""

    # Nothing is counted: the folder's counter says how many there are.
    count = 0

    def __init__(self, object_list: QuerySet[Any], per_page: int, **options: Any) -> None:
        self.rows = object_list
        self.per_page = per_page
        first = str(object_list.query.order_by[0])
        self.descending = first.startswith("-")
        self.field = first.lstrip("-")

    def get_page(self, token: str | None) -> Page:
        """The page behind a token; the first page when the token is blank or not one of ours."""
        place = self._read(token)
        if place is None:
            rows = list(self.rows[: self.per_page + 1])
            return self._page(rows, before=False, after=len(rows) > self.per_page)
        direction, key, pk = place
        if direction == FORWARD:
            rows = list(self.rows.filter(self._beyond(key, pk, back=False))[: self.per_page + 1])
            return self._page(rows, before=True, after=len(rows) > self.per_page)
        rows = list(self.rows.reverse().filter(self._beyond(key, pk, back=True))[: self.per_page + 1])
        more = len(rows) > self.per_page
        return self._page(rows[: self.per_page][::-1], before=more, after=True)

    def get_elided_page_range(self, token: Any) -> list[int]:
        """Pages have no numbers."""
        return []

    def _page(self, rows: list[Any], *, before: bool, after: bool) -> Page:
        rows = rows[: self.per_page]
        if not rows:
            return Page([], None, None)
        return Page(
            rows,
            self._token(BACK, rows[0]) if before else None,
            self._token(FORWARD, rows[-1]) if after else None,
        )

    def _beyond(self, key: Any, pk: int, *, back: bool) -> Q:
        sign = "lt" if self.descending != back else "gt"
        # The first bound repeats the second for SQLite, which cannot walk an index by (a, b) > (x, y) alone.
        return Q(**{f"{self.field}__{sign}e": key}) & (
            Q(**{f"{self.field}__{sign}": key}) | Q(**{self.field: key, f"id__{sign}": pk})
        )

    def _token(self, direction: str, row: Any) -> str:
        value = getattr(row, self.field)
        text = json.dumps([direction, value.isoformat(), row.pk], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _read(self, token: str | None) -> tuple[str, Any, int] | None:
        if not token or len(token) > 200:
            return None
        try:
            text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            direction, key, pk = json.loads(text)
            kind = datetime.date if self.field == "due_on" else datetime.datetime
            value = kind.fromisoformat(key)
        except (binascii.Error, ValueError, TypeError):
            return None
        known = direction in {FORWARD, BACK} and isinstance(pk, int) and 0 <= pk < 2**63
        if not known or (isinstance(value, datetime.datetime) and value.tzinfo is None):
            return None
        return direction, value, pk
