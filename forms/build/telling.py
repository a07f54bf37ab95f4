"""Whoever is registered is told of what an editor publishes: the editor sees first whom and what, whatever the road.

Within a request publishing stops with `Untold` until somebody has seen the numbers. The worker, who publishes by the
clock what was seen when the clock was set, is not asked.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from forms.registrations import impact
from forms.registrations.impact import Impact
from services import supposed
from services.models import Centre, SupportGroup

from . import groups

_asks: ContextVar[bool] = ContextVar("publishing_asks_first", default=False)


class Untold(Exception):
    """A page that would be published before anybody saw whom it tells what, or one that cannot be (`problem`)."""

    def __init__(self, page: Any, problem: Any = "") -> None:
        super().__init__(page.title)
        self.page, self.problem = page, problem


@contextmanager
def asking(*, asks: bool) -> Iterator[None]:
    """Whether publishing within asks first: True around a request, False once the numbers were seen."""
    token = _asks.set(asks)
    try:
        yield
    finally:
        _asks.reset(token)


def asked() -> None:
    """The numbers of this request were seen: for what is left of it publishing asks no more."""
    _asks.set(False)


def of(pages: Iterable[Any]) -> Impact:
    """What people would be told, were these drafts of groups and places published."""
    drafts = [page for page in pages if page.pk]
    places = {page.pk: [row.special for row in page.special_days] for page in drafts if isinstance(page, Centre)}
    own = {page.pk: page for page in drafts if isinstance(page, SupportGroup)}
    there = supposed.groups_at(places) if places else []
    return impact.of(*own.values(), *(group for group in there if group.pk not in own))


def sign_of(found: Impact) -> str:
    """Names what was seen: the same as long as the same would be told."""
    return hashlib.sha256(repr((found.lines, found.calls)).encode()).hexdigest()[:32]


def stop(page: Any) -> None:
    """Raises Untold where publishing has to wait; see `services.models.asking`."""
    if not _asks.get():
        return
    problem = groups.problem_of(page) if isinstance(page, SupportGroup) else None
    if problem or of([page]):
        raise Untold(page, problem or "")
