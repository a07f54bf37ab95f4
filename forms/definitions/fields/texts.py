"""Short and long text."""

from typing import TYPE_CHECKING, Any, TypeGuard

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType
from .presets import PRESETS, Preset

if TYPE_CHECKING:
    from forms.definitions.document import Field

SHORT_MOST = 200
LONG_MOST = 3000
MOST_POSSIBLE = 10_000


class ShortText(FieldType):
    """One line. Options `min_length` and `max_length`, in characters, and `preset`: a name from `PRESETS`."""

    name = "short_text"
    verbose_name = gettext_lazy("Короткий текст")
    option_names = frozenset({"min_length", "max_length", "preset"})
    ask = gettext_lazy("Напишите ответ")
    default_length = SHORT_MOST

    def most(self, field: "Field") -> int:
        """The longest answer, in characters."""
        value = field.options.get("max_length")
        return value if _is_length(value) else self.default_length

    def least(self, field: "Field") -> int:
        """The shortest answer, in characters."""
        value = field.options.get("min_length")
        return value if _is_length(value) else 0

    def parse(self, field: "Field", raw: Any) -> str | None:
        text = self.normal(raw, self.most(field))
        if not text:
            if field.required:
                raise ValidationError(self.ask_for(field), code="required")
            return None
        if preset := preset_of(field):
            text = preset.normal(text)
            if not preset.fits(text):
                raise ValidationError(str(preset.sentence), code="preset")
        if len(text) < self.least(field):
            sentence = _("Напишите подробнее: хотя бы %(least)d знаков, сейчас %(now)d")
            raise ValidationError(sentence % {"least": self.least(field), "now": len(text)}, code="short")
        return text

    def normal(self, raw: Any, most: int) -> str:
        """The text as stored."""
        return cleaning.line(raw, most)

    def widget(self, field: "Field") -> forms.Widget:
        preset = preset_of(field)
        return forms.TextInput(attrs={"maxlength": self.most(field)} | (preset.attrs if preset else {}))

    def json_schema(self, field: "Field") -> dict[str, Any]:
        least = self.least(field) or (1 if field.required else 0)
        schema = {"type": "string", "maxLength": self.most(field)} | ({"minLength": least} if least else {})
        preset = preset_of(field)
        return schema | ({"pattern": f"^(?:{preset.pattern})$"} if preset else {})

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        values = [field.options.get(name, default) for name, default in (("min_length", 1), ("max_length", None))]
        if not all(value is None or _is_length(value) for value in values):
            wrong.append(_("Длина ответа: целое число от 1 до %d") % MOST_POSSIBLE)
        elif self.least(field) > self.most(field):
            wrong.append(_("Наименьшая длина ответа больше наибольшей"))
        preset = field.options.get("preset")
        if preset and not (isinstance(preset, str) and preset in PRESETS and "preset" in self.option_names):
            wrong.append(_("Такой проверки текста нет. Выберите из списка"))
        return wrong


class LongText(ShortText):
    """Several lines, counted under the field as they are typed."""

    name = "long_text"
    verbose_name = gettext_lazy("Длинный текст")
    icon = "doc-full"
    option_names = frozenset({"min_length", "max_length"})
    ask = gettext_lazy("Напишите ответ своими словами")
    default_length = LONG_MOST

    def normal(self, raw: Any, most: int) -> str:
        return cleaning.paragraphs(raw, most)

    def widget(self, field: "Field") -> forms.Widget:
        # No maxlength: a browser would cut pasted text without a word; the server says by how much to shorten it.
        return forms.Textarea(attrs={"rows": 6, "data-most": self.most(field)})


def preset_of(field: "Field") -> Preset | None:
    """The pattern that a short text must fit, if any."""
    name = field.options.get("preset")
    return PRESETS.get(name) if isinstance(name, str) and field.type == ShortText.name else None


def _is_length(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_POSSIBLE
