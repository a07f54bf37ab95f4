"""A question with two answers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

TYPED = {"yes": True, "no": False}


class YesNo(FieldType):
    """True or false. Options `yes` and `no`: other words for «Да» and «Нет»."""

    name = "yes_no"
    verbose_name = gettext_lazy("Да или нет")
    icon = "check"
    option_names = frozenset({"yes", "no"})
    ask = gettext_lazy("Выберите «Да» или «Нет»")

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        yes, no = field.options.get("yes"), field.options.get("no")
        return [("yes", str(yes or _("Да"))), ("no", str(no or _("Нет")))]

    def clean(self, field: "Field", raw: Any, answers: Mapping[str, Any] | None = None) -> bool | None:
        # False is an answer here, and for every other type it is none.
        return raw if isinstance(raw, bool) else super().clean(field, raw, answers)

    def parse(self, field: "Field", raw: Any) -> bool:
        if not isinstance(raw, str) or raw not in TYPED:
            raise ValidationError(self.ask_for(field), code="choice")
        return TYPED[raw]

    def widget(self, field: "Field") -> forms.Widget:
        return PairSelect(choices=self.choices(field))

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def display(self, field: "Field", value: Any) -> str:
        if not isinstance(value, bool):
            return _("не указано")
        return dict(self.choices(field))["yes" if value else "no"]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "boolean"}

    def config_errors(self, field: "Field") -> list[str]:
        words = [field.options.get(name, "") for name in ("yes", "no")]
        good = all(isinstance(word, str) and len(word) <= 60 for word in words)
        return super().config_errors(field) + ([] if good else [_("Слова ответов: не больше 60 знаков")])


class PairSelect(forms.RadioSelect):
    """Two radios side by side."""
