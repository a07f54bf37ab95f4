"""Small tables that nearly every request needs, kept in the Django cache until one of their rows is saved."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

TERRITORIES = "territories"
CALENDAR = "calendar"
CENTRES = "centres"
CENTRE_NAMES = "centre-names"
MEASURES = "measures"
MEASURE_FACTS = "measure-facts"
FINDER_WORDS = "finder-words"
# Nothing is told when rows change past save() (a bulk update, a rollback after a read): an hour later it heals itself.
LIFETIME_SECONDS = 3600

T = TypeVar("T")


def remember(name: str, compute: Callable[[], T]) -> T:
    """The value of `compute()`, taken from the cache while nobody called `forget(name)`."""
    version = cache.get(_version_key(name)) or _new_version(name)
    key = f"services:{name}:{version}"
    value = cache.get(key)
    if value is None:
        value = compute()
        cache.set(key, value, LIFETIME_SECONDS)
    return cast(T, value)


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
