"""Pages by key and not by number: any page of a million rows costs the same, and rows added meanwhile move nothing."""

import base64
import binascii
import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

FORWARD, BACK, LAST = "n", "b", "l"
LONGEST = 600
DAY, MOMENT, TEXT, NUMBER = "day", "moment", "text", "number"
KINDS = {"due_on": DAY, "received_at": MOMENT, "closed_at": MOMENT, "name_key": TEXT, "urgency": NUMBER}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after or before these sort keys; without keys at one end of the list."""

    direction: str = FORWARD
    keys: tuple[Any, ...] = ()

    @property
    def backwards(self) -> bool:
        """Whether the rows are read against their order."""
        return self.direction != FORWARD


class Page:
    """One page: its rows, and the tokens that lead on and back (None at the ends)."""

    def __init__(self, rows: list[Any], previous: str | None, following: str | None) -> None:
        self.object_list = rows
        self.previous = previous
        self.following = following


def beyond(names: Sequence[str], keys: Sequence[Any], descending: bool) -> Q:
    """Rows that come after these keys; all names have one direction.

    The first bound repeats what follows, for SQLite cannot walk an index by (a, b) > (x, y) alone.
    """
    sign = "lt" if descending else "gt"
    tail = Q()
    for name, key in reversed(list(zip(names, keys, strict=True))):
        further = Q(**{f"{name}__{sign}": key})
        tail = further | (Q(**{name: key}) & tail) if tail else further
    return Q(**{f"{names[0]}__{sign}e": keys[0]}) & tail


def page(found: list[Any], place: Place, fields: Sequence[str], size: int) -> Page:
    """The page of `size + 1` rows that were read from this place."""
    more = len(found) > size
    rows = found[:size]
    if place.backwards:
        rows.reverse()
        before, after = more, bool(place.keys)
    else:
        before, after = bool(place.keys), more
    if not rows:
        return Page([], None, None)
    return Page(
        rows,
        token(BACK, [getattr(rows[0], field) for field in fields]) if before else None,
        token(FORWARD, [getattr(rows[-1], field) for field in fields]) if after else None,
    )


def token(direction: str, keys: Sequence[Any] = ()) -> str:
    """What stands in the address for a place."""
    texts = [key.isoformat() if isinstance(key, datetime.date) else key for key in keys]
    text = json.dumps([direction, *texts], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str | None, fields: Sequence[str]) -> Place:
    """The place behind a token of this order; the beginning when it is blank or not one of ours."""
    if not text or len(text) > LONGEST:
        return Place()
    try:
        direction, *keys = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if direction == LAST and not keys:
            return Place(LAST)
        if direction not in (FORWARD, BACK) or len(keys) != len(fields):
            return Place()
        return Place(
            direction, tuple(_read(KINDS.get(name, NUMBER), key) for name, key in zip(fields, keys, strict=True))
        )
    except (binascii.Error, ValueError, TypeError):
        return Place()


def _read(kind: str, key: Any) -> Any:
    """One key; raises ValueError or TypeError when it is of another kind."""
    if kind == NUMBER:
        if not isinstance(key, int) or not 0 <= key < 2**63:
            raise ValueError
        return key
    if not isinstance(key, str) or "\x00" in key:
        raise TypeError
    if kind == TEXT:
        return key
    if kind == DAY:
        return datetime.date.fromisoformat(key)
    moment = datetime.datetime.fromisoformat(key)
    if moment.tzinfo is None:
        raise ValueError
    return moment
