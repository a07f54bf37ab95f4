"""Several answers from a list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeGuard

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.words import plural

from .choice import Choice
from .choices import DEPENDING, MOST_CHOICES, choice_errors, read_choices, settled_choices
from .contract import unanswered

if TYPE_CHECKING:
    from forms.definitions.document import Field

NONE = "none"
NONE_LABEL = gettext_lazy("Ничего из этого")


class MultipleChoice(Choice):
    """Any of `options["choices"]`; stores the keys in the order of the list.

    Options `min` and `max`: how many; `none`: true or words, adds an answer that excludes the others, key «none».
    `choices_if` and `choices_from_rows`: see `choices.py`.
    """

    name = "multiple_choice"
    verbose_name = gettext_lazy("Выбор нескольких ответов")
    icon = "tasks"
    option_names = frozenset({"choices", "min", "max", "none"}) | DEPENDING
    ask = gettext_lazy("Отметьте хотя бы один ответ")

    def settle(self, field: "Field", answers: Mapping[str, Any]) -> "Field":
        options = settled_choices(field.options, answers)
        if options is field.options:
            return field
        possible = bool(options.get("choices")) or self.none_label(field) != ""
        return replace(field, options=options, required=field.required and possible)

    def none_label(self, field: "Field") -> str:
        """The words of the excluding answer; blank where there is none."""
        words = field.options.get("none")
        return str(words if isinstance(words, str) else NONE_LABEL) if words else ""

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        known, none = read_choices(field.options.get("choices")), self.none_label(field)
        return [*known, (NONE, none)] if none else known

    def limits(self, field: "Field") -> tuple[int, int]:
        """Least and greatest number of answers; never more than there are to choose from."""
        there_are = len(read_choices(field.options.get("choices")))
        least, most = field.options.get("min"), field.options.get("max")
        return min(least if _is_count(least) else 0, there_are), most if _is_count(most) else MOST_CHOICES

    def parse(self, field: "Field", raw: Any) -> list[str]:
        chosen = [raw] if isinstance(raw, str) else raw
        known = dict(self.choices(field))
        if not isinstance(chosen, list | tuple) or len(chosen) > 1000:
            raise ValidationError(_("Отметьте ответы из списка"), code="choice")
        if not all(isinstance(key, str) and key in known for key in chosen):
            raise ValidationError(_("Отметьте ответы из списка"), code="choice")
        kept = [key for key in known if key in chosen]
        if self.none_label(field) and NONE in kept:
            if len(kept) > 1:
                sentence = _("Уберите отметку «%s» или остальные отметки") % self.none_label(field)
                raise ValidationError(sentence, code="choice")
            return kept
        self._count(field, len(kept))
        return kept

    def refit(self, field: "Field", value: Any) -> list[str] | None:
        known = dict(self.choices(field))
        left = [key for key in value if isinstance(key, str) and key in known] if isinstance(value, list) else []
        return super().refit(field, left) if left else None

    def _count(self, field: "Field", count: int) -> None:
        least, most = self.limits(field)
        if count < least:
            words = plural(least, _("ответ"), _("ответа"), _("ответов"))
            raise ValidationError(_("Отметьте не меньше: %(n)d %(words)s") % {"n": least, "words": words}, code="few")
        if count > most:
            words = plural(most, _("ответ"), _("ответа"), _("ответов"))
            raise ValidationError(_("Оставьте не больше: %(n)d %(words)s") % {"n": most, "words": words}, code="many")

    def widget(self, field: "Field") -> forms.Widget:
        attrs = {"data-none": NONE} if self.none_label(field) else {}
        return forms.CheckboxSelectMultiple(choices=self.choices(field), attrs=attrs)

    def display(self, field: "Field", value: Any) -> str:
        return _("не указано") if unanswered(value) else ", ".join(self.display_list(field, value))

    def display_list(self, field: "Field", value: Any) -> list[str]:
        known = dict(self.choices(field))
        return [known.get(key, str(key)) for key in value or ()]

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        if "choices_from_rows" in field.options:
            return [(field.label, "; ".join(self.display_list(field, value)))]
        mark = _("да")
        return [(f"{field.label}: {label}", mark if key in (value or ()) else "") for key, label in self.choices(field)]

    def export_keys(self, field: "Field") -> list[str]:
        return [""] if "choices_from_rows" in field.options else [key for key, _label in self.choices(field)]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        known = [{"const": key, "title": label} for key, label in self.choices(field)]
        item: dict[str, Any] = {"type": "string"} if "choices_from_rows" in field.options else {"oneOf": known}
        least, most = self.limits(field)
        least = 1 if field.required and (least == 0 or self.none_label(field)) else least
        schema: dict[str, Any] = {"type": "array", "items": {"type": "string"} | item, "uniqueItems": True}
        schema |= {"maxItems": most} if most < MOST_CHOICES else {}
        return schema | ({"minItems": least} if least and field.required else {})

    def config_errors(self, field: "Field") -> list[str]:
        options = field.options
        wrong = list(super(Choice, self).config_errors(field))
        none, counts = options.get("none"), [options.get("min"), options.get("max")]
        if not (none is None or isinstance(none, bool) or (isinstance(none, str) and len(none) <= 100)):
            wrong.append(_("«Ничего из этого»: подпись не длиннее 100 знаков"))
        wrong += choice_errors(options, {NONE} if self.none_label(field) else set())
        if not all(count is None or _is_count(count) for count in counts):
            return [*wrong, _("Сколько ответов: целые числа от 1 до %d") % MOST_CHOICES]
        least, most = counts[0] or 1, counts[1] or MOST_CHOICES
        there_are = MOST_CHOICES if "choices_from_rows" in options else len(read_choices(options.get("choices")))
        if least > min(most, there_are):
            wrong.append(_("Наименьшее число ответов больше, чем можно отметить"))
        return wrong


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_CHOICES
