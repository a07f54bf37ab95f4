"""What a form decides beside its questions: stops, checks across answers, team, topics, urgency, words of the receipt.

Every function takes the answers as stored and decides by those that the journey keeps, so a hidden answer never counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import conditions
from .document import Definition, Step
from .journey import Journey
from .rule import Rule


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that found something wrong: what to say, and at which questions (visible ones of the journey)."""

    rule: Rule
    message: str
    fields: tuple[str, ...]


def stop_for(definition: Definition, answers: Mapping[str, Any], step_key: str) -> Rule | None:
    """The stop that holds once the step is answered, None when the way is free.

    A soft stop is told only after the step that decides it; a hard one stands in the way of every later step too. A
    hard stop comes first. KeyError for an unknown step.
    """
    here = definition.step_numbers[step_key]
    found = []
    for rule in _holding(definition, answers, "stop"):
        due = _due(definition, rule)
        if due == here or (rule.hard and due < here):
            found.append(rule)
    return next((rule for rule in found if rule.hard), found[0] if found else None)


def hard_stop(definition: Definition, answers: Mapping[str, Any]) -> Rule | None:
    """The first hard stop that holds for the whole of the answers: with it nothing may be sent."""
    return next((rule for rule in _holding(definition, answers, "stop") if rule.hard), None)


def failed_checks(
    definition: Definition, answers: Mapping[str, Any], step_key: str | None = None
) -> tuple[FailedCheck, ...]:
    """Checks that fail: those that the step decides, or all of them without a step. KeyError for an unknown step."""
    here = None if step_key is None else definition.step_numbers[step_key]
    if not any(rule.kind == "check" for rule in definition.rules):
        return ()
    journey = Journey(definition, answers)
    kept, visible = journey.kept(), {field.key for step in journey.steps for field in journey.fields(step)}
    return tuple(
        FailedCheck(rule, rule.message, tuple(key for key in rule.fields if key in visible))
        for rule in definition.rules
        if rule.kind == "check" and here in (None, _due(definition, rule)) and rule.holds(kept, journey.world)
    )


def route(definition: Definition, answers: Mapping[str, Any]) -> str | None:
    """The team: of the first routing rule that holds, else the form's own; None when neither names one."""
    return next((rule.team for rule in _holding(definition, answers, "route")), definition.team)


def topics(definition: Definition, answers: Mapping[str, Any]) -> list[str]:
    """The topic labels of every rule that holds, in order, each once."""
    return list(dict.fromkeys(rule.label for rule in _holding(definition, answers, "topic")))


def urgency(definition: Definition, answers: Mapping[str, Any]) -> int:
    """From 0 (as usual) to 3 (at once): of the first rule that holds."""
    return next((rule.level for rule in _holding(definition, answers, "urgency")), 0)


def receipt_text(definition: Definition, answers: Mapping[str, Any]) -> str:
    """What the receipt says: of the first text rule that holds, else the form's own words. Plain text."""
    return next((rule.text for rule in _holding(definition, answers, "text")), definition.receipt)


def due_step(definition: Definition, rule: Rule) -> Step | None:
    """The step after which a stop or a check is decided; None in a form without steps."""
    return definition.steps[_due(definition, rule)] if definition.steps else None


def _holding(definition: Definition, answers: Mapping[str, Any], kind: str) -> Iterator[Rule]:
    concerned = [rule for rule in definition.rules if rule.kind == kind]
    if not concerned:
        return
    journey = Journey(definition, answers)
    kept = journey.kept()
    yield from (rule for rule in concerned if rule.holds(kept, journey.world))


def _due(definition: Definition, rule: Rule) -> int:
    if rule.step in definition.step_numbers:
        return definition.step_numbers[rule.step]
    asked = [*conditions.references(rule.when), *rule.fields]
    numbers = definition.step_numbers_of_fields
    return max((numbers[key] for key in asked if key in numbers), default=len(definition.steps) - 1)
