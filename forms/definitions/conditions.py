"""Conditions: nested all / any / none over leaves «question, operator, value», compiled once to closures.

Operators are total and typed by `kind()`, so the same JSON gives the same result in every language: values of different
kinds are never equal and nothing raises. A question without an answer is absent, and every operator on it is false.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

Answers = Mapping[str, Any]
Test = Callable[[Answers], bool]

MAX_DEPTH = 8
MAX_LEAVES = 200


def kind(value: Any) -> str:
    """The JSON kind of a value: number, text, yes/no, list, object or none."""
    if isinstance(value, bool):
        return "yes/no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, list | tuple):
        return "list"
    return "object" if isinstance(value, Mapping) else "none"


def answered(answer: Any, _value: Any = None) -> bool:
    """True when something was answered; blank text, an empty list and an object of blanks are no answer."""
    if isinstance(answer, Mapping):
        return any(answered(part) for part in answer.values())
    return answer is not None and answer not in ("", [], ())


def equal(answer: Any, value: Any) -> bool:
    """True for the same value of the same kind."""
    return kind(answer) == kind(value) and answer == value


def contains(answer: Any, value: Any) -> bool:
    """True when the answer is a list that holds the value."""
    return isinstance(answer, list | tuple) and any(equal(item, value) for item in answer)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"eq": equal, "contains": contains, "answered": answered}
WITHOUT_VALUE = frozenset({"answered"})
GROUPS = ("all", "any", "none")


def compile_condition(condition: Mapping[str, Any] | None) -> Test:
    """A closure `f(answers) -> bool`; no condition is always true. Expects a condition without `problems()`."""
    if condition is None:
        return lambda answers: True
    if "of" in condition:
        return _compile_group(condition["op"], tuple(compile_condition(part) for part in condition["of"]))
    key, value, operator = condition["q"], condition.get("v"), OPERATORS[condition["op"]]
    return lambda answers: key in answers and operator(answers[key], value)


def _compile_group(op: str, tests: tuple[Test, ...]) -> Test:
    if op == "all":
        return lambda answers: all(test(answers) for test in tests)
    if op == "any":
        return lambda answers: any(test(answers) for test in tests)
    return lambda answers: not any(test(answers) for test in tests)


def leaves(condition: Any) -> Iterator[Mapping[str, Any]]:
    """Every leaf of a condition, in order."""
    if not isinstance(condition, Mapping):
        return
    if "of" in condition:
        for part in condition["of"] if isinstance(condition["of"], list) else []:
            yield from leaves(part)
    else:
        yield condition


def problems(condition: Any, depth: int = 1) -> list[str]:
    """What is wrong with the shape of a condition, as sentences; empty when it can be compiled."""
    if condition is None:
        return []
    if depth > MAX_DEPTH:
        return [_("Условие вложено слишком глубоко: не больше %d уровней") % MAX_DEPTH]
    if not isinstance(condition, Mapping):
        return [_("Условие записано неверно")]
    found = _group_problems(condition, depth) if "of" in condition else _leaf_problems(condition)
    if depth == 1 and not found and sum(1 for _leaf in leaves(condition)) > MAX_LEAVES:
        return [_("В условии больше %d проверок") % MAX_LEAVES]
    return found


def _group_problems(condition: Mapping[str, Any], depth: int) -> list[str]:
    parts = condition["of"]
    if condition.get("op") not in GROUPS or not isinstance(parts, list) or set(condition) != {"op", "of"}:
        return [_("Условие записано неверно")]
    if not parts:
        return [_("Добавьте в условие хотя бы одну проверку")]
    return [problem for part in parts for problem in (problems(part, depth + 1) or _missing(part))]


def _missing(part: Any) -> list[str]:
    return [_("Условие записано неверно")] if part is None else []


def _leaf_problems(condition: Mapping[str, Any]) -> list[str]:
    key, op, value = condition.get("q"), condition.get("op"), condition.get("v")
    if not isinstance(key, str) or not key:
        return [_("Выберите вопрос, от которого зависит показ")]
    if not isinstance(op, str) or op not in OPERATORS or not set(condition) <= {"q", "op", "v"}:
        return [_("Выберите, с чем сравнить ответ")]
    if op not in WITHOUT_VALUE and kind(value) not in {"text", "number", "yes/no"}:
        return [_("Выберите значение, с которым сравнить ответ")]
    return []
