"""Surname, first name, patronymic."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType
from .widgets import PartsWidget

if TYPE_CHECKING:
    from forms.definitions.document import Field

MOST = 100


class FullName(FieldType):
    """`{"last", "first", "middle"}`; a person may have no patronymic, and then `middle` is blank."""

    name = "full_name"
    verbose_name = gettext_lazy("Фамилия, имя, отчество")
    icon = "user"
    ask = gettext_lazy("Напишите фамилию и имя")

    def parse(self, field: "Field", raw: Any) -> dict[str, str] | None:
        if not isinstance(raw, dict):
            raise ValidationError(_("Напишите фамилию, имя и отчество"), code="last")
        name = {part: self._part(part, raw.get(part)) for part in ("last", "first", "middle")}
        if cleaning.is_blank(raw.get("last")) and cleaning.is_blank(raw.get("first")) and not field.required:
            return None
        if not name["last"]:
            raise ValidationError(_("Напишите фамилию"), code="last")
        if not name["first"]:
            raise ValidationError(_("Напишите имя"), code="first")
        if raw.get("no_middle") in ("on", "1", True):
            name["middle"] = ""
        return name

    def _part(self, part: str, raw: Any) -> str:
        words = {"last": _("фамилию"), "first": _("имя"), "middle": _("отчество")}
        try:
            text = cleaning.line("" if raw is None else raw, MOST)
        except ValidationError as error:
            raise ValidationError(error.message, code=part) from error
        if text and not any(character.isalpha() for character in text):
            raise ValidationError(_("Напишите %s буквами") % words[part], code=part)
        return text

    def widget(self, field: "Field") -> forms.Widget:
        return FullNameWidget()

    def display(self, field: "Field", value: Any) -> str:
        if not value:
            return _("не указано")
        return " ".join(part for part in (value.get("last"), value.get("first"), value.get("middle")) if part)

    def json_schema(self, field: "Field") -> dict[str, Any]:
        part = {"type": "string", "minLength": 1, "maxLength": MOST}
        return {
            "type": "object",
            "properties": {"last": part, "first": part, "middle": {"type": "string", "maxLength": MOST}},
            "required": ["last", "first"],
            "additionalProperties": False,
        }


def _input(autocomplete: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": autocomplete, "maxlength": MOST})


class FullNameWidget(PartsWidget):
    """Three inputs and a tick «нет отчества»."""

    parts = {
        "last": (gettext_lazy("Фамилия"), _input("family-name")),
        "first": (gettext_lazy("Имя"), _input("given-name")),
        "middle": (
            gettext_lazy("Отчество"),
            _input("additional-name"),
        ),
        "no_middle": (gettext_lazy("нет отчества"), forms.CheckboxInput()),
    }

    def split(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            return {}
        stored_without = "middle" in value and "no_middle" not in value and not value["middle"]
        return value | {"no_middle": value.get("no_middle") or (bool(value.get("last")) and stored_without)}
