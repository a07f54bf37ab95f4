"""SNILS, the number of a pension account."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

# Numbers up to this one were given before there was a checksum.
LAST_WITHOUT_CHECKSUM = 1_001_998
SEPARATORS = re.compile(r"[ ./\-\u2010-\u2015]+")


class Snils(FieldType):
    """Eleven digits, stored without separators, shown as 123-456-789 01."""

    name = "snils"
    verbose_name = gettext_lazy("СНИЛС")
    icon = "key"
    ask = gettext_lazy("Напишите СНИЛС: 11 цифр")

    def parse(self, field: "Field", raw: Any) -> str:
        digits = SEPARATORS.sub("", cleaning.line(raw, 60))
        if not re.fullmatch(r"\d{11}", digits, re.ASCII):
            raise ValidationError(_("Напишите 11 цифр СНИЛС, например 123-456-789 64"), code="snils")
        if digits[:9] == "000000000" or not checksum_holds(digits):
            raise ValidationError(_("Проверьте СНИЛС: в одной из цифр ошибка"), code="snils")
        return digits

    def widget(self, field: "Field") -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w12", "maxlength": 30})

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        return shown(value)

    def display(self, field: "Field", value: Any) -> str:
        return shown(value) if value else _("не указано")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{11}$", "examples": ["12345678964"]}


def checksum(number: str) -> int:
    """The control number of the first nine digits (order of the Pension Fund of Russia on SNILS, annex 1).

    Each digit times its place from the right; below 100 the sum itself, 100 and 101 give 0, above that the remainder
    of division by 101 by the same rule.
    """
    total = sum(int(digit) * place for digit, place in zip(number, range(9, 0, -1), strict=True))
    return total % 101 % 100


def checksum_holds(digits: str) -> bool:
    """Whether eleven digits end with their control number; the oldest numbers have none to check."""
    return int(digits[:9]) <= LAST_WITHOUT_CHECKSUM or checksum(digits[:9]) == int(digits[9:])


def shown(value: Any) -> Any:
    """«123-456-789 64» from eleven digits; anything else as it is."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{11}", value, re.ASCII):
        return value
    return f"{value[:3]}-{value[3:6]}-{value[6:9]} {value[9:]}"
