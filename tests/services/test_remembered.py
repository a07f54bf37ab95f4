"""What each process holds is as true as the shared cache: dropped by anybody, true for an hour at most."""

import datetime

import time_machine
from django.core.cache import cache
from django.utils import timezone

from services import remembered


def _value(*values: str) -> str:
    """What is remembered now, where the table says these, one after the other."""
    told = iter(values)
    return remembered.remember("test", lambda: next(told))


def test_held_until_somebody_forgets_it(db: None) -> None:
    assert _value("old") == "old"
    assert _value() == "old"
    remembered.forget("test")
    assert _value("new") == "new"


def test_another_process_forgets_it_too() -> None:
    assert _value("old") == "old"
    cache.set(remembered._version_key("test"), "another", None)
    assert _value("new") == "new"


def test_what_another_process_has_read_is_not_read_again() -> None:
    assert _value("old") == "old"
    remembered._held.clear()
    assert _value() == "old"


def test_it_heals_after_an_hour_counted_from_the_reading() -> None:
    assert _value("old") == "old"
    begun = timezone.now()
    with time_machine.travel(begun + datetime.timedelta(minutes=50)):
        remembered._held.clear()
        assert _value() == "old"
    with time_machine.travel(begun + datetime.timedelta(minutes=61)):
        assert _value("new") == "new"
