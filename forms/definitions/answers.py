"""Cleaning what people send: one step of the journey, or a whole form at once."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import fields
from .conditions import answered
from .document import Definition, Field, Step
from .journey import Journey

Errors = dict[str, list[str]]
MAX_UNKNOWN = 20


def clean_step(
    definition: Definition, step: Step, answers: Mapping[str, Any], raw: Mapping[str, Any]
) -> tuple[dict[str, Any], Errors]:
    """Clean one step. `raw` holds what the page asked, by key; `answers` what is stored of the whole form.

    Returns the cleaned answers of the step's visible questions and the errors by key. An unanswered question has no
    entry. A question that became visible through an answer on the same page, and so was not on it, is an error that
    says so.
    """
    asked_before = {field.key for field in Journey(definition, answers).fields(step)}
    context = {key: value for key, value in answers.items() if key not in {field.key for field in step.fields}}
    context = Journey(definition, context).kept()
    cleaned: dict[str, Any] = {}
    errors: Errors = {}
    if not step.visible(context):
        return cleaned, errors
    for field in step.fields:
        if not field.visible(context):
            continue
        if field.key not in raw and field.key not in asked_before:
            errors[field.key] = [_("После вашего ответа появился этот вопрос. Ответьте и на него")]
            continue
        _take(field, raw.get(field.key), context, cleaned, errors)
        if field.key in cleaned:
            context[field.key] = cleaned[field.key]
    return cleaned, errors


def clean_all(definition: Definition, raw: Any) -> tuple[dict[str, Any], Errors]:
    """Clean a whole form sent at once (API, quick entry). Hidden questions are dropped, unknown keys are errors."""
    if not isinstance(raw, Mapping):
        return {}, {"answers": [_("Пришлите ответы объектом: ключ вопроса и ответ")]}
    known = {field.key for field in definition.fields}
    unknown = [str(key)[:64] for key in raw if key not in known][:MAX_UNKNOWN]
    errors: Errors = {key: [_("Такого вопроса в форме нет. Уберите этот ответ")] for key in unknown}
    cleaned: dict[str, Any] = {}
    for step in definition.steps:
        if not step.visible(cleaned):
            continue
        for field in step.fields:
            if field.visible(cleaned):
                _take(field, raw.get(field.key), cleaned, cleaned, errors)
    return cleaned, errors


def _take(field: Field, raw: Any, before: Mapping[str, Any], cleaned: dict[str, Any], errors: Errors) -> None:
    try:
        value = fields.get(field.type).clean(field, raw, before)
    except ValidationError as error:
        errors[field.key] = list(error.messages)
    else:
        if answered(value):
            cleaned[field.key] = value
