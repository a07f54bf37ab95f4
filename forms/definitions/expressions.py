"""Expressions of computed answers: `{"fn": name, "of": [operand…]}`, compiled once, total, never raising.

An operand is `{"q": key}`, `{"v": constant}`, `{"today": n}`, the answers of rows `{"rows": group, "q": key, "where":
cond}` (without `q` the rows themselves, to be counted), or another expression. What cannot be worked out is None: no
answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _

from . import conditions, dates
from .conditions import Operand, RowView, rows_of
from .numbers import calculate, is_number, number_of
from .operators import answered, kind, plain
from .world import World

MAX_DEPTH = 6
MAX_OPERANDS = 50
AGGREGATES = frozenset({"count", "sum", "min", "max"})
ARITHMETIC = frozenset({"add", "sub", "mul"})
OPERANDS = {"age": (1, 2), "days_between": (2, 2), "date_plus": (2, 2), "add": (2, 50), "sub": (2, 2), "mul": (2, 50)}
FUNCTIONS = frozenset(OPERANDS) | AGGREGATES
Values = Sequence[Any]


def compile_expression(expression: Mapping[str, Any]) -> Operand:
    """A closure `f(answers, world) -> value or None`. Expects an expression without `problems()`."""
    parts = tuple(_operand(operand) for operand in expression["of"])
    name, unit = expression["fn"], expression.get("unit") or "days"
    if name in AGGREGATES:
        return lambda answers, world: _aggregate(name, [v for part in parts for v in _many(part(answers, world))])
    if name in ARITHMETIC:
        return lambda answers, world: _arithmetic(name, [part(answers, world) for part in parts])
    return lambda answers, world: _dates(name, unit, [part(answers, world) for part in parts], world)


def _operand(operand: Mapping[str, Any]) -> Operand:
    if "fn" in operand:
        return compile_expression(operand)
    if "rows" in operand:
        return _rows(operand)
    if "v" in operand:
        constant = operand["v"]
        return lambda answers, world: constant
    return conditions.compile_operand(operand)


def _rows(operand: Mapping[str, Any]) -> Operand:
    group, key, where = operand["rows"], operand.get("q"), conditions.compile_inner(operand.get("where"))

    def values(answers: Mapping[str, Any], world: World) -> list[Any]:
        fitting = [row for row in rows_of(answers, group) if where(RowView(row, answers), world)]
        return [plain(row.get(key)) if key else 1 for row in fitting]

    return values


def _many(value: Any) -> Values:
    return value if isinstance(value, list) else (value,)


def _aggregate(name: str, values: Values) -> Any:
    given = [value for value in values if answered(value)]
    if name == "count":
        return len(given)
    if name == "sum":
        return reduce(_plus, [value for value in given if number_of(value) is not None], 0)
    numbers = [number_of(value) for value in given]
    given = given if None in numbers else numbers
    if not given or {kind(value) for value in given} not in ({"number"}, {"text"}):
        return None
    return min(given) if name == "min" else max(given)


def _plus(left: Any, right: Any) -> Any:
    return calculate(lambda a, b: a + b, left, right)


_STEPS: dict[str, Callable[[Any, Any], Any]] = {
    "add": _plus,
    "sub": lambda left, right: calculate(lambda a, b: a - b, left, right),
    "mul": lambda left, right: calculate(lambda a, b: a * b, left, right),
}


def _arithmetic(name: str, values: Values) -> Any:
    return reduce(_STEPS[name], values)


def _dates(name: str, unit: str, values: Values, world: World) -> Any:
    start = dates.read(values[0])
    if start is None:
        return None
    if name == "date_plus":
        count = values[1]
        if not is_number(count) or count != int(count):
            return None
        moved = dates.shift(start, int(count), unit)
        return moved.isoformat() if moved else None
    end = dates.read(values[1]) if len(values) > 1 else world.today
    if end is None:
        return None
    return dates.age(start, end) if name == "age" else (end - start).days


def result_kind(expression: Any) -> str:
    """What an expression without problems gives: «number», «date», or «any» where it depends on the answers."""
    if expression.get("fn") == "date_plus":
        return "date"
    return "any" if expression.get("fn") in {"min", "max"} else "number"


def operands(expression: Any) -> Iterator[Mapping[str, Any]]:
    """Every operand that is no expression itself, in order."""
    for operand in expression.get("of", ()):
        if "fn" in operand:
            yield from operands(operand)
        else:
            yield operand


def references(expression: Any) -> Iterator[str]:
    """Every key that an expression without problems asks for, in order and with repetitions."""
    for operand in operands(expression):
        if "rows" in operand:
            yield operand["rows"]
            yield from conditions.references(operand.get("where"))
        if operand.get("q"):
            yield operand["q"]


def problems(expression: Any, depth: int = 1) -> list[str]:
    """What is wrong with the shape of an expression, as sentences; empty when it can be compiled."""
    if not isinstance(expression, Mapping) or not set(expression) <= {"fn", "of", "unit"}:
        return [_("Расчёт записан неверно")]
    if depth > MAX_DEPTH:
        return [_("Расчёт вложен слишком глубоко: не больше %d уровней") % MAX_DEPTH]
    name, parts, unit = expression.get("fn"), expression.get("of"), expression.get("unit")
    if not isinstance(name, str) or name not in FUNCTIONS:
        return [_("Выберите, что посчитать")]
    least, most = OPERANDS.get(name, (1, MAX_OPERANDS))
    if not isinstance(parts, list) or not least <= len(parts) <= most:
        return [_("Выберите, из чего посчитать")]
    if unit is not None and (name != "date_plus" or unit not in dates.UNITS):
        return [_("Расчёт записан неверно")]
    return [sentence for part in parts for sentence in _operand_problems(part, name, depth)]


def _operand_problems(operand: Any, name: str, depth: int) -> list[str]:
    if not isinstance(operand, Mapping):
        return [_("Расчёт записан неверно")]
    if "fn" in operand:
        return problems(operand, depth + 1)
    if "rows" in operand:
        good = set(operand) <= {"rows", "q", "where"} and _is_key(operand["rows"]) and name in AGGREGATES
        good = good and (_is_key(operand["q"]) if operand.get("q") is not None else name == "count")
        return conditions.problems(operand.get("where")) if good else [_("Выберите, что посчитать по строкам")]
    if set(operand) == {"v"}:
        good = kind(operand["v"]) in {"number", "text"}
    elif "today" in operand:
        count = operand["today"]
        good = set(operand) == {"today"} and is_number(count) and isinstance(count, int)
    else:
        good = set(operand) == {"q"} and _is_key(operand["q"])
    return [] if good else [_("Выберите, из чего посчитать")]


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64
