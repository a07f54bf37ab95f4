"""Whether a condition can be true, and can be false: by trying one answer of every sort that it tells apart.

For each question that the condition asks about, directly or through the conditions that show that question, the
samples stand for all answers that its comparisons can distinguish. What cannot be told apart so (another answer, rows,
pieces of text) is either way. So «never» and «always» are certain, and a silence is no promise.
"""

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from . import conditions, dates
from .comparisons import AGES, EITHER, fixed_choices, value_kind
from .document import Definition
from .question import Field
from .world import World

MOST_FIELDS = 8
MOST_TRIED = 3000
MOST_TICKS = 6
TODAY = datetime.date(2026, 11, 22)
OTHER = "\uffff"
ABSENT = object()
Condition = Mapping[str, Any] | None


class _Undecided(Exception):
    """Samples cannot stand for all answers."""


@dataclass
class _Space:
    """The questions to try, in document order, and the rewritten conditions."""

    definition: Definition
    samples: dict[str, list[Any]] = field(default_factory=dict)
    leaves: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    shown: dict[str, Condition] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)
    tried: int = 0


def verdict(condition: Mapping[str, Any], definition: Definition, given: Condition = None) -> str | None:
    """«never» or «always» when the condition certainly is so while `given` holds, else None.

    Both without `problems()`; they refer to earlier questions only. Also None when `given` itself never holds.
    """
    try:
        return _verdict(condition, definition, given)
    except _Undecided:
        return None


def _verdict(condition: Mapping[str, Any], definition: Definition, given: Condition) -> str | None:
    space = _Space(definition)
    wanted = _rewritten(condition, space)
    assumed = _rewritten(given, space) if given else None
    _close(space)
    order = [key for each in definition.all_fields if (key := each.key) in space.leaves]
    for key in order:
        space.samples[key] = _samples(definition, key, space.leaves[key])
    space.samples |= {name: [True, ABSENT] for name in space.free.values()}
    tests = {key: conditions.compile_inner(shown) for key, shown in space.shown.items()}
    question, assumption = conditions.compile_inner(wanted), conditions.compile_inner(assumed)
    world, seen = World(TODAY, lambda code: ()), set()
    for answers in _assignments(space, [*space.free.values(), *order], tests, world):
        if assumption(answers, world):
            seen.add(question(answers, world))
        if len(seen) == 2:
            return None
    if space.tried > MOST_TRIED or not seen:
        return None
    return "always" if True in seen else "never"


def _rewritten(condition: Any, space: _Space) -> Any:
    """The condition with a free variable in place of each leaf that samples cannot decide."""
    if "of" in condition:
        return {"op": condition["op"], "of": [_rewritten(part, space) for part in condition["of"]]}
    if not _is_decidable(condition, space):
        name = space.free.setdefault(json.dumps(condition, sort_keys=True, default=str), f"?{len(space.free)}")
        return {"q": name, "op": "answered"}
    space.leaves.setdefault(condition["q"], []).append(condition)
    return condition


def _is_decidable(leaf: Mapping[str, Any], space: _Space) -> bool:
    key = leaf.get("q")
    if key is None or "q" in leaf.get("to", ()) or leaf["op"] == "within":
        return False
    try:
        asked = space.definition.field(key)
    except KeyError:
        return False
    kind = value_kind(asked)
    if kind in {"any", "none"} or (kind == "text" and leaf["op"] == "contains") or asked.staff:
        return leaf["op"] in {"answered", "empty"} and kind != "none"
    return key in space.leaves or len(space.leaves) < MOST_FIELDS


def _close(space: _Space) -> None:
    """Add the questions that decide whether those asked about are seen, as far as there is room."""
    waiting = list(space.leaves)
    while waiting:
        key = waiting.pop(0)
        step, asked = space.definition.step_of(key), space.definition.field(key)
        group = space.definition.group_of(key)
        parts = [part for part in (step.show_if, group.show_if if group else None, asked.show_if) if part]
        if parts:
            before = set(space.leaves)
            space.shown[key] = _rewritten({"op": "all", "of": parts}, space)
            waiting += [each for each in space.leaves if each not in before]


def _assignments(
    space: _Space, order: list[str], tests: Mapping[str, conditions.Inner], world: World
) -> Iterator[dict[str, Any]]:
    def grow(place: int, answers: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if space.tried > MOST_TRIED:
            return
        if place == len(order):
            space.tried += 1
            yield answers
            return
        key = order[place]
        hidden = key in tests and not tests[key](answers, world)
        for value in [ABSENT] if hidden else space.samples[key]:
            yield from grow(place + 1, answers if value is ABSENT else answers | {key: value})

    yield from grow(0, {})


def _samples(definition: Definition, key: str, asked: list[Mapping[str, Any]]) -> list[Any]:
    question = definition.field(key)
    relative = {"to" in leaf or leaf["op"] in AGES for leaf in asked if leaf["op"] not in EITHER}
    if len(relative) > 1:
        # Whether a fixed date is before or after today changes with time.
        raise _Undecided
    constants = [value for leaf in asked for value in _constants(leaf)]
    found = _of_kind(question, constants)
    certain = question.required and question.is_sent and definition.group_of(key) is None
    # The list of such a question may run empty, and then it is not asked.
    depends = bool({"choices_if", "choices_from_rows"} & question.options.keys())
    return found if certain and not depends else [*found, ABSENT]


def _constants(leaf: Mapping[str, Any]) -> Iterator[Any]:
    if "to" in leaf:
        moved = dates.shift(TODAY, leaf["to"]["today"], leaf["to"].get("unit") or "days")
        if moved:
            yield moved.isoformat()
    elif leaf["op"] in AGES:
        for years in (leaf["v"], leaf["v"] + 1):
            born = dates.shift(TODAY, -years, "years")
            if born:
                yield born.isoformat()
    elif "v" in leaf:
        yield from leaf["v"] if isinstance(leaf["v"], list) else [leaf["v"]]


def _of_kind(question: Field, constants: list[Any]) -> list[Any]:
    kind = value_kind(question)
    if kind == "yes_no":
        return [True, False]
    if kind == "number":
        known = sorted({value for value in constants if not isinstance(value, str | bool)})
        return _numbers(known, question.type == "whole_number")
    if kind in {"date", "time"}:
        return _dates(question, constants) if kind == "date" else _texts(constants)
    choices = fixed_choices(question)
    listed = (
        [key for key in choices if key in constants] + [key for key in choices if key not in constants][:1]
        if (choices)
        else [*dict.fromkeys(value for value in constants if isinstance(value, str)), OTHER]
    )
    if kind == "several":
        return _subsets(listed)
    return listed


def _numbers(constants: list[Any], whole: bool) -> list[Any]:
    if not constants:
        return [0]
    if whole:
        return sorted({int(value) + move for value in constants for move in (-1, 0, 1)})
    between = [(low + high) / 2 for low, high in pairwise(constants)]
    return sorted({constants[0] - 1, *constants, *between, constants[-1] + 1})


def _dates(question: Field, constants: list[Any]) -> list[Any]:
    days = [day for value in constants if (day := dates.read(value))]
    around = {day + datetime.timedelta(days=move) for day in days for move in (-1, 0, 1)} | {TODAY}
    texts = [day.isoformat() for day in sorted(around)]
    if {"partial", "precision"} & question.options.keys():
        texts += sorted({text[:size] for text in texts for size in (7, 4)})
    return texts


def _texts(constants: list[Any]) -> list[Any]:
    found = sorted({value for value in constants if isinstance(value, str)})
    # Just after each, and before them all.
    return ["!", *(each for value in found for each in (value, value + "!"))]


def _subsets(values: list[Any]) -> list[Any]:
    if len(values) > MOST_TICKS:
        raise _Undecided
    return [list(chosen) for size in range(1, len(values) + 1) for chosen in combinations(values, size)]
