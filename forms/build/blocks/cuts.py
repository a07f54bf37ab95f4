"""Choices that depend on earlier answers: offered under a condition, or drawn from rows entered before."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.telepath import register

from . import sentences
from .condition_words import PURPOSES
from .picker import PickerAdapter, PickerBlock, PickerInput
from .reference import QuestionReference
from .setting import Options, Setting, ToIds, ToKeys


class CutsInput(PickerInput):
    """The picker of the conditions of choices."""


class CutsBlock(PickerBlock):
    """None, or `{choice id: condition}`."""

    widget = CutsInput(PURPOSES["cuts"])

    def render_basic(self, value: Any, context: Any = None) -> str:
        told = [
            sentences.condition(condition) or _("есть условие") for condition in (value or {}).values() if condition
        ]
        return "; ".join(told) or str(PURPOSES["cuts"]["always"])

    class Meta:
        icon = "view"
        label = gettext_lazy("Какие варианты когда показать")


register(PickerAdapter("forms.build.CutsInput"), CutsInput)


def cuts() -> Setting:
    """The option `choices_if`; the condition of a deleted choice goes with it."""

    def write(value: Any, keys: ToKeys) -> Options:
        found = {
            keys.of("c", identity): compiled
            for identity, condition in (value or {}).items()
            if identity in keys.choices and (compiled := keys.condition(condition))
        }
        return {"choices_if": found} if found else {}

    def read(options: Options, ids: ToIds, owner: str) -> Any:
        found = options.pop("choices_if", None) or {}
        return {ids.of(key, owner): ids.condition(condition) for key, condition in found.items()} or None

    return Setting("choices_if", CutsBlock, write, read)


def from_rows() -> Setting:
    """The option `choices_from_rows`: the question inside of rows whose answers name the choices."""
    label = gettext_lazy("Или варианты из записей списка: чем назвать запись")

    def write(value: Any, keys: ToKeys) -> Options:
        if not value:
            return {}
        return {"choices_from_rows": {"group": keys.group_of(value), "label": keys.question(value)}}

    def read(options: Options, ids: ToIds, _owner: str) -> Any:
        source = options.pop("choices_from_rows", None)
        return ids.of(source["label"]) if source else ""

    types = ("short_text", "full_name", "choice", "whole_number")
    return Setting("choices_from_rows", lambda: QuestionReference(types, rows=True, label=label), write, read)
