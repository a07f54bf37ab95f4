"""Which special day holds where several overlap: one of the place itself, or one that many places share.

The place knows best: no shared exception opens a door that the place itself keeps closed. See docs/hours.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

Spans = tuple[tuple[int, int], ...]
"""Open from minute to minute, sorted, not overlapping."""


@dataclass(frozen=True)
class Special:
    """Days with other hours than usual; no spans means closed. `is_shared`: set for many places at once."""

    first: date
    last: date
    spans: Spans = ()
    reason: str = ""
    duty_phone: str = ""
    is_shared: bool = False

    @property
    def days(self) -> int:
        """How long it lasts."""
        return (self.last - self.first).days + 1

    def is_same(self, other: "Special | None") -> bool:
        """Whether the other one is this, its hours perhaps cut by those of the place."""
        return other is not None and replace(other, spans=self.spans) == self


def holding(specials: Iterable[Special], day: date) -> Special | None:
    """What holds on `day`; None for a usual one.

    Of the place's own the shortest, of the shared ones the shortest: who names one day knows more of it than who names
    a month. Between the two the place's own holds, unless it opens and the shared one is shorter: then the shared one
    holds within the place's own hours.
    """
    found = [special for special in specials if special.first <= day <= special.last]
    own = min((special for special in found if not special.is_shared), key=_rank, default=None)
    shared = min((special for special in found if special.is_shared), key=_rank, default=None)
    if own is None or shared is None:
        return own or shared
    if not own.spans or own.days <= shared.days:
        return own
    return replace(shared, spans=common(own.spans, shared.spans))


def common(some: Spans, others: Spans) -> Spans:
    """When both are open."""
    cut = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple(sorted((start, end) for start, end in cut if start < end))


def _rank(special: Special) -> tuple[int, int]:
    """The shortest first; of two as long the one with less of opening, so that nobody comes to a closed door."""
    return special.days, sum(end - start for start, end in special.spans)
