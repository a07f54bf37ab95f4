"""Every requirement is pinned exactly, once, and is what is installed."""

import re
from importlib.metadata import version

import pytest

from tests.rules.code import ROOT

_FILES = ("requirements.txt", "requirements-dev.txt", "requirements-scale.txt")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([A-Za-z0-9.+!-]+)$")


def _lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", _FILES)
def test_pinned_exactly(name: str) -> None:
    for line in _lines(name):
        assert line == "-r requirements.txt" or _PIN.match(line), line


def test_named_once() -> None:
    names = [found[1].lower() for name in _FILES for line in _lines(name) if (found := _PIN.match(line))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", _FILES[:2])
def test_installed_as_pinned(name: str) -> None:
    for line in _lines(name):
        if found := _PIN.match(line):
            assert version(found[1]) == found[2], line
