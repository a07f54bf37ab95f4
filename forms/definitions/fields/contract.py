"""What a field type can do; every type inherits from FieldType."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning

if TYPE_CHECKING:
    from forms.definitions.document import Field

COLUMN_LENGTH = 60


class FieldType:
    """A kind of question. Instances hold no state: everything about a question is in its `Field`."""

    name: str
    verbose_name: str | Promise
    icon = "pilcrow"
    holds_contact = False
    holds_answer = True
    """Whether there is an answer at all, to be shown, checked and exported."""
    is_sent = True
    """Whether people send the answer; what the form works out itself is never taken from them."""
    option_names: frozenset[str] = frozenset()
    is_number = False
    """Whether a table may reckon with the answer: its one cell is a number."""
    ask: str | Promise = gettext_lazy("Ответьте на этот вопрос")

    def clean(self, field: "Field", raw: Any, answers: Mapping[str, Any] | None = None) -> Any:
        """The JSON value of an answer, None when nothing was answered.

        `raw` may be anything. `answers` are the answers before this one, for a question that depends on them. Raises
        ValidationError with a sentence that says what to do; its `code` names the part of the answer at fault
        (`year`, `last`…) where the answer has parts.
        """
        if answers is not None:
            field = self.settle(field, answers)
        if cleaning.is_blank(raw):
            if field.required:
                raise ValidationError(self.ask_for(field), code="required")
            return None
        return self.parse(field, raw)

    def parse(self, field: "Field", raw: Any) -> Any:
        """Like `clean` for something that is not blank."""
        raise NotImplementedError

    def settle(self, field: "Field", answers: Mapping[str, Any]) -> "Field":
        """The question with what depends on earlier answers (choices, limits) put into its options.

        The same object where nothing depends: every other method takes what this returns.
        """
        return field

    def refit(self, field: "Field", value: Any) -> Any:
        """What is left of a stored answer when the question changed around it; None when it no longer fits."""
        try:
            return self.clean(field, value)
        except ValidationError:
            return None

    def refers(self, field: "Field") -> Iterator[str]:
        """Keys of the earlier questions that the options refer to."""
        yield from ()

    def ask_for(self, field: "Field") -> str:
        """What to say where a required answer is missing: the editor's sentence or the type's own."""
        return str(field.options.get("ask") or self.ask)

    def widget(self, field: "Field") -> forms.Widget:
        """The input of the public form."""
        return forms.TextInput()

    def form_field(self, field: "Field", answers: Mapping[str, Any] | None = None) -> "AnswerField":
        """A Django form field whose `clean` is this type's, with `answers` as there."""
        return AnswerField(self, field if answers is None else self.settle(field, answers))

    def shown_in_form(self, field: "Field", value: Any) -> Any:
        """A stored value as its input shows it."""
        return value

    def display(self, field: "Field", value: Any) -> str:
        """A stored value as people read it; an unanswered question is «не указано»."""
        return _("не указано") if unanswered(value) else str(value)

    def display_list(self, field: "Field", value: Any) -> list[str]:
        """The same as lines of a list."""
        return [self.display(field, value)]

    def column(self, field: "Field", value: Any) -> str:
        """A short form for one cell of a list; blank when unanswered."""
        text = "" if unanswered(value) else " ".join(self.display(field, value).split())
        return text if len(text) <= COLUMN_LENGTH else f"{text[: COLUMN_LENGTH - 1].rstrip()}…"

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        """(column title, text) for a table; the titles are the same whatever the value, None too."""
        return [(field.label, "" if unanswered(value) else self.display(field, value))]

    def export_keys(self, field: "Field") -> list[str]:
        """What each column of `export` is, whatever its title: the same key in every version of a form."""
        return ["" if place == 0 else str(place) for place in range(len(self.export(field, None)))]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        """JSON Schema 2020-12 of the stored value."""
        return {"type": "string"}

    def config_errors(self, field: "Field") -> list[str]:
        """What is wrong with the options of a question, as sentences for the editor."""
        allowed = self.option_names | {"ask"}
        return [_("Неизвестная настройка «%s»") % str(name)[:64] for name in field.options if name not in allowed]

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        """(value, words) of a question with a list of answers; empty for others."""
        return []

    def listed(self, field: "Field") -> list[tuple[str, str]]:
        """`choices` for those who compare and look for answers: with what was answered once and is not offered now."""
        return self.choices(field)

    def not_offered(self, field: "Field", value: Any) -> str:
        """Why nobody can give this answer today; blank when they can, or when the form itself keeps the list."""
        return ""


def unanswered(value: Any) -> bool:
    """Whether a stored value is no answer; «нет» and 0 are answers."""
    return value is None or value in ("", [], {})


class AnswerField(forms.Field):
    """The bridge to Django forms: cleans through the type and shows stored values in the type's own form."""

    def __init__(self, field_type: FieldType, field: "Field") -> None:
        self.field_type, self.definition_field = field_type, field
        super().__init__(
            required=field.required,
            label=field.label,
            help_text=field.hint,
            widget=field_type.widget(field),
        )

    def clean(self, value: Any) -> Any:
        """The JSON value of an answer; None when nothing was answered."""
        return self.field_type.clean(self.definition_field, value)

    def prepare_value(self, value: Any) -> Any:
        """A stored value, or what was typed before, for the input."""
        return self.field_type.shown_in_form(self.definition_field, value)

    def __deepcopy__(self, memo: dict[int, Any]) -> "AnswerField":
        copied = super().__deepcopy__(memo)
        copied.field_type, copied.definition_field = self.field_type, self.definition_field
        return copied
