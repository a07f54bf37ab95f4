"""What a condition knows beside the answers: today, and which territory lies in which."""

from collections.abc import Callable, Collection
from datetime import date

from django.utils import timezone

from services import territories

Descendants = Callable[[str], Collection[str]]


class World:
    """One evaluation's surroundings; territories are asked for at most once each."""

    __slots__ = ("_below", "_descendants", "today")

    def __init__(self, today: date | None = None, descendants: Descendants = territories.descendants) -> None:
        self.today = today or timezone.localdate()
        self._descendants = descendants
        self._below: dict[str, Collection[str]] = {}

    def within(self, code: str, ancestor: str) -> bool:
        """Whether a territory is `ancestor` or lies in it."""
        if code == ancestor:
            return True
        below = self._below.get(ancestor)
        if below is None:
            below = self._below[ancestor] = self._descendants(ancestor)
        return code in below
