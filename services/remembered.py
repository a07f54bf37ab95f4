"""Small tables that nearly every request needs, kept in the Django cache until one of their rows is saved.

Each process holds what it has taken from there: as long as the version in the cache is the same, so is the value.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

TERRITORIES = "territories"
CALENDAR = "calendar"
CENTRES = "centres"
CENTRE_NAMES = "centre-names"
NETWORK = "network"
MEASURES = "measures"
MEASURE_FACTS = "measure-facts"
FINDER_WORDS = "finder-words"
CHANGES = "meeting-changes"
OFFERED = "offered-meetings"
# Nothing is told when rows change past save() (a bulk update, a rollback after a read): an hour later it heals itself.
LIFETIME_SECONDS = 3600

T = TypeVar("T")
# By name: the version, the moment (Unix time) until which it holds, the value.
_held: dict[str, tuple[str, float, Any]] = {}


def remember(name: str, compute: Callable[[], T], seconds: int = LIFETIME_SECONDS) -> T:
    """The value of `compute()`, taken from the cache while nobody called `forget(name)`, so many seconds at most. Never
    change it in place."""
    version = cache.get(_version_key(name)) or _new_version(name)
    held = _held.get(name)
    if held is None or held[0] != version or held[1] <= time.time():
        held = _held[name] = (version, *_shared(f"services:{version}:{name}", compute, seconds))
    return cast(T, held[2])


def hold(name: str, compute: Callable[[], T], sign: str) -> T:
    """As `remember`, but read by each process for itself: for what is too heavy to be handed over through the cache.
    `sign` is another one whenever something else changed that the value is made of."""
    version = f"{cache.get(_version_key(name)) or _new_version(name)}:{sign}"
    held = _held.get(name)
    if held is None or held[0] != version or held[1] <= time.time():
        held = _held[name] = (version, time.time() + LIFETIME_SECONDS, compute())
    return cast(T, held[2])


def _shared(key: str, compute: Callable[[], T], seconds: int) -> tuple[float, T]:
    known = cache.get(key)
    if known is None or known[0] <= time.time():
        known = time.time() + seconds, compute()
        cache.set(key, known, seconds)
    return cast(tuple[float, T], known)


def forget(name: str) -> None:
    """Drop what is remembered, now and again after the commit.

    Twice, because another process may read the old rows between the two.
    """
    _new_version(name)
    transaction.on_commit(partial(_new_version, name))


def _new_version(name: str) -> str:
    version = uuid4().hex
    cache.set(_version_key(name), version, None)
    return version


def _version_key(name: str) -> str:
    return f"services:{name}:version"
