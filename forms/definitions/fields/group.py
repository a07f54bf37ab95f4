"""A repeating group: family members, children, one row each."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import fields as registry
from home.words import plural

from . import rows
from .contract import FieldType

if TYPE_CHECKING:
    from forms.definitions.document import Field

MOST_TITLE = 100


class Group(FieldType):
    """Rows `{"id": …, question key: answer}`. Its questions are `field.fields`, any type but group.

    Options `min` and `max` rows; `row_title`, such as «Ребёнок»; `add_label`, the words of the button; `count_from`:
    key of an earlier whole number that decides how many rows; `rows_from`: key of an earlier multiple choice, one row
    for each ticked answer, whose key is the row's id.
    """

    name = "group"
    verbose_name = gettext_lazy("Повторяющаяся группа")
    icon = "list-ul"
    option_names = frozenset({"min", "max", "row_title", "add_label", "count_from", "rows_from"})
    ask = gettext_lazy("Добавьте хотя бы одну запись")

    def clean(self, field: "Field", raw: Any, answers: Mapping[str, Any] | None = None) -> list[dict[str, Any]] | None:
        """The rows; raises ValidationError with the sentences of all rows. See also `rows.clean`, which tells apart."""
        cleaned, errors = rows.clean(field, raw, answers or {})
        if errors:
            raise ValidationError([sentence for sentences in errors.values() for sentence in sentences], code="rows")
        return cleaned or None

    def refers(self, field: "Field") -> Iterator[str]:
        for name in ("count_from", "rows_from"):
            key = field.options.get(name)
            if isinstance(key, str) and key:
                yield key

    def widget(self, field: "Field") -> forms.Widget:
        return forms.HiddenInput()

    def row_name(self, field: "Field", number: int) -> str:
        """«Ребёнок 2»."""
        return f"{field.options.get('row_title') or _('Запись')} {number}"

    def display(self, field: "Field", value: Any) -> str:
        return "; ".join(self.display_list(field, value)) if value else _("не указано")

    def display_list(self, field: "Field", value: Any) -> list[str]:
        return [
            f"{self.row_name(field, number)}: " + ", ".join(self._pairs(field, row))
            for number, row in enumerate(value or (), start=1)
        ]

    def _pairs(self, field: "Field", row: Mapping[str, Any]) -> Iterator[str]:
        for question in field.fields:
            if question.key in row:
                yield f"{question.label} — {registry.get(question.type).display(question, row[question.key])}"

    def column(self, field: "Field", value: Any) -> str:
        return f"{len(value)} {plural(len(value), _('запись'), _('записи'), _('записей'))}" if value else ""

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        """The number of rows, then a column a question, the answers of all rows in it, numbered."""
        columns = [(_("%s: сколько") % field.label, str(len(value)) if value else "")]
        for question in field.fields:
            columns += self._columns(field, question, value or [])
        return columns

    def _columns(self, field: "Field", question: "Field", value: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        field_type = registry.get(question.type)
        by_row = [field_type.export(question, row.get(question.key)) for row in value]
        for place, (title, _text) in enumerate(field_type.export(question, None)):
            cells = [f"{number}) {cell[place][1]}" for number, cell in enumerate(by_row, start=1) if cell[place][1]]
            yield f"{field.label}: {title}", "; ".join(cells)

    def json_schema(self, field: "Field") -> dict[str, Any]:
        asked = [question for question in field.fields if registry.get(question.type).is_sent and not question.staff]
        properties: dict[str, Any] = {"id": {"type": "string", "pattern": f"^{rows.ROW_ID.pattern}$"}}
        for question in asked:
            properties[question.key] = registry.get(question.type).json_schema(question) | {"title": question.label}
        needed = [question.key for question in asked if question.required and question.show_if is None]
        least, most = rows.limits(field)
        return {
            "type": "array",
            "minItems": 0 if rows.is_given(field) else least,
            "maxItems": most,
            "items": {"type": "object", "properties": properties, "required": needed, "additionalProperties": False},
        }

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        least, most = field.options.get("min", 0), field.options.get("max", rows.MOST_ROWS)
        if not (rows.is_count(least) and rows.is_count(most) and least <= most and most > 0):
            wrong.append(_("Сколько записей: от 0 до %d, меньшее число сначала") % rows.MOST_ROWS)
        if field.options.get("count_from") and field.options.get("rows_from"):
            wrong.append(_("Число записей берётся либо из ответа, либо из отметок: оставьте одно"))
        for name in ("row_title", "add_label"):
            text = field.options.get(name, "")
            if not isinstance(text, str) or len(text) > MOST_TITLE:
                wrong.append(_("Название записи: не больше %d знаков") % MOST_TITLE)
        return wrong + ([] if field.fields else [_("Добавьте в группу хотя бы один вопрос")])
