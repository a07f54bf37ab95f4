"""What a page shows and nobody answers: a heading, an explanation."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

MOST_TEXT = 5000


class Heading(FieldType):
    """A heading between questions; its words are the label."""

    name = "heading"
    verbose_name = gettext_lazy("Заголовок")
    icon = "title"
    holds_answer = False
    is_sent = False

    def clean(self, field: "Field", raw: Any, answers: Mapping[str, Any] | None = None) -> None:
        """Whatever is sent for it is nothing."""

    def refit(self, field: "Field", value: Any) -> None:
        """There is never an answer to keep."""

    def widget(self, field: "Field") -> forms.Widget:
        return forms.HiddenInput()

    def display(self, field: "Field", value: Any) -> str:
        return field.label

    def display_list(self, field: "Field", value: Any) -> list[str]:
        return []

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        return []

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "null"}


class Explanation(Heading):
    """Words beside the questions: a short label, which may be blank, and option `text`, paragraphs of plain text."""

    name = "explanation"
    verbose_name = gettext_lazy("Пояснение")
    icon = "help"
    option_names = frozenset({"text"})

    def display(self, field: "Field", value: Any) -> str:
        return str(field.options.get("text") or field.label)

    def config_errors(self, field: "Field") -> list[str]:
        text = field.options.get("text", "")
        if not isinstance(text, str) or len(text) > MOST_TEXT:
            return [*super().config_errors(field), _("Пояснение: текст, не больше %d знаков") % MOST_TEXT]
        blank = not text.strip() and not field.label.strip()
        return super().config_errors(field) + ([_("Напишите пояснение")] if blank else [])
