"""What portal/static/portal/conditions.js needs to show and hide the questions of one step, as JSON."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from services import territories

from . import expressions, following
from . import fields as field_types
from .conditions import leaves, references
from .document import Definition
from .journey import Journey
from .question import Field, Step

REMEMBERED = 1000
_live: dict[int, tuple[Step, bool]] = {}


def page_rules(
    definition: Definition, step: Step, journey: Journey, *, also: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """`{"today", "territories", "answers", "fields", "later", "spoken"}`: the world, earlier answers asked for, rules.

    `walk(fields, answers + what is typed, {today, territories})` tells of each question whether it is shown and
    required, and of each row the same. `later` are the following steps, as far as their showing depends on answers.
    With `spoken` (how answers are said) there is more that follows them: see following.py.
    Blank when nothing on this page and no later step depends on anything. `also`: conditions that the page itself asks
    about, beside those of its questions.
    """
    questions = _asked_of_applicant(step)
    later = _later(definition, step)
    told = following.has_words(step, following.own_keys(step))
    if not (later or is_live(step) or also or told):
        return {}
    concerned = [*questions, *(field for following in later for field in _asked_of_applicant(following))]
    everything = [each for field in concerned for each in (field, *field.fields)]
    conditions = [condition for each in everything for condition in _conditions(each)]
    conditions += [condition for each in everything for condition in following.cuts(each)]
    conditions += [*also, *(each.show_if for each in later if each.show_if)]
    asked = {key for each in everything for key in _asked(each)} | {key for c in conditions for key in references(c)}
    kept = journey.kept()
    own = {field.key for field in questions}
    rules = {
        "today": journey.world.today.isoformat(),
        "territories": {code: sorted(territories.descendants(code)) for code in sorted(set(_codes(conditions)))},
        "answers": {key: kept[key] for key in kept if key in asked and key not in own},
        "fields": [_rules(field) for field in questions],
    }
    own_too = following.own_keys(step)
    if told or any(following.follows(each, own_too) for field in questions for each in (field, *field.fields)):
        rules["fields"] = [_following(field, step, definition, kept) for field in questions]
        rules |= {"spoken": following.spoken(definition, step), "blank": following.BLANK_ROW}
    return rules | ({"later": [_step_rules(following, asked) for following in later]} if later else {})


def depends(field: Field, own: Collection[str] = ()) -> bool:
    """Whether an answer may show or hide it, make it required or change what it computes; or one of `own`, answers on
    the same page, its words, choices, rows or limits."""
    return bool(
        field.show_if or field.required_if or field.type == "computed" or (own and following.follows(field, own))
    )


def is_live(step: Step) -> bool:
    """Whether anything on the step's page depends on answers; worked out once for each step in a process."""
    known, answer = _live.get(id(step), (None, False))
    if known is not step:
        if len(_live) >= REMEMBERED:
            _live.clear()
        own = following.own_keys(step)
        answer = any(depends(each, own) for field in _asked_of_applicant(step) for each in (field, *field.fields))
        _live[id(step)] = step, answer
    return answer


def _asked_of_applicant(step: Step) -> list[Field]:
    return [field for field in step.fields if not field.staff]


def _later(definition: Definition, step: Step) -> tuple[Step, ...]:
    """The following steps if any of them may be left out."""
    following = definition.steps[definition.step_numbers[step.key] + 1 :]
    return following if any(each.show_if or not _is_sure(each) for each in following) else ()


def _is_sure(step: Step) -> bool:
    """Whether there is always a question to show, once the step itself is shown."""
    return any(
        field.show_if is None and (field.type != "computed" or field.options.get("shown"))
        for field in _asked_of_applicant(step)
    )


def _step_rules(step: Step, asked: Collection[str]) -> dict[str, Any]:
    """What decides on a later step, and on those of its questions that later ones ask about."""
    sure = _is_sure(step)
    fields = [field for field in _asked_of_applicant(step) if not sure or field.key in asked]
    rules: dict[str, Any] = {"sure": True} if sure else {}
    rules |= {"show_if": step.show_if} if step.show_if else {}
    return rules | ({"fields": [_rules(field) for field in fields]} if fields else {})


def _rules(field: Field) -> dict[str, Any]:
    rules: dict[str, Any] = {"key": field.key, "type": field.type, "required": field.required and field.is_sent}
    rules |= {name: value for name in ("show_if", "required_if") if (value := getattr(field, name))}
    options = field.options
    if field.type == "computed":
        rules |= {"expr": options["expr"], "shown": bool(options.get("shown"))}
        rules |= {"unit": options["unit"]} if options.get("unit") else {}
    if options.get("partial"):
        rules["partial"] = True
    if options.get("rows_from"):
        rules["all_rows"] = True
    if field.type == "file" and (papers := field_types.get("file").papers(field)):  # type: ignore[attr-defined]
        rules["papers"] = [key for key, _label in papers]
    if field.fields:
        rules["fields"] = [_rules(inner) for inner in field.fields if not inner.staff]
    return rules


def _following(field: Field, step: Step, definition: Definition, kept: Mapping[str, Any]) -> dict[str, Any]:
    more = following.rules(field, following.own_keys(step), definition, kept)
    inner = [_following(each, step, definition, kept) for each in field.fields if not each.staff]
    return _rules(field) | more | ({"fields": inner} if inner else {})


def _conditions(field: Field) -> Iterator[Any]:
    yield from (condition for condition in (field.show_if, field.required_if) if condition)
    if field.type == "computed":
        for operand in expressions.operands(field.options["expr"]):
            if operand.get("where"):
                yield operand["where"]


def _asked(field: Field) -> Iterator[str]:
    for condition in _conditions(field):
        yield from references(condition)
    if field.type == "computed":
        yield from expressions.references(field.options["expr"])


def _codes(conditions: Iterable[Any]) -> Iterator[str]:
    for condition in conditions:
        for leaf in leaves(condition):
            if leaf["op"] == "within":
                yield leaf["v"]
            elif leaf.get("where"):
                yield from _codes([leaf["where"]])
