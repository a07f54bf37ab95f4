"""How long what a page shows stays true, and whether everybody may be shown the same: what a page cache must know.

Whoever puts something on a page that the clock will change names the moment; whoever serves a page that is the same for
everybody says so. Nothing is kept without that word.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta, tzinfo
from uuid import uuid4

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

_GENERATION = "portal:pages:generation"
_moments: ContextVar[list[datetime] | None] = ContextVar("moments", default=None)


@contextmanager
def collecting() -> Iterator[list[datetime]]:
    """Gathers the moments that are named while a page is made."""
    moments: list[datetime] = []
    token = _moments.set(moments)
    try:
        yield moments
    finally:
        _moments.reset(token)


def until(moment: datetime | None) -> None:
    """What is being shown is true until this moment (aware); None says nothing."""
    moments = _moments.get()
    if moment is not None and moments is not None:
        moments.append(moment)


def until_midnight(zone: tzinfo | None = None) -> None:
    """It holds for today, in this time zone or the site's own."""
    local = timezone.localtime(timezone=zone)
    until(datetime.combine(local.date() + timedelta(days=1), time.min, tzinfo=local.tzinfo))


def share(request: HttpRequest) -> None:
    """The answer to this request is the same for everybody who has the same look."""
    request.is_shared = True  # type: ignore[attr-defined]


def is_shared(request: HttpRequest) -> bool:
    """Whether `share` was called."""
    return getattr(request, "is_shared", False)


def generation() -> str:
    """The same for all processes until something that pages show is changed."""
    known = cache.get(_GENERATION)
    if known is None:
        cache.add(_GENERATION, uuid4().hex, None)
        known = cache.get(_GENERATION, "")
    return str(known)


def next_generation() -> None:
    """No process shows anything any more that was drawn before."""
    cache.set(_GENERATION, uuid4().hex, None)
