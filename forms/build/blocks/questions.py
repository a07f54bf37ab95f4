"""One block a field type: at most five settings each, because every field block costs the browser about 24 nodes."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.definitions import fields

from .condition import ConditionBlock

DATE_LIMITS: dict[str, dict[str, Any]] = {
    "any": {},
    "past": {"max": {"today": 0}},
    "future": {"min": {"today": 0}},
}


class OptionBlock(blocks.StructBlock):
    """One answer of a list."""

    text = blocks.CharBlock(label=_("Вариант"), required=False, max_length=200)

    class Meta:
        label = _("Вариант")
        label_format = "{text}"
        icon = "radio-empty"


def _choices() -> tuple[str, blocks.Block]:
    # default=[] on purpose: with any other default every new question would share the ids of its choices.
    block = blocks.ListBlock(
        OptionBlock(), label=_("Варианты ответа"), default=[], help_text=_("Можно менять слова: ответы не потеряются.")
    )
    return "choices", block


def _length() -> tuple[str, blocks.Block]:
    block = blocks.IntegerBlock(
        label=_("Сколько знаков, не больше"), required=False, min_value=1, max_value=fields.texts.MOST_POSSIBLE
    )
    return "max_length", block


def _limits() -> tuple[str, blocks.Block]:
    words = [("any", _("любая")), ("past", _("сегодня или раньше")), ("future", _("сегодня или позже"))]
    return "limits", blocks.ChoiceBlock(choices=words, default="any", label=_("Какая дата подходит"))


SETTINGS: dict[str, Callable[[], tuple[str, blocks.Block]]] = {
    "short_text": _length,
    "long_text": _length,
    "choice": _choices,
    "multiple_choice": _choices,
    "date": _limits,
}


# Consent is asked before sending; the others have no settings here yet, and do not work without.
NOT_OFFERED = frozenset({"consent", "computed", "group", "file"})


class QuestionBlock(blocks.StructBlock):
    """A question of one type; the type is the name of the block in the stream."""

    def __init__(self, field_type: fields.FieldType, **kwargs: Any) -> None:
        setting = SETTINGS.get(field_type.name)
        children = [
            # Not required here: the publish gate names everything that is missing at once, in its own words.
            ("label", blocks.CharBlock(label=_("Вопрос"), required=False, max_length=250)),
            ("hint", blocks.CharBlock(label=_("Подсказка под вопросом"), required=False, max_length=500)),
            ("required", blocks.BooleanBlock(label=_("Обязательный вопрос"), required=False, default=True)),
            *([setting()] if setting else []),
            ("show_if", ConditionBlock()),
        ]
        super().__init__(children, label=field_type.verbose_name, icon=field_type.icon, **kwargs)

    class Meta:
        label_format = "{label}"
        form_classname = "struct-block q-question"


class QuestionsBlock(blocks.StreamBlock):
    """The questions of one step."""

    def __init__(self, **kwargs: Any) -> None:
        children = [
            (field_type.name, QuestionBlock(field_type))
            for field_type in fields.all_types()
            if field_type.name not in NOT_OFFERED
        ]
        super().__init__(children, **kwargs)

    class Meta:
        label = _("Вопросы шага")
        required = False
        collapsed = True
