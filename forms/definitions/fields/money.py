"""A sum in roubles."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.words import plural

from . import cleaning, numbers
from .contract import unanswered
from .whole_number import WholeNumber

if TYPE_CHECKING:
    from forms.definitions.document import Field

WORDS = re.compile(r"\s*(рубл(ь|я|ей)|руб\.?|р\.?|₽)$", re.IGNORECASE)
KOPECKS = 2


class Money(WholeNumber):
    """A sum as a decimal string of roubles and kopecks, «12500.50». Options `min`, `max`: roubles; `min` is 0."""

    name = "money"
    verbose_name = gettext_lazy("Сумма в рублях")
    icon = "tag"
    option_names = frozenset({"min", "max"})
    ask = gettext_lazy("Напишите сумму в рублях")
    example = "12 500,50"

    def places(self, field: "Field") -> int:
        return KOPECKS

    def parse(self, field: "Field", raw: Any) -> str:
        if isinstance(raw, str):
            raw = WORDS.sub("", cleaning.line(raw, numbers.LONGEST))
        return str(super().parse(field, raw))

    def stored(self, value: Decimal) -> str:
        return f"{value:.2f}"

    def limits(self, field: "Field") -> tuple[Decimal | None, Decimal | None]:
        least, most = super().limits(field)
        return (Decimal(0) if least is None else least), most

    def widget(self, field: "Field") -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": "decimal", "class": "w12", "maxlength": numbers.LONGEST})

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        # What was typed and what is stored are both text; only the stored form is rewritten.
        return _words(value).replace(numbers.SPACE, " ") if is_stored(value) else value

    def display(self, field: "Field", value: Any) -> str:
        if unanswered(value) or not is_stored(value):
            return _("не указано")
        whole, kopecks = value.split(".")
        unit = plural(abs(int(whole)), _("рубль"), _("рубля"), _("рублей")) if kopecks == "00" else _("рублей")
        return f"{_words(value)}{numbers.SPACE}{unit}"

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        return [(_("%s, рублей") % field.label, value.replace(".", ",") if is_stored(value) else "")]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]{1,15}\.[0-9]{2}$", "examples": ["12500.50"]}


def is_stored(value: Any) -> bool:
    """Whether a value is a sum as `Money` stores it."""
    return isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{2}", value) is not None


def _words(value: str) -> str:
    whole, kopecks = value.split(".")
    shown = numbers.grouped(Decimal(whole))
    return shown if kopecks == "00" else f"{shown},{kopecks}"
