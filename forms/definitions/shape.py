"""The shape of a condition in JSON: what can be compiled, and what it refers to."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from . import dates
from .numbers import is_number
from .operators import COMPARISONS, OPERATORS, kind

MAX_DEPTH = 10
MAX_LEAVES = 200
MAX_VALUES = 200
GROUPS = ("all", "any", "none")
ROW_OPERATORS = ("any_row", "all_rows", "count_rows")
WITHOUT_VALUE = frozenset({"answered", "empty"})
SCALARS = frozenset({"text", "number", "yes/no"})
AGAINST_OTHERS = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "before", "after", "contains"})


def leaves(condition: Any) -> Iterator[Mapping[str, Any]]:
    """Every leaf of a condition, in order; a leaf over rows is one leaf, those of its `where` are inside."""
    if not isinstance(condition, Mapping):
        return
    if "of" in condition:
        for part in condition["of"] if isinstance(condition["of"], list) else []:
            yield from leaves(part)
    else:
        yield condition


def references(condition: Any) -> Iterator[str]:
    """Every key that a condition without `problems()` asks for, in order and with repetitions."""
    for leaf in leaves(condition):
        if "rows" in leaf:
            yield leaf["rows"]
            yield from references(leaf.get("where"))
        else:
            yield leaf["q"]
            if "q" in leaf.get("to", ()):
                yield leaf["to"]["q"]


def problems(condition: Any, depth: int = 1) -> list[str]:
    """What is wrong with the shape of a condition, as sentences; empty when it can be compiled."""
    if condition is None:
        return []
    if depth > MAX_DEPTH:
        return [_("Условие вложено слишком глубоко: не больше %d уровней") % MAX_DEPTH]
    if not isinstance(condition, Mapping):
        return [_("Условие записано неверно")]
    if "of" in condition:
        found = _group_problems(condition, depth)
    else:
        found = _row_problems(condition, depth) if "rows" in condition else _leaf_problems(condition)
    if depth == 1 and not found and _size(condition) > MAX_LEAVES:
        return [_("В условии больше %d проверок") % MAX_LEAVES]
    return found


def _size(condition: Any) -> int:
    return sum(1 + _size(leaf.get("where")) for leaf in leaves(condition))


def _group_problems(condition: Mapping[str, Any], depth: int) -> list[str]:
    parts = condition["of"]
    if condition.get("op") not in GROUPS or not isinstance(parts, list) or set(condition) != {"op", "of"}:
        return [_("Условие записано неверно")]
    if not parts:
        return [_("Добавьте в условие хотя бы одну проверку")]
    found: list[str] = []
    for part in parts[: MAX_LEAVES + 1]:
        found += problems(part, depth + 1) if part is not None else [_("Условие записано неверно")]
    return found + ([_("В условии больше %d проверок") % MAX_LEAVES] if len(parts) > MAX_LEAVES else [])


def _row_problems(leaf: Mapping[str, Any], depth: int) -> list[str]:
    if not _is_key(leaf["rows"]):
        return [_("Выберите список, от которого зависит показ")]
    op = leaf.get("op")
    if not isinstance(op, str) or op not in ROW_OPERATORS or not set(leaf) <= {"rows", "op", "n", "cmp", "where"}:
        return [_("Выберите, что проверить в строках списка")]
    if op == "count_rows":
        count, compare = leaf.get("n"), leaf.get("cmp", "ge")
        if not _is_whole(count, 1000) or not isinstance(compare, str) or compare not in COMPARISONS:
            return [_("Напишите, сколько строк должно подойти")]
    elif leaf.get("where") is None:
        return [_("Добавьте в условие хотя бы одну проверку")]
    return problems(leaf.get("where"), depth + 1)


def _leaf_problems(leaf: Mapping[str, Any]) -> list[str]:
    op = leaf.get("op")
    if not _is_key(leaf.get("q")):
        return [_("Выберите вопрос, от которого зависит показ")]
    known = isinstance(op, str) and (op in OPERATORS or op in WITHOUT_VALUE)
    if not isinstance(op, str) or not known or not set(leaf) <= {"q", "op", "v", "to"}:
        return [_("Выберите, с чем сравнить ответ")]
    if op in WITHOUT_VALUE:
        return [] if "to" not in leaf else [_("Выберите, с чем сравнить ответ")]
    if "to" in leaf:
        good = "v" not in leaf and op in AGAINST_OTHERS and _is_operand(leaf["to"])
        return [] if good else [_("Выберите, с чем сравнить ответ")]
    return [] if _fits(op, leaf.get("v")) else [_wanted(op)]


def _wanted(op: str) -> str:
    return {
        "in": _("Выберите хотя бы одно значение"),
        "not_in": _("Выберите хотя бы одно значение"),
        "between": _("Напишите обе границы: от и до"),
        "before": _("Напишите дату"),
        "after": _("Напишите дату"),
        "age_at_least": _("Напишите возраст полных лет: от 0 до 150"),
        "age_at_most": _("Напишите возраст полных лет: от 0 до 150"),
    }.get(op, _("Выберите значение, с которым сравнить ответ"))


def _fits(op: str, value: Any) -> bool:
    if op in {"in", "not_in"}:
        return isinstance(value, list) and 0 < len(value) <= MAX_VALUES and all(kind(v) in SCALARS for v in value)
    if op == "between":
        return isinstance(value, list) and [kind(v) for v in value] in (["number"] * 2, ["text"] * 2)
    if op in {"before", "after"}:
        return dates.read(value) is not None
    if op in {"age_at_least", "age_at_most"}:
        return _is_whole(value, 150)
    return kind(value) in ({"text"} if op == "within" else SCALARS)


def _is_operand(to: Any) -> bool:
    if not isinstance(to, Mapping):
        return False
    unit = to.get("unit")
    if unit is not None and unit not in dates.UNITS:
        return False
    if "today" in to:
        return set(to) <= {"today", "unit"} and _is_whole(to["today"], dates.MOST_UNITS, -dates.MOST_UNITS)
    plus = to.get("plus", 0)
    good = is_number(plus) if unit is None else _is_whole(plus, dates.MOST_UNITS, -dates.MOST_UNITS)
    return set(to) <= {"q", "plus", "unit"} and _is_key(to.get("q")) and (good or plus is None)


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64


def _is_whole(value: Any, most: int, least: int = 0) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
