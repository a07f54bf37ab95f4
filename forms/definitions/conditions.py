"""Conditions: nested all / any / none over leaves, compiled once to closures.

A leaf is «question, operator, value», the value a constant (`v`) or another answer or today, moved by n (`to`); or a
question about the rows of a repeating group. The same JSON gives the same result in every language, see operators.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from . import dates
from .numbers import calculate
from .operators import COMPARISONS, OPERATORS, answered, equal, kind, plain
from .shape import GROUPS, MAX_DEPTH, MAX_LEAVES, ROW_OPERATORS, WITHOUT_VALUE, leaves, problems, references
from .world import World

__all__ = [
    "COMPARISONS",
    "GROUPS",
    "MAX_DEPTH",
    "MAX_LEAVES",
    "OPERATORS",
    "ROW_OPERATORS",
    "WITHOUT_VALUE",
    "RowView",
    "Test",
    "World",
    "answered",
    "compile_condition",
    "compile_inner",
    "compile_operand",
    "equal",
    "kind",
    "leaves",
    "problems",
    "references",
    "rows_of",
]

Answers = Mapping[str, Any]
Test = Callable[..., bool]
"""`f(answers, world=None) -> bool`; without a world it is today's."""
Inner = Callable[[Answers, World], bool]
Operand = Callable[[Answers, World], Any]


class RowView(Mapping[str, Any]):
    """Answers as a row sees them: its own first, then those outside."""

    __slots__ = ("outer", "row")

    def __init__(self, row: Answers, outer: Answers) -> None:
        self.row, self.outer = row, outer

    def get(self, key: str, default: Any = None) -> Any:
        return self.row[key] if key in self.row else self.outer.get(key, default)

    def __getitem__(self, key: str) -> Any:
        return self.row[key] if key in self.row else self.outer[key]

    def __contains__(self, key: object) -> bool:
        return key in self.row or key in self.outer

    def __iter__(self) -> Iterator[str]:
        yield from self.row
        yield from (key for key in self.outer if key not in self.row)

    def __len__(self) -> int:
        return sum(1 for _key in self)


def compile_condition(condition: Mapping[str, Any] | None) -> Test:
    """A closure `f(answers, world=None) -> bool`; no condition is always true.

    Expects a condition without `problems()`.
    """
    if condition is None:
        return lambda answers, world=None: True
    inner = compile_inner(condition)
    return lambda answers, world=None: inner(answers, world or World())


def compile_inner(condition: Mapping[str, Any] | None) -> Inner:
    """The same with the world always given, as a part of something greater."""
    if condition is None:
        return lambda answers, world: True
    if "of" in condition:
        return _group(condition["op"], tuple(compile_inner(part) for part in condition["of"]))
    return _rows(condition) if "rows" in condition else _leaf(condition)


def _group(op: str, tests: tuple[Inner, ...]) -> Inner:
    if op == "all":
        return lambda answers, world: all(test(answers, world) for test in tests)
    if op == "any":
        return lambda answers, world: any(test(answers, world) for test in tests)
    return lambda answers, world: not any(test(answers, world) for test in tests)


def _leaf(leaf: Mapping[str, Any]) -> Inner:
    key, op = leaf["q"], leaf["op"]
    if op == "empty":
        return lambda answers, world: not answered(answers.get(key))
    if op == "answered":
        return lambda answers, world: answered(answers.get(key))
    operator = OPERATORS[op]
    if "to" in leaf:
        other = compile_operand(leaf["to"])

        def against_other(answers: Answers, world: World) -> bool:
            value, answer = other(answers, world), answers.get(key)
            return answered(value) and answered(answer) and operator(plain(answer), value, world)

        return against_other
    value = leaf.get("v")

    def against_constant(answers: Answers, world: World) -> bool:
        answer = answers.get(key)
        return answered(answer) and operator(plain(answer), value, world)

    return against_constant


def compile_operand(operand: Mapping[str, Any]) -> Operand:
    """The value of `{"q":key,"plus":n,"unit":…}` or `{"today":n,"unit":…}`; None where it has none."""
    if "today" in operand:
        count, unit = operand["today"], operand.get("unit") or "days"
        return lambda answers, world: _moved(world.today, count, unit)
    key, plus, unit = operand["q"], operand.get("plus") or 0, operand.get("unit")
    if unit:
        return lambda answers, world: _moved(dates.read(plain(answers.get(key))), plus, unit)
    if not plus:
        return lambda answers, world: plain(answers.get(key))
    return lambda answers, world: calculate(lambda a, b: a + b, plain(answers.get(key)), plus)


def _moved(start: Any, count: int, unit: str) -> str | None:
    moved = dates.shift(start, count, unit) if start else None
    return moved.isoformat() if moved else None


def rows_of(answers: Answers, group: str) -> list[Mapping[str, Any]]:
    """The rows of a repeating group; none when it is absent or not a list of rows."""
    rows = answers.get(group)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _rows(leaf: Mapping[str, Any]) -> Inner:
    group, op, where = leaf["rows"], leaf["op"], compile_inner(leaf.get("where"))
    compare, wanted = OPERATORS[leaf.get("cmp", "ge")], leaf.get("n", 1)

    def test(answers: Answers, world: World) -> bool:
        found = [where(RowView(row, answers), world) for row in rows_of(answers, group)]
        if op == "count_rows":
            return compare(sum(found), wanted, world)
        return any(found) if op == "any_row" else bool(found) and all(found)

    return test
