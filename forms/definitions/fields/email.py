"""E-mail address."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

MOST = 254  # RFC 5321, 4.5.3.1.3: a path of 256 octets with its two angle brackets.
check = EmailValidator()


class Email(FieldType):
    """One address; stored with a lower-case domain."""

    name = "email"
    verbose_name = gettext_lazy("Электронная почта")
    icon = "mail"
    holds_contact = True
    ask = gettext_lazy("Напишите адрес электронной почты")

    def parse(self, field: "Field", raw: Any) -> str:
        text = cleaning.line(raw, MOST).replace(" ", "")
        try:
            check(text)
        except ValidationError as error:
            sentence = _("Проверьте адрес почты. Он выглядит так: ivanova@example.ru")
            raise ValidationError(sentence, code="email") from error
        local, _at, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"

    def widget(self, field: "Field") -> forms.Widget:
        return forms.EmailInput(attrs={"autocomplete": "email", "maxlength": MOST, "spellcheck": "false"})

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "format": "email", "maxLength": MOST}
