"""Parts of the home page that upper rooms provide, so that the site itself never imports them.

A room registers a provider in `AppConfig.ready()`; the home page asks by name. The dataclasses below are what the
templates expect from each name; a provider may return anything with the same attributes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

Provider = Callable[[HttpRequest], Any]
_providers: dict[str, Provider] = {}


@dataclass(frozen=True)
class CentresFinder:
    """`centres_finder`: where the form goes (GET `territory=<code>`), the pairs (code, name), what stands below it."""

    action: str
    territories: tuple[tuple[str, str], ...]
    centres: int
    municipalities: int


@dataclass(frozen=True)
class Situation:
    """One of `situations` (an iterable): what happened, what it brings, how many measures, where they are listed."""

    title: str
    summary: str
    count: int
    url: str


@dataclass(frozen=True)
class MeasuresCount:
    """`measures_count`: how many measures are in force today, when they were checked, where they are listed."""

    count: int
    checked_on: date | None
    url: str


@dataclass(frozen=True)
class Meeting:
    """One of `meetings`: `when` is «Суббота, 10:00 по времени Иркутска», `seats` is «Запись не нужна»."""

    title: str
    url: str
    date: date
    when: str
    seats: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Meetings:
    """`meetings`: the next dates and the page with all groups."""

    items: tuple[Meeting, ...]
    url: str


def register(name: str, provider: Provider) -> None:
    """Offers a section under a name; a later registration replaces the earlier one."""
    _providers[name] = provider


def provide(names: Iterable[str], request: HttpRequest) -> dict[str, Any]:
    """What the registered rooms have for these names; None where nobody provides one."""
    return {name: _providers[name](request) if name in _providers else None for name in names}
