"""A whole number."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import numbers
from .contract import FieldType, unanswered

if TYPE_CHECKING:
    from forms.definitions.document import Field

UNIT_LENGTH = 40


class WholeNumber(FieldType):
    """An integer of at most 15 digits. Options `min`, `max`, and `unit`: words after the number («см», «человек»)."""

    name = "whole_number"
    is_number = True
    verbose_name = gettext_lazy("Целое число")
    icon = "order"
    option_names = frozenset({"min", "max", "unit"})
    ask = gettext_lazy("Напишите число")
    example = "3"

    def places(self, field: "Field") -> int:
        """How many digits may stand after the comma."""
        return 0

    def parse(self, field: "Field", raw: Any) -> Any:
        value = numbers.exact(raw, self.example, self.places(field))
        numbers.within(value, *self.limits(field))
        return self.stored(value)

    def stored(self, value: Decimal) -> Any:
        """The number as JSON."""
        return int(value)

    def exact(self, value: Any) -> Decimal | None:
        """A stored value as a number; None when it is none."""
        return numbers.bound_or_none(value)

    def limits(self, field: "Field") -> tuple[Decimal | None, Decimal | None]:
        """Least and greatest; None where there is no limit."""
        options = field.options
        return numbers.bound_or_none(options.get("min")), numbers.bound_or_none(options.get("max"))

    def widget(self, field: "Field") -> forms.Widget:
        # A minus is not on the numeric keyboard of every phone.
        least = self.limits(field)[0]
        mode = "numeric" if least is not None and least >= 0 else "text"
        return forms.TextInput(attrs={"inputmode": mode, "class": "w12", "maxlength": numbers.LONGEST})

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        number = None if isinstance(value, bool | str) else self.exact(value)
        return value if number is None else numbers.typed(number)

    def display(self, field: "Field", value: Any) -> str:
        number = self.exact(value)
        if unanswered(value) or number is None:
            return _("не указано")
        unit = str(field.options.get("unit") or "")
        return f"{numbers.grouped(number)}{numbers.SPACE}{unit}" if unit else numbers.grouped(number)

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        number = self.exact(value)
        unit = str(field.options.get("unit") or "")
        title = f"{field.label}, {unit}" if unit else field.label
        return [(title, "" if number is None else numbers.plain(number))]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        least, most = self.limits(field)
        return {
            "type": "integer",
            "minimum": int(-numbers.MOST if least is None else least),
            "maximum": int(numbers.MOST if most is None else most),
        }

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field) + numbers.limit_errors(field.options.get("min"), field.options.get("max"))
        unit = field.options.get("unit") or ""
        if not isinstance(unit, str) or len(unit) > UNIT_LENGTH:
            wrong.append(_("Слово после числа: не больше %d знаков") % UNIT_LENGTH)
        return wrong
