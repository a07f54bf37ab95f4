"""Consent to the processing of personal data: one tick for one version of a text (152-FZ, article 9)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field


class Consent(FieldType):
    """The version that was agreed to, `{"version": n}`; only the current one (`options["version"]`) can be."""

    name = "consent"
    verbose_name = gettext_lazy("Согласие")
    icon = "check"
    option_names = frozenset({"version"})
    ask = gettext_lazy("Отметьте согласие, чтобы отправить заявку")

    def parse(self, field: "Field", raw: Any) -> dict[str, int]:
        version = raw.get("version") if isinstance(raw, dict) else raw
        if isinstance(version, str) and len(version) < 10 and version.isascii() and version.isdigit():
            version = int(version)
        current = field.options.get("version", 1)
        if isinstance(version, bool) or not isinstance(version, int) or version != current:
            sentence = _("Текст согласия обновился. Прочитайте его ещё раз и поставьте отметку")
            raise ValidationError(sentence, code="version")
        return {"version": current}

    def widget(self, field: "Field") -> forms.Widget:
        return ConsentInput(version=field.options.get("version", 1))

    def display(self, field: "Field", value: Any) -> str:
        return _("редакция %d") % value["version"] if value else _("не указано")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "object", "properties": {"version": {"const": field.options.get("version", 1)}}}


class ConsentInput(forms.CheckboxInput):
    """A tick box whose value is the version of the text beside it."""

    def __init__(self, version: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.version = version

    def format_value(self, value: Any) -> str:
        return str(self.version)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)
