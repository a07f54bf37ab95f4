"""Telephone number, stored as E.164."""

from typing import TYPE_CHECKING, Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import NumberParseException, PhoneNumberFormat

from . import cleaning
from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

REGION = "RU"
MOST = 40


class Phone(FieldType):
    """One number; Russian unless it starts with another country's code."""

    name = "phone"
    verbose_name = gettext_lazy("Телефон")
    icon = "mobile-alt"
    holds_contact = True
    ask = gettext_lazy("Напишите номер телефона")

    def parse(self, field: "Field", raw: Any) -> str:
        text = cleaning.line(raw, MOST)
        try:
            number = phonenumbers.parse(text, REGION)
        except NumberParseException as error:
            raise self._wrong() from error
        if number.extension:
            raise ValidationError(_("Напишите номер без добавочного"), code="phone")
        if not phonenumbers.is_valid_number(number):
            raise self._wrong()
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)

    def _wrong(self) -> ValidationError:
        return ValidationError(_("Проверьте номер: 8 и ещё 10 цифр, например 8 900 000-00-00"), code="phone")

    def widget(self, field: "Field") -> forms.Widget:
        return forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "maxlength": MOST})

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        return shown(value) if isinstance(value, str) and value.startswith("+") and value[1:].isdigit() else value

    def display(self, field: "Field", value: Any) -> str:
        return shown(value) if value else _("не указано")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\+[1-9][0-9]{6,14}$", "examples": ["+79000000000"]}


def shown(number: str) -> str:
    """An E.164 number for people: «8 900 000-00-00» for Russian, international form for others."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except NumberParseException:
        return number
    if parsed.country_code != 7:
        return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    digits = f"{parsed.national_number:010d}"
    return f"8 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
