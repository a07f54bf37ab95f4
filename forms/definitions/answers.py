"""Cleaning what people send: one step of the journey, or a whole form at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .conditions import answered
from .document import Definition, Field, Step
from .fields import rows
from .journey import Journey
from .world import World

Errors = dict[str, list[str]]
MAX_UNKNOWN = 20


def clean_step(
    definition: Definition, step: Step, answers: Mapping[str, Any], raw: Mapping[str, Any]
) -> tuple[dict[str, Any], Errors]:
    """Clean one step. `raw` holds what the page asked, by key; `answers` what is stored of the whole form.

    Returns the cleaned answers of the step's visible questions and the errors by key. An unanswered question has no
    entry. A question that became visible through an answer on the same page, and so was not on it, is an error that
    says so. Of a repeating group the rows are a list or an object by row id; an error in a row is named
    `qGROUP.<row id>.qFIELD` (`fields.rows.address`).
    """
    before = Journey(definition, answers)
    asked_before = {field.key for field in before.fields(step)}
    own = {field.key for field in step.fields}
    context = Journey(definition, {key: value for key, value in answers.items() if key not in own}, before.world).kept()
    for key in own:
        context.pop(key, None)
    cleaned: dict[str, Any] = {}
    errors: Errors = {}
    if not step.visible(context, before.world):
        return cleaned, errors
    for field in step.fields:
        if field.staff or not field.visible(context, before.world):
            continue
        if field.is_sent and field.key not in raw and field.key not in asked_before:
            errors[field.key] = [_("После вашего ответа появился этот вопрос. Ответьте и на него")]
            continue
        asked = {row.id: {question.key for question in row.fields} for row in before.rows(field.key)}
        value = _answer(field, raw.get(field.key), context, before.world, errors, asked=asked)
        if answered(value):
            context[field.key] = value
            if field.is_sent:
                cleaned[field.key] = value
    return cleaned, errors


def clean_all(definition: Definition, raw: Any) -> tuple[dict[str, Any], Errors]:
    """Clean a whole form sent at once (API, quick entry). Hidden questions are dropped, unknown keys are errors.

    Computed answers are added; what is sent for them is ignored.
    """
    if not isinstance(raw, Mapping):
        return {}, {"answers": [_("Пришлите ответы объектом: ключ вопроса и ответ")]}
    known = {field.key for field in definition.fields if not field.staff}
    unknown = [str(key)[:64] for key in raw if key not in known][:MAX_UNKNOWN]
    errors: Errors = {key: [_("Такого вопроса в форме нет. Уберите этот ответ")] for key in unknown}
    cleaned: dict[str, Any] = {}
    world = World()
    for step in definition.steps:
        if not step.visible(cleaned, world):
            continue
        for field in step.fields:
            if not field.staff and field.visible(cleaned, world):
                value = _answer(field, raw.get(field.key), cleaned, world, errors)
                if answered(value):
                    cleaned[field.key] = value
    return cleaned, errors


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of new answers to a few questions: all `answers` as stored with them in, what is wrong, and which
    questions were open: those asked and those that appeared because of the new answers."""

    answers: dict[str, Any]
    errors: Errors
    opened: tuple[str, ...]


def clean_only(
    definition: Definition,
    keys: Collection[str],
    answers: Mapping[str, Any],
    raw: Mapping[str, Any],
    world: World | None = None,
) -> Corrected:
    """Take new answers to these questions alone; all others stay as they are, whatever `raw` holds for them.

    A question that the new answers make appear is open too and must be answered. One that is hidden now loses its
    answer when the caller keeps what a Journey keeps. Pass the `world` of the day the form was sent: conditions then
    hold as they did.
    """
    before = Journey(definition, answers, world)
    seen = {field.key for step in before.steps for field in before.fields(step)}
    changed, errors, opened = dict(answers), Errors(), list[str]()
    journey = before
    for step in definition.steps:
        for field in step.fields:
            if not field.is_sent or field.staff or (field.key in seen and field.key not in keys):
                continue
            if all(shown.key != field.key for shown in journey.fields(step)):
                continue
            opened.append(field.key)
            if field.key not in seen and field.key not in raw:
                errors[field.key] = [_("После вашего ответа появился этот вопрос. Ответьте и на него")]
                continue
            asked = {row.id: {question.key for question in row.fields} for row in before.rows(field.key)}
            value = _answer(field, raw.get(field.key), journey.kept(), before.world, errors, asked=asked)
            changed.pop(field.key, None)
            if answered(value):
                changed[field.key] = value
            journey = Journey(definition, changed, before.world)
    return Corrected(changed, errors, tuple(opened))


def _answer(
    field: Field,
    raw: Any,
    before: Mapping[str, Any],
    world: World,
    errors: Errors,
    *,
    asked: Mapping[str, Collection[str]] | None = None,
) -> Any:
    """One answer; None, and perhaps an entry in `errors`, when there is none. `asked` is None for a whole form."""
    if field.type == "computed":
        return field.compute(before, world)
    if field.type != "group":
        return rows.take(field, raw, before, world, errors)
    cleaned, wrong = rows.clean(field.needed(before, world), raw, before, world, asked, strict=asked is None)
    errors |= dict(list(wrong.items())[:200])
    return cleaned
