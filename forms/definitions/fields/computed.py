"""An answer that the form works out itself: an age, a sum, a date."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import dates, expressions
from forms.definitions.numbers import is_number

from . import numbers
from .contract import FieldType
from .date import long_date

if TYPE_CHECKING:
    from forms.definitions.document import Field


class Computed(FieldType):
    """Options `expr` (see expressions.py), `shown`: whether people see it, `unit`: a word after a number.

    The journey works it out; nothing that a client sends for it is ever taken.
    """

    name = "computed"
    is_number = True
    verbose_name = gettext_lazy("Вычисляется само")
    icon = "calculator"
    is_sent = False
    option_names = frozenset({"expr", "shown", "unit"})

    def clean(self, field: "Field", raw: Any, answers: Mapping[str, Any] | None = None) -> None:
        """Whatever is sent for it is nothing."""

    def refit(self, field: "Field", value: Any) -> None:
        """There is never a sent answer to keep."""

    def refers(self, field: "Field") -> Iterator[str]:
        yield from expressions.references(field.options["expr"])

    def widget(self, field: "Field") -> forms.Widget:
        return forms.HiddenInput()

    def display(self, field: "Field", value: Any) -> str:
        if value is None or value == "":
            return _("не указано")
        date = dates.read(value)
        if date:
            return long_date(datetime.date(date.year, date.month, date.day))
        text = numbers.grouped(Decimal(repr(value))) if is_number(value) else str(value)
        unit = field.options.get("unit")
        return f"{text} {unit}" if unit else text

    def column(self, field: "Field", value: Any) -> str:
        return self.display(field, value) if value is not None else ""

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        return [(field.label, "" if value is None else str(value))]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": ["number", "string"], "readOnly": True}

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        if not isinstance(field.options.get("shown", False), bool):
            wrong.append(_("Показывать ли ответ: да или нет"))
        unit = field.options.get("unit", "")
        if not isinstance(unit, str) or len(unit) > 30:
            wrong.append(_("Единица измерения: не больше 30 знаков"))
        return wrong + expressions.problems(field.options.get("expr"))
