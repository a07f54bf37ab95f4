"""What news are about: places and pages of an upper room, told by whoever knows them.

The site itself never imports that room; it registers one `Knower` in `AppConfig.ready()`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Subject:
    """A page that an article is about: title, address, section («Куда обратиться»), whether it is invented."""

    title: str
    url: str
    kind: str
    is_demo: bool = False


class Knower(Protocol):
    """Who knows what news are about; news are pages of `home.NewsPage`, places are municipalities by code."""

    def places_of(self, news: Any, *, is_draft: bool) -> list[str]:
        """Names of the places of an article; of a draft what the editor has chosen so far."""

    def subjects_of(self, news: Any, *, is_draft: bool) -> list[Subject]:
        """The published pages that an article is about, in the editor's order."""

    def names(self, keys: Iterable[int]) -> dict[int, str]:
        """The places of many articles by their primary keys, for a list; those without any are left out."""

    def choices(self) -> list[tuple[str, str]]:
        """(code, name) of the places that published news have, by alphabet."""

    def within(self, news: Any, code: str) -> Any:
        """The queryset of news narrowed to a place and what lies in it."""


class Nobody:
    """A site without such a room."""

    def places_of(self, news: Any, *, is_draft: bool) -> list[str]:
        """None."""
        return []

    def subjects_of(self, news: Any, *, is_draft: bool) -> list[Subject]:
        """None."""
        return []

    def names(self, keys: Iterable[int]) -> dict[int, str]:
        """None."""
        return {}

    def choices(self) -> list[tuple[str, str]]:
        """None."""
        return []

    def within(self, news: Any, code: str) -> Any:
        """All of them: there is nothing to narrow by."""
        return news


_knowers: list[Knower] = [Nobody()]


def register(knower: Knower) -> None:
    """Takes the place of who was known before."""
    _knowers[0] = knower


def known() -> Knower:
    """Whoever knows; somebody who knows nothing on a site without such a room."""
    return _knowers[0]
