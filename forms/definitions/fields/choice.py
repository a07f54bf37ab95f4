"""One answer from a list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import conditions

from . import cleaning
from .choices import DEPENDING, choice_errors, read_choices, settled_choices
from .contract import FieldType, unanswered

if TYPE_CHECKING:
    from forms.definitions.document import Field

LIST_FROM = 12
OTHER = "other"
OTHER_LENGTH = 200
OTHER_LABEL = gettext_lazy("Другое")


class Choice(FieldType):
    """One of `options["choices"]`, a list of `{"key", "label"}`; stores the key. `display`: radio or list.

    `other` (with `other_label`) adds «другое» with words of one's own, stored as `{"choice": "other", "other": text}`.
    `choices_if` and `choices_from_rows`: see `choices.py`.
    """

    name = "choice"
    verbose_name = gettext_lazy("Выбор одного ответа")
    icon = "radio-full"
    option_names = frozenset({"choices", "display", "other", "other_label"}) | DEPENDING
    ask = gettext_lazy("Выберите один ответ")

    def settle(self, field: "Field", answers: Mapping[str, Any]) -> "Field":
        options = settled_choices(field.options, answers)
        if options is field.options:
            return field
        # Nothing to choose from: nobody can be held to an answer.
        possible = bool(options.get("choices") or self.has_other(field))
        return replace(field, options=options, required=field.required and possible)

    def refers(self, field: "Field") -> Iterator[str]:
        cuts, rows = field.options.get("choices_if"), field.options.get("choices_from_rows")
        for condition in cuts.values() if isinstance(cuts, Mapping) else ():
            yield from (leaf["q"] for leaf in conditions.leaves(condition) if isinstance(leaf.get("q"), str))
        if isinstance(rows, Mapping) and isinstance(rows.get("group"), str):
            yield rows["group"]

    def has_other(self, field: "Field") -> bool:
        """Whether words of one's own may be the answer."""
        return bool(field.options.get("other")) and "other" in self.option_names

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        known = read_choices(field.options.get("choices"))
        return [*known, (OTHER, self.other_label(field))] if self.has_other(field) else known

    def other_label(self, field: "Field") -> str:
        """The words of the last choice."""
        return str(field.options.get("other_label") or OTHER_LABEL)

    def parse(self, field: "Field", raw: Any) -> Any:
        key, words = (raw.get("choice"), raw.get("other")) if isinstance(raw, dict) else (raw, None)
        if not isinstance(key, str) or key not in dict(self.choices(field)):
            raise ValidationError(_("Выберите один ответ из списка"), code="choice")
        if not (key == OTHER and self.has_other(field)):
            return key
        text = "" if words is None else cleaning.line(words, OTHER_LENGTH)
        if not text:
            raise ValidationError(_("Напишите свой вариант"), code=OTHER)
        return {"choice": OTHER, "other": text}

    def widget(self, field: "Field") -> forms.Widget:
        choices = self.choices(field)
        style = field.options.get("display") or ("list" if len(choices) > LIST_FROM else "radio")
        if style == "list":
            choices = [("", _("Выберите")), *choices]
        if self.has_other(field):
            return (OtherSelect if style == "list" else OtherRadioSelect)(choices=choices)
        return forms.Select(choices=choices) if style == "list" else forms.RadioSelect(choices=choices)

    def display(self, field: "Field", value: Any) -> str:
        if unanswered(value):
            return _("не указано")
        if isinstance(value, dict):
            return f"{self.other_label(field)}: {value.get('other', '')}"
        return dict(self.choices(field)).get(value, str(value))

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        own = value.get("other", "") if isinstance(value, dict) else ""
        key = str((value.get("choice") if isinstance(value, dict) else value) or "")
        columns = [(field.label, dict(self.choices(field)).get(key, key))]
        return [*columns, (f"{field.label}: {self.other_label(field)}", own)] if self.has_other(field) else columns

    def export_keys(self, field: "Field") -> list[str]:
        return ["", OTHER] if self.has_other(field) else [""]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        if "choices_from_rows" in field.options:
            return {"type": "string", "description": _("Номер строки из группы, введённой раньше")}
        known = [{"const": key, "title": label} for key, label in read_choices(field.options.get("choices"))]
        if not self.has_other(field):
            return {"type": "string", "oneOf": known}
        properties = {
            "choice": {"const": OTHER},
            "other": {"type": "string", "minLength": 1, "maxLength": OTHER_LENGTH},
        }
        own = {"type": "object", "properties": properties, "required": ["choice", "other"]}
        return {"oneOf": [*known, own | {"additionalProperties": False, "title": self.other_label(field)}]}

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        if field.options.get("display") not in (None, "", "radio", "list"):
            wrong.append(_("Вид списка: кнопки или выпадающий список"))
        label = field.options.get("other_label") or ""
        if not isinstance(field.options.get("other", False), bool) or not isinstance(label, str) or len(label) > 100:
            wrong.append(_("«Другое»: да или нет, подпись не длиннее 100 знаков"))
        reserved = {OTHER} if self.has_other(field) else set()
        return wrong + choice_errors(field.options, reserved)


class OtherInput(forms.widgets.ChoiceWidget):
    """A list of answers whose last one has a line of text beside it, named `<name>_other`."""

    def input_names(self, name: str) -> list[str]:
        """Names of the inputs this answer is made of."""
        return [name, self.other_name(name)]

    def other_name(self, name: str) -> str:
        """The name of the line of text."""
        return f"{name}_{OTHER}"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        key = super().value_from_datadict(data, files, name)
        return {"choice": OTHER, "other": data.get(self.other_name(name), "")} if key == OTHER else key

    def format_value(self, value: Any) -> list[str]:
        return super().format_value(value.get("choice") if isinstance(value, dict) else value)


class OtherSelect(OtherInput, forms.Select):
    """«Другое» at the end of a drop-down list."""


class OtherRadioSelect(OtherInput, forms.RadioSelect):
    """«Другое» as the last radio."""
