"""What an answer can be compared by. Every operator is total and typed by `kind()`.

The same table stands in portal/static/portal/conditions.js; tests/forms/definitions/cases.json keeps the two equal. An
unanswered question is absent: every operator on it is false but `empty`. A sum of money is text and counts as the
number that it is wherever the other side is a number or a sum too.
"""

from collections.abc import Callable, Mapping
from typing import Any

from . import dates
from .numbers import is_number, number_of
from .world import World

Operator = Callable[[Any, Any, World], bool]
# Only letters that both languages fold alike.
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_FOLD = str.maketrans(_UPPER, _UPPER.lower())


def kind(value: Any) -> str:
    """The JSON kind of a value: number, text, yes/no, list, object or none."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "yes/no"
    if isinstance(value, int | float):
        return "number" if is_number(value) else "none"
    if isinstance(value, list | tuple):
        return "list"
    return "object" if isinstance(value, Mapping) else "none"


def answered(answer: Any, _value: Any = None, _world: World | None = None) -> bool:
    """True when something was answered; blank text, an empty list and an object of blanks are no answer."""
    if isinstance(answer, str):
        return answer != ""
    if isinstance(answer, Mapping):
        return any(answered(part) for part in answer.values())
    return answer is not None and answer not in ([], ())


def plain(answer: Any) -> Any:
    """What is compared of an answer with parts: the choice of «другое», the birthday behind an age."""
    if not isinstance(answer, Mapping):
        return answer
    if isinstance(answer.get("choice"), str):
        return answer["choice"]
    on, years = dates.read(answer.get("on")), answer.get("age")
    # JSON knows one kind of number: for the browser 47.0 years are 47.
    years = int(years) if isinstance(years, float) and years.is_integer() else years
    if on is None or not isinstance(years, int) or isinstance(years, bool):
        return answer
    born = dates.shift(on, -years, "years")
    return born.isoformat() if born else answer


def _alike(answer: Any, value: Any) -> tuple[Any, Any]:
    """Both as numbers where a sum of money meets a number or another sum."""
    if isinstance(answer, str) or isinstance(value, str):
        left, right = number_of(answer), number_of(value)
        if left is not None and right is not None:
            return left, right
    return answer, value


def equal(answer: Any, value: Any, _world: World | None = None) -> bool:
    """True for the same text, number or yes/no; lists and objects are never equal."""
    answer, value = _alike(answer, value)
    same = kind(answer)
    return same in {"text", "number", "yes/no"} and same == kind(value) and answer == value


def different(answer: Any, value: Any, _world: World | None = None) -> bool:
    """True for an answer that is not the value."""
    return not equal(answer, value)


def one_of(answer: Any, value: Any, _world: World | None = None) -> bool:
    """True when the answer, or one of several answers, is among the values."""
    given = answer if isinstance(answer, list | tuple) else [answer]
    return isinstance(value, list | tuple) and any(equal(item, wanted) for item in given for wanted in value)


def none_of(answer: Any, value: Any, world: World | None = None) -> bool:
    """True when something was answered and none of the values."""
    return not one_of(answer, value, world)


def contains(answer: Any, value: Any, _world: World | None = None) -> bool:
    """True when one of several answers is the value, or the text holds it in any case of letters."""
    if isinstance(answer, str) and isinstance(value, str):
        return value.translate(_FOLD) in answer.translate(_FOLD)
    return isinstance(answer, list | tuple) and any(equal(item, value) for item in answer)


def _ordered(compare: Callable[[Any, Any], bool]) -> Operator:
    def operator(answer: Any, value: Any, _world: World | None = None) -> bool:
        answer, value = _alike(answer, value)
        same = kind(answer)
        return same in {"number", "text"} and same == kind(value) and compare(answer, value)

    return operator


less, less_or_equal = _ordered(lambda a, b: a < b), _ordered(lambda a, b: a <= b)
greater, greater_or_equal = _ordered(lambda a, b: a > b), _ordered(lambda a, b: a >= b)


def between(answer: Any, value: Any, world: World) -> bool:
    """True from the first bound to the second, both included."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    return greater_or_equal(answer, value[0], world) and less_or_equal(answer, value[1], world)


def before(answer: Any, value: Any, _world: World | None = None) -> bool:
    """True for an earlier date."""
    left, right = dates.read(answer), dates.read(value)
    return left is not None and right is not None and left < right


def after(answer: Any, value: Any, world: World | None = None) -> bool:
    """True for a later date."""
    return before(value, answer, world)


def age_at_least(answer: Any, value: Any, world: World) -> bool:
    """True when somebody born on the answer is `value` full years old today, or older."""
    born = dates.read(answer)
    years = dates.age(born, world.today) if born else None
    return years is not None and greater_or_equal(years, value, world)


def age_at_most(answer: Any, value: Any, world: World) -> bool:
    """True when somebody born on the answer is today at most `value` full years old; false before birth."""
    born = dates.read(answer)
    years = dates.age(born, world.today) if born else None
    return years is not None and less_or_equal(years, value, world)


def within(answer: Any, value: Any, world: World) -> bool:
    """True for the code of the territory itself or of one that lies in it."""
    return isinstance(answer, str) and isinstance(value, str) and world.within(answer, value)


OPERATORS: dict[str, Operator] = {
    "eq": equal,
    "ne": different,
    "in": one_of,
    "not_in": none_of,
    "contains": contains,
    "answered": answered,
    "lt": less,
    "le": less_or_equal,
    "gt": greater,
    "ge": greater_or_equal,
    "between": between,
    "before": before,
    "after": after,
    "age_at_least": age_at_least,
    "age_at_most": age_at_most,
    "within": within,
}
COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
