"""Short and long text."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

SHORT_MOST = 200
LONG_MOST = 3000
MOST_POSSIBLE = 10_000


class ShortText(FieldType):
    """One line. Option `max_length`, in characters."""

    name = "short_text"
    verbose_name = gettext_lazy("Короткий текст")
    option_names = frozenset({"max_length"})
    ask = gettext_lazy("Напишите ответ")
    default_length = SHORT_MOST

    def most(self, field: "Field") -> int:
        """The longest answer, in characters."""
        value = field.options.get("max_length")
        return value if isinstance(value, int) and 0 < value <= MOST_POSSIBLE else self.default_length

    def parse(self, field: "Field", raw: Any) -> str | None:
        text = self.normal(raw, self.most(field))
        if not text and field.required:
            raise ValidationError(self.ask_for(field), code="required")
        return text or None

    def normal(self, raw: Any, most: int) -> str:
        """The text as stored."""
        return cleaning.line(raw, most)

    def widget(self, field: "Field") -> forms.Widget:
        return forms.TextInput(attrs={"maxlength": self.most(field)})

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "maxLength": self.most(field)} | ({"minLength": 1} if field.required else {})

    def config_errors(self, field: "Field") -> list[str]:
        value = field.options.get("max_length", 1)
        good = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_POSSIBLE
        wrong = [] if good else [_("Длина ответа: целое число от 1 до %d") % MOST_POSSIBLE]
        return super().config_errors(field) + wrong


class LongText(ShortText):
    """Several lines."""

    name = "long_text"
    verbose_name = gettext_lazy("Длинный текст")
    icon = "doc-full"
    ask = gettext_lazy("Напишите ответ своими словами")
    default_length = LONG_MOST

    def normal(self, raw: Any, most: int) -> str:
        return cleaning.paragraphs(raw, most)

    def widget(self, field: "Field") -> forms.Widget:
        # No maxlength: a browser would cut pasted text without a word; the server says by how much to shorten it.
        return forms.Textarea(attrs={"rows": 6})
