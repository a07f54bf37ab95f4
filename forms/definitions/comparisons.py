"""Which comparisons fit which questions, and how a comparison reads in Russian."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import dates, expressions, fields
from .numbers import is_number
from .question import Field

KINDS = {
    "short_text": "text",
    "long_text": "text",
    "email": "text",
    "phone": "text",
    "snils": "text",
    "choice": "choice",
    "measure": "choice",
    "centre": "choice",
    "meeting": "opaque",
    "territory": "territory",
    "multiple_choice": "several",
    "yes_no": "yes_no",
    "whole_number": "number",
    "decimal": "number",
    "money": "number",
    "date": "date",
    "birth_date": "date",
    "time": "time",
    "group": "rows",
    "heading": "none",
    "explanation": "none",
}
EITHER = ("answered", "empty")
ORDER = ("lt", "le", "gt", "ge", "between")
OPERATORS_OF: dict[str, tuple[str, ...]] = {
    "text": ("eq", "ne", "in", "not_in", "contains", *EITHER),
    "choice": ("eq", "ne", "in", "not_in", *EITHER),
    "territory": ("eq", "ne", "in", "not_in", "within", *EITHER),
    "several": ("contains", "in", "not_in", *EITHER),
    "yes_no": ("eq", "ne", *EITHER),
    "number": ("eq", "ne", "in", "not_in", *ORDER, *EITHER),
    "date": ("eq", "ne", *ORDER, "before", "after", "age_at_least", "age_at_most", *EITHER),
    "time": ("eq", "ne", *ORDER, *EITHER),
    "any": ("eq", "ne", *ORDER, "before", "after", "age_at_least", "age_at_most", *EITHER),
    "rows": EITHER,
    "opaque": EITHER,
    "none": (),
}
WORDS: dict[str, str | Promise] = {
    "eq": gettext_lazy("равно"),
    "ne": gettext_lazy("не равно"),
    "in": gettext_lazy("одно из"),
    "not_in": gettext_lazy("ни одно из"),
    "contains": gettext_lazy("содержит"),
    "answered": gettext_lazy("есть ответ"),
    "empty": gettext_lazy("нет ответа"),
    "lt": gettext_lazy("меньше"),
    "le": gettext_lazy("не больше"),
    "gt": gettext_lazy("больше"),
    "ge": gettext_lazy("не меньше"),
    "between": gettext_lazy("от и до"),
    "before": gettext_lazy("раньше"),
    "after": gettext_lazy("позже"),
    "age_at_least": gettext_lazy("возраст не меньше"),
    "age_at_most": gettext_lazy("возраст не больше"),
    "within": gettext_lazy("находится в"),
}
AGES = frozenset({"age_at_least", "age_at_most"})


def value_kind(field: Field) -> str:
    """What an answer is to a comparison: text, choice, number, date…; «opaque» is answered or not, and no more."""
    if field.type == "computed":
        return expressions.result_kind(field.options["expr"])
    return KINDS.get(field.type, "opaque")


def operators_for(field: Field) -> tuple[str, ...]:
    """The operators that fit a question, in the order that editors see; words in WORDS."""
    return OPERATORS_OF[value_kind(field)]


def fixed_choices(field: Field) -> dict[str, str] | None:
    """Words by value of a question whose list of answers is known from the form alone; None for others."""
    if field.type not in {"choice", "multiple_choice"} or field.options.get("choices_from_rows"):
        return None
    return dict(fields.get(field.type).choices(field))


def value_fits(field: Field, op: str, value: Any) -> bool:
    """Whether the constant of a leaf can be compared with an answer to the question."""
    kind = value_kind(field)
    if op in EITHER or op in AGES or kind == "any":
        return True
    values = value if isinstance(value, list) else [value]
    choices = fixed_choices(field)
    if choices is not None:
        return all(isinstance(each, str) and each in choices for each in values)
    if kind == "number":
        return all(is_number(each) for each in values)
    if kind == "date":
        return all(dates.read(each) is not None for each in values)
    return all(isinstance(each, bool if kind == "yes_no" else str) for each in values)


def kinds_fit(field: Field, to: Mapping[str, Any], other: Field | None) -> bool:
    """Whether a question can be compared with `to`: today, or the answer to `other`, moved by a unit or a number."""
    kind = value_kind(field)
    if "today" in to:
        return kind in {"date", "any"}
    theirs = value_kind(other) if other else "any"
    if to.get("unit"):
        return {kind, theirs} <= {"date", "any"}
    if to.get("plus"):
        return {kind, theirs} <= {"number", "any"}
    if kind == "several":
        return theirs in {"choice", "any"}
    return "any" in {kind, theirs} or kind == theirs


def sentence(condition: Any, known: Mapping[str, Field]) -> str:
    """A condition without problems in Russian: «„Кто вы“ — это „родитель“ и „Возраст“ меньше 18»."""
    if "of" in condition:
        parts = [sentence(part, known) for part in condition["of"]]
        joined = (_(" и ") if condition["op"] == "all" else _(" или ")).join(
            f"({text})" if "of" in part and len(part["of"]) > 1 else text
            for text, part in zip(parts, condition["of"], strict=True)
        )
        return _("неверно, что %s") % joined if condition["op"] == "none" else joined
    return _rows(condition, known) if "rows" in condition else _leaf(condition, known)


def _rows(leaf: Mapping[str, Any], known: Mapping[str, Field]) -> str:
    where = f": {sentence(leaf['where'], known)}" if leaf.get("where") else ""
    label = _label(leaf["rows"], known)
    if leaf["op"] == "count_rows":
        how = WORDS[leaf.get("cmp", "ge")]
        return _("в списке %(list)s записей %(how)s %(n)d%(where)s") % {
            "list": label,
            "how": how,
            "n": leaf["n"],
            "where": where,
        }
    words = _("в списке %(list)s в каждой записи%(where)s")
    if leaf["op"] == "any_row":
        words = _("в списке %(list)s хотя бы в одной записи%(where)s")
    return words % {"list": label, "where": where}


def _leaf(leaf: Mapping[str, Any], known: Mapping[str, Field]) -> str:
    label, op = _label(leaf["q"], known), leaf["op"]
    if op in EITHER:
        return f"{label} — {WORDS[op]}"
    field = known.get(leaf["q"])
    words = _("это") if op == "eq" else _("не") if op == "ne" else str(WORDS[op])
    dash = "— " if op in {"eq", "ne", "in", "not_in"} else ""
    if op == "between":
        low, high = (_value(each, op, field) for each in leaf["v"])
        return _("%(label)s от %(low)s до %(high)s") % {"label": label, "low": low, "high": high}
    return f"{label} {dash}{words} {_operand(leaf['to'], known) if 'to' in leaf else _value(leaf.get('v'), op, field)}"


def _value(value: Any, op: str, field: Field | None) -> str:
    if isinstance(value, list):
        return ", ".join(_value(each, op, field) for each in value)
    if op in AGES:
        return _("%d лет") % value
    if isinstance(value, bool):
        return _("«да»") if value else _("«нет»")
    if is_number(value):
        return str(value).replace(".", ",")
    if field and value_kind(field) in {"choice", "several", "territory", "date"}:
        words = (fixed_choices(field) or {}).get(value)
        return (
            f"«{words or fields.get(field.type).display(field, value)}»"
            if field.type != "multiple_choice"
            else (f"«{words or value}»")
        )
    return f"«{value}»"


def _operand(to: Mapping[str, Any], known: Mapping[str, Field]) -> str:
    start = _("сегодня") if "today" in to else _label(to["q"], known)
    count = to.get("today", to.get("plus")) or 0
    if not count:
        return start
    unit = {"days": _("дн."), "months": _("мес."), "years": _("г.")}.get(to.get("unit") or "", "")
    unit = unit or (_("дн.") if "today" in to else "")
    return f"{start} {'+' if count > 0 else '−'} {abs(count)} {unit}".strip()


def _label(key: str, known: Mapping[str, Field]) -> str:
    field = known.get(key)
    return f"«{field.label}»" if field else _("удалённый вопрос")
