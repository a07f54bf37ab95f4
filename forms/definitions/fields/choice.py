"""One answer from a list."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

LIST_FROM = 12
MOST_CHOICES = 200


class Choice(FieldType):
    """One of `options["choices"]`, a list of `{"key", "label"}`; stores the key. `display`: radio or list."""

    name = "choice"
    verbose_name = gettext_lazy("Выбор одного ответа")
    icon = "radio-full"
    option_names = frozenset({"choices", "display"})
    ask = gettext_lazy("Выберите один ответ")

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        return [(choice["key"], choice["label"]) for choice in field.options.get("choices", ())]

    def parse(self, field: "Field", raw: Any) -> str:
        if not isinstance(raw, str) or raw not in dict(self.choices(field)):
            raise ValidationError(_("Выберите один ответ из списка"), code="choice")
        return raw

    def widget(self, field: "Field") -> forms.Widget:
        choices = self.choices(field)
        style = field.options.get("display") or ("list" if len(choices) > LIST_FROM else "radio")
        if style == "list":
            return forms.Select(choices=[("", _("Выберите")), *choices])
        return forms.RadioSelect(choices=choices)

    def display(self, field: "Field", value: Any) -> str:
        return dict(self.choices(field)).get(value, str(value)) if value else _("не указано")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {
            "type": "string",
            "oneOf": [{"const": key, "title": label} for key, label in self.choices(field)],
        }

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        if field.options.get("display", "radio") not in {"radio", "list"}:
            wrong.append(_("Вид списка: кнопки или выпадающий список"))
        return wrong + choice_errors(field.options.get("choices"))


def choice_errors(choices: Any) -> list[str]:
    """What is wrong with a list of choices; blank and repeated words are errors of the editor, the rest of a file."""
    if not isinstance(choices, list) or not all(_is_choice(choice) for choice in choices):
        return [_("Варианты записаны неверно")]
    wrong = []
    if len(choices) < 2:
        wrong.append(_("Добавьте хотя бы два варианта"))
    if len(choices) > MOST_CHOICES:
        wrong.append(_("Оставьте не больше %d вариантов") % MOST_CHOICES)
    labels = [" ".join(choice["label"].split()).casefold() for choice in choices]
    if "" in labels:
        wrong.append(_("Подпишите каждый вариант"))
    if repeated := sorted({label for label in labels if label and labels.count(label) > 1}):
        wrong.append(_("Варианты повторяются: %s") % ", ".join(repeated[:5]))
    if len({choice["key"] for choice in choices}) < len(choices):
        wrong.append(_("Ключи вариантов повторяются"))
    return wrong


def _is_choice(choice: Any) -> bool:
    return isinstance(choice, dict) and all(isinstance(choice.get(name), str) for name in ("key", "label"))
