"""A number with a fraction."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import numbers
from .whole_number import WholeNumber

if TYPE_CHECKING:
    from forms.definitions.document import Field

PLACES = 2
MOST_PLACES = 6
MOST = 999_999_999  # with six places 15 significant digits, which every reader of JSON keeps


class DecimalNumber(WholeNumber):
    """A JSON number. Options `min`, `max`, `unit`, and `places`: digits after the comma, 1 to 6, two by default."""

    name = "decimal"
    verbose_name = gettext_lazy("Дробное число")
    option_names = frozenset({"min", "max", "unit", "places"})
    example = "36,6"

    def places(self, field: "Field") -> int:
        value = field.options.get("places")
        return value if _is_places(value) else PLACES

    def parse(self, field: "Field", raw: Any) -> Any:
        value = numbers.exact(raw, self.example, self.places(field))
        numbers.within(value, Decimal(-MOST), Decimal(MOST))
        numbers.within(value, *self.limits(field))
        return self.stored(value)

    def stored(self, value: Decimal) -> int | float:
        # 2.0 is written as 2, as a browser would write it.
        return int(value) if value == value.to_integral_value() else float(value)

    def widget(self, field: "Field") -> forms.Widget:
        least = self.limits(field)[0]
        mode = "decimal" if least is not None and least >= 0 else "text"
        return forms.TextInput(attrs={"inputmode": mode, "class": "w12", "maxlength": numbers.LONGEST})

    def json_schema(self, field: "Field") -> dict[str, Any]:
        least, most = self.limits(field)
        return {
            "type": "number",
            "minimum": self.stored(Decimal(-MOST) if least is None else least),
            "maximum": self.stored(Decimal(MOST) if most is None else most),
            "description": _("Не больше %d цифр после запятой") % self.places(field),
        }

    def config_errors(self, field: "Field") -> list[str]:
        good = _is_places(field.options.get("places", PLACES))
        wrong = [] if good else [_("Цифр после запятой: от 1 до %d") % MOST_PLACES]
        return super().config_errors(field) + wrong


def _is_places(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_PLACES
