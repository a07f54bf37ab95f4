"""A time of day."""

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

TYPED = re.compile(r"(\d{1,2})(?:\s*[:.,ч\- ]\s*(\d{2}))?", re.ASCII)
STORED = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


class Time(FieldType):
    """Hours and minutes, «09:30». Options `min` and `max` in the same form."""

    name = "time"
    verbose_name = gettext_lazy("Время")
    icon = "time"
    option_names = frozenset({"min", "max"})
    ask = gettext_lazy("Напишите время, например 9:30")

    def parse(self, field: "Field", raw: Any) -> str:
        found = TYPED.fullmatch(cleaning.line(raw, 40))
        hour, minute = (int(found.group(1)), int(found.group(2) or 0)) if found else (99, 99)
        if hour > 23 or minute > 59:
            raise ValidationError(_("Напишите время часами и минутами, например 9:30"), code="time")
        value = f"{hour:02}:{minute:02}"
        earliest, latest = _limit(field.options.get("min")), _limit(field.options.get("max"))
        if earliest and value < earliest:
            raise ValidationError(_("Выберите время не раньше %s") % shown(earliest), code="time")
        if latest and value > latest:
            raise ValidationError(_("Выберите время не позже %s") % shown(latest), code="time")
        return value

    def widget(self, field: "Field") -> forms.Widget:
        # Not type=time: a browser throws away what it cannot read, and the person would have to type it again.
        return forms.TextInput(attrs={"class": "w4", "maxlength": 10, "autocomplete": "off"})

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        return shown(value) if _limit(value) else value

    def display(self, field: "Field", value: Any) -> str:
        return shown(value) if value else _("не указано")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["09:30"]}

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        given = [field.options.get(name) or None for name in ("min", "max")]
        earliest, latest = (_limit(limit) for limit in given)
        if any(limit is not None and not _limit(limit) for limit in given):
            wrong.append(_("Границы времени напишите так: 09:30"))
        elif latest and earliest > latest:
            wrong.append(_("Раннее время позже позднего. Поменяйте их местами"))
        return wrong


def _limit(value: Any) -> str:
    return value if isinstance(value, str) and STORED.fullmatch(value) else ""


def shown(value: str) -> str:
    """«9:30» from «09:30»."""
    return value.removeprefix("0") if not value.startswith("00") else value[1:]
