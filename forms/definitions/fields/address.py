"""A postal address in parts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType, unanswered
from .presets import PRESETS
from .widgets import PartsWidget

if TYPE_CHECKING:
    from forms.definitions.document import Field

# key: (label, most characters, what autofill may put there, width)
PARTS: dict[str, tuple[str | Promise, int, str, str]] = {
    "index": (gettext_lazy("Индекс"), 10, "postal-code", "w4"),
    "place": (gettext_lazy("Город, село или посёлок"), 120, "address-level2", ""),
    "street": (gettext_lazy("Улица (если есть)"), 120, "", ""),
    "house": (gettext_lazy("Дом"), 20, "", "w4"),
    "building": (gettext_lazy("Корпус (если есть)"), 20, "", "w4"),
    "flat": (gettext_lazy("Квартира (если есть)"), 20, "", "w4"),
    "how": (gettext_lazy("Как проехать (если трудно найти)"), 300, "", ""),
}
NEEDED = {
    "place": gettext_lazy("Напишите город, село или посёлок"),
    "house": gettext_lazy("Напишите номер дома. Если номера нет, напишите «б/н»"),
}
SHORT = {"house": "д.", "building": "корп.", "flat": "кв."}


class Address(FieldType):
    """`{"place", "street", "house", "building", "flat", "how", "index"}`, blank parts left out; no region in it.

    Options `index`: ask the postal index too; `how`: ask how to get there, on unless False.
    """

    name = "address"
    verbose_name = gettext_lazy("Адрес")
    icon = "home"
    option_names = frozenset({"index", "how"})
    ask = gettext_lazy("Напишите адрес")

    def parts(self, field: "Field") -> list[str]:
        """Which parts are asked, in order."""
        left_out = {name for name, asked in (("index", False), ("how", True)) if not field.options.get(name, asked)}
        return [part for part in PARTS if part not in left_out]

    def parse(self, field: "Field", raw: Any) -> dict[str, str]:
        if not isinstance(raw, dict):
            raise ValidationError(self.ask_for(field), code="place")
        address = {part: self._part(part, raw.get(part)) for part in self.parts(field)}
        for part, sentence in NEEDED.items():
            if not address[part]:
                raise ValidationError(str(sentence), code=part)
        return {part: text for part, text in address.items() if text}

    def _part(self, part: str, raw: Any) -> str:
        try:
            text = cleaning.line("" if raw is None else raw, PARTS[part][1])
        except ValidationError as error:
            raise ValidationError(error.message, code=part) from error
        if part == "index" and text:
            text = PRESETS["index"].normal(text)
            if not PRESETS["index"].fits(text):
                raise ValidationError(str(PRESETS["index"].sentence), code=part)
        return text

    def widget(self, field: "Field") -> forms.Widget:
        return AddressWidget(self.parts(field))

    def display(self, field: "Field", value: Any) -> str:
        if unanswered(value) or not isinstance(value, dict):
            return _("не указано")
        words = [f"{SHORT[part]} {value[part]}" if part in SHORT else value[part] for part in PARTS if value.get(part)]
        return ", ".join(words)

    def display_list(self, field: "Field", value: Any) -> list[str]:
        if unanswered(value) or not value.get("how"):
            return [self.display(field, value)]
        return [self.display(field, {**value, "how": ""}), value["how"]]

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        given = value if isinstance(value, dict) else {}
        labels = {part: str(PARTS[part][0]).partition(" (")[0] for part in self.parts(field)}
        return [(f"{field.label}: {label}", given.get(part, "")) for part, label in labels.items()]

    def export_keys(self, field: "Field") -> list[str]:
        return list(self.parts(field))

    def json_schema(self, field: "Field") -> dict[str, Any]:
        properties: dict[str, Any] = {
            part: {"type": "string", "maxLength": PARTS[part][1], "title": str(PARTS[part][0])}
            for part in self.parts(field)
        }
        if "index" in properties:
            properties["index"]["pattern"] = f"^{PRESETS['index'].pattern}$"
        return {
            "type": "object",
            "properties": properties,
            "required": list(NEEDED),
            "additionalProperties": False,
        }

    def config_errors(self, field: "Field") -> list[str]:
        good = all(isinstance(field.options.get(name, True), bool) for name in self.option_names)
        return super().config_errors(field) + ([] if good else [_("Части адреса: здесь нужно да или нет")])


class AddressWidget(PartsWidget):
    """One input a part."""

    def __init__(self, names: list[str], attrs: dict[str, Any] | None = None) -> None:
        self.parts = {name: (PARTS[name][0], _input(name)) for name in names}  # type: ignore[misc]
        super().__init__(attrs)


def _input(name: str) -> forms.TextInput:
    _label, most, fills, width = PARTS[name]
    attrs = {"maxlength": most, "autocomplete": fills or "off", "class": width}
    return forms.TextInput(attrs={key: value for key, value in attrs.items() if value})
