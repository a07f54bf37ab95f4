"""Modules and functions stay as long as a person reads at once."""

import ast
from pathlib import Path

from tests.rules.code import ROOMS, modules, name, tree

_HARD, _THINK, _TEST, _SETTINGS, _FUNCTION = 400, 250, 600, 300, 40
# Longer than 250 lines after thinking about it; this list may only shrink.
_THOUGHT: frozenset[str] = frozenset()


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _limit(file: Path) -> int:
    return _SETTINGS if "settings" in file.parts else _HARD if name(file) in _THOUGHT else _THINK


def test_modules() -> None:
    assert not [f"{name(file)}: {_lines(file)}" for file in modules(*ROOMS, "bench") if _lines(file) > _limit(file)]


def test_the_list_of_exceptions_only_names_what_needs_it() -> None:
    long = {name(file) for file in modules(*ROOMS, "bench") if _lines(file) > _THINK and "settings" not in file.parts}
    assert long >= _THOUGHT


def test_test_modules() -> None:
    assert not [f"{name(file)}: {_lines(file)}" for file in modules("tests") if _lines(file) > _TEST]


def test_functions() -> None:
    assert not [
        f"{name(file)} {node.name}: {length}"
        for file in modules(*ROOMS, "bench")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _length(node)) > _FUNCTION
    ]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the function without its docstring."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
