"""One of the services the centres offer, from the live pages."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .contract import FieldType, unanswered

if TYPE_CHECKING:
    from forms.definitions.document import Field

KEY_LENGTH = 20


class Offer(FieldType):
    """A choice from pages; stores the page's id as text, so that renaming and moving the page change nothing."""

    def name_of(self, key: str) -> str:
        """The words behind a stored id; blank when nobody knows it."""
        raise NotImplementedError

    def parse(self, field: "Field", raw: Any) -> str:
        if not isinstance(raw, str) or raw not in dict(self.choices(field)):
            raise ValidationError(_("Выберите ответ из списка"), code="choice")
        return raw

    def widget(self, field: "Field") -> forms.Widget:
        # Long lists are searched by typing: portal/static/portal/combobox.js.
        return forms.Select(attrs={"data-seek": "1"}, choices=[("", _("Выберите")), *self.choices(field)])

    def display(self, field: "Field", value: Any) -> str:
        return _("не указано") if unanswered(value) else self.name_of(str(value)) or _("нет в списке")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]+$", "maxLength": KEY_LENGTH}
