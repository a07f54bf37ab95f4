"""A municipality of the region."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services import territories

from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field


class TerritoryChoice(FieldType):
    """One of the region's territories; stores its code, which never changes."""

    name = "territory"
    verbose_name = gettext_lazy("Муниципалитет")
    icon = "site"
    ask = gettext_lazy("Выберите муниципалитет")

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        return territories.choices()

    def parse(self, field: "Field", raw: Any) -> str:
        if not isinstance(raw, str) or raw not in dict(territories.choices()):
            raise ValidationError(_("Выберите муниципалитет из списка"), code="choice")
        return raw

    def widget(self, field: "Field") -> forms.Widget:
        # Long lists are searched by typing: portal/static/portal/combobox.js.
        return forms.Select(attrs={"data-seek": "1"}, choices=[("", _("Выберите")), *territories.choices()])

    def display(self, field: "Field", value: Any) -> str:
        return territories.name_of(value) or str(value) if value else _("не указано")
