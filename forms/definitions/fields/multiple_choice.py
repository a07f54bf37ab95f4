"""Several answers from a list."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choice import Choice

if TYPE_CHECKING:
    from forms.definitions.document import Field


class MultipleChoice(Choice):
    """Any of `options["choices"]`; stores the keys in the order of the list."""

    name = "multiple_choice"
    verbose_name = gettext_lazy("Выбор нескольких ответов")
    icon = "tasks"
    option_names = frozenset({"choices"})
    ask = gettext_lazy("Отметьте хотя бы один ответ")

    def parse(self, field: "Field", raw: Any) -> list[str]:  # type: ignore[override]
        chosen = [raw] if isinstance(raw, str) else raw
        known = dict(self.choices(field))
        if not isinstance(chosen, list | tuple) or len(chosen) > 1000:
            raise ValidationError(_("Отметьте ответы из списка"), code="choice")
        if not all(isinstance(key, str) and key in known for key in chosen):
            raise ValidationError(_("Отметьте ответы из списка"), code="choice")
        return [key for key in known if key in chosen]

    def widget(self, field: "Field") -> forms.Widget:
        return forms.CheckboxSelectMultiple(choices=self.choices(field))

    def display(self, field: "Field", value: Any) -> str:
        return ", ".join(self.display_list(field, value)) if value else _("не указано")

    def display_list(self, field: "Field", value: Any) -> list[str]:
        known = dict(self.choices(field))
        return [known.get(key, str(key)) for key in value or ()]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        schema = {"type": "array", "items": super().json_schema(field), "uniqueItems": True}
        return schema | ({"minItems": 1} if field.required else {})
