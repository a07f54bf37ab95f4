"""Modules and functions stay as long as a person reads at once."""

import ast
from pathlib import Path

import pytest

from tests.rules.code import ROOMS, modules, name, tree

_HARD, _THINK, _TEST, _SETTINGS, _FUNCTION = 400, 250, 600, 300, 40
# Longer than 250 lines after thinking about it; this list may only shrink.
_THOUGHT: frozenset[str] = frozenset()


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("file", modules(*ROOMS, "bench"), ids=name)
def test_a_module(file: Path) -> None:
    limit = _SETTINGS if "settings" in file.parts else _HARD if name(file) in _THOUGHT else _THINK
    assert _lines(file) <= limit


def test_the_list_of_exceptions_only_names_what_needs_it() -> None:
    long = {name(file) for file in modules(*ROOMS, "bench") if _lines(file) > _THINK and "settings" not in file.parts}
    assert long >= _THOUGHT


@pytest.mark.parametrize("file", modules("tests"), ids=name)
def test_a_test_module(file: Path) -> None:
    assert _lines(file) <= _TEST


@pytest.mark.parametrize("file", modules(*ROOMS, "bench"), ids=name)
def test_functions(file: Path) -> None:
    long = [
        f"{node.name}: {length}"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _length(node)) > _FUNCTION
    ]
    assert not long


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the function without its docstring."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
