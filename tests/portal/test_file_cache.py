"""The shared cache remembers what it read and never serves what another process has changed since."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from portal.file_cache import REMEMBERED, FileCache


@dataclass
class Thing:
    words: list[str]


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    return FileCache(str(tmp_path), {})


def _set_elsewhere(folder: str, value: Any) -> None:
    FileCache(folder, {}).set("name", value, None)


def test_a_value_is_read_once_until_its_file_changes(cache: FileCache, tmp_path: Path) -> None:
    cache.set("name", "one", None)
    assert cache.get("name") == "one"
    with patch.object(FileCache, "_look", side_effect=AssertionError):
        assert cache.get("name") == "one"
    FileCache(str(tmp_path), {}).set("name", "two", None)
    assert cache.get("name") == "two"
    FileCache(str(tmp_path), {}).delete("name")
    assert cache.get("name", "nothing") == "nothing"


def test_another_process_is_heard_every_time(cache: FileCache, tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        for number in range(20):
            other.submit(_set_elsewhere, str(tmp_path), number).result()
            assert cache.get("name") == number


def test_writings_within_one_tick_of_the_clock_differ(cache: FileCache, tmp_path: Path) -> None:
    other = FileCache(str(tmp_path), {})
    for number in range(300):
        other.set("name", f"{number:03d}", None)
        assert cache.get("name") == f"{number:03d}"


def test_it_runs_out_though_it_is_remembered(cache: FileCache) -> None:
    with time_machine.travel(0, tick=False) as clock:
        cache.set("name", "one", 60)
        assert cache.get("name") == "one"
        clock.shift(61)
        assert cache.get("name") is None


def test_nobody_changes_what_another_was_handed(cache: FileCache) -> None:
    cache.set("name", Thing(["a"]), None)
    cache.get("name").words.append("b")
    assert cache.get("name") == Thing(["a"])


def test_counting_and_adding_work_as_in_django(cache: FileCache) -> None:
    assert cache.add("count", 1, 60)
    assert not cache.add("count", 5, 60)
    assert cache.incr("count") == 2
    assert cache.get("count") == 2


def test_memory_is_bounded(cache: FileCache) -> None:
    for number in range(REMEMBERED + 5):
        cache._read[str(number)] = pickle.loads(pickle.dumps(None))
    cache.set("name", "one", None)
    assert cache.get("name") == "one"
    assert len(cache._read) == 1
