"""One block a field type: at most five settings in sight, the rest folded, for every block costs the browser nodes."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.definitions import fields

from . import settings
from .condition import ConditionBlock

# Consent is asked before sending.
NOT_OFFERED = frozenset({"consent"})
# A group cannot stand in a row of another, and one application is for one meeting.
NOT_INSIDE = NOT_OFFERED | {"group", "meeting"}
HINTS = {"heading": _("Слова под заголовком")}
LABELS = {"heading": _("Заголовок"), "explanation": _("Заголовок пояснения, если нужен")}


class MoreBlock(blocks.StructBlock):
    """What is seldom needed."""

    def __init__(self, field_type: fields.FieldType, **kwargs: Any) -> None:
        children = [
            *((setting.name, setting.block()) for setting in settings.RARE.get(field_type.name, [])),
            *(_asking() if field_type.is_sent else []),
            ("staff", blocks.BooleanBlock(label=_("Заполняет только сотрудник"), required=False)),
        ]
        super().__init__(children, **kwargs)

    class Meta:
        label = _("Ещё настройки")
        icon = "cog"
        collapsed = True
        # No such setting: the folded line says nothing more, and the outline of the page has the label's words.
        label_format = "{nothing}"


def _asking() -> list[tuple[str, blocks.Block]]:
    needed = ConditionBlock("required", label=_("Когда обязателен"))
    return [(settings.ASK.name, settings.ASK.block()), ("required_if", needed)]


class QuestionBlock(blocks.StructBlock):
    """A question of one type; the type is the name of the block in the stream."""

    def __init__(self, field_type: fields.FieldType, **kwargs: Any) -> None:
        setting, name = settings.VISIBLE.get(field_type.name), field_type.name
        children: list[tuple[str, blocks.Block]] = [
            # Not required here: the publish gate names everything that is missing at once, in its own words.
            ("label", blocks.CharBlock(label=LABELS.get(name, _("Вопрос")), required=False, max_length=250)),
        ]
        if name != "explanation":
            hint = HINTS.get(name, _("Подсказка под вопросом"))
            children.append(("hint", blocks.CharBlock(label=hint, required=False, max_length=500)))
        if field_type.is_sent:
            required = blocks.BooleanBlock(label=_("Обязательный вопрос"), required=False, default=True)
            children.append(("required", required))
        if setting:
            children.append((setting.name, setting.block()))
        if name == "group":
            children.append(("questions", QuestionsBlock(inside=True, label=_("Вопросы каждой записи"))))
        children.append(("show_if", ConditionBlock()))
        if field_type.holds_answer:
            children.append(("more", MoreBlock(field_type)))
        super().__init__(children, label=field_type.verbose_name, icon=field_type.icon, **kwargs)

    class Meta:
        label_format = "{label}"
        form_classname = "struct-block q-question"


@cache
def _question(type_name: str) -> QuestionBlock:
    """One object in a step and in a row: what is the same object goes to the browser once."""
    return QuestionBlock(fields.get(type_name))


class QuestionsBlock(blocks.StreamBlock):
    """The questions of one step, or those `inside` of each row of a group, where some types cannot stand."""

    def __init__(self, inside: bool = False, **kwargs: Any) -> None:
        left_out = NOT_INSIDE if inside else NOT_OFFERED
        children = [(each.name, _question(each.name)) for each in fields.all_types() if each.name not in left_out]
        super().__init__(children, **kwargs)

    class Meta:
        label = _("Вопросы шага")
        required = False
        collapsed = True
