"""Lists of choices: fixed, cut by earlier answers, or drawn from rows entered before.

`{"choices": [{"key", "label"}]}`; `{"choices_if": {choice key: condition}}`: that choice is offered only while the
condition holds; `{"choices_from_rows": {"group": key, "label": key}}`: one choice a row of a repeating group, named by
an answer in it, stored as the row's id.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from django.utils.translation import gettext as _

from forms.definitions import conditions

MOST_CHOICES = 200
LABEL_LENGTH = 300
DEPENDING = frozenset({"choices_if", "choices_from_rows"})


def read_choices(choices: Any) -> list[tuple[str, str]]:
    """(key, words) of a list from options; what is no choice is left out."""
    return [(choice["key"], choice["label"]) for choice in choices if _is_choice(choice)] if _is_list(choices) else []


def settled_choices(options: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options with the choices that these answers leave; the same object where nothing depends on answers."""
    if not DEPENDING & options.keys():
        return options
    kept = {name: value for name, value in options.items() if name not in DEPENDING}
    rows = options.get("choices_from_rows")
    if isinstance(rows, Mapping):
        return kept | {"choices": _from_rows(rows, answers)}
    choices = options.get("choices")
    cuts = options.get("choices_if")
    if not _is_list(choices) or not isinstance(cuts, Mapping):
        return kept
    return kept | {"choices": [choice for choice in choices if _is_choice(choice) and _holds(cuts, choice, answers)]}


def _holds(cuts: Mapping[str, Any], choice: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    condition = cuts.get(choice["key"])
    return condition is None or bool(conditions.compile_condition(condition)(answers))


def _from_rows(source: Mapping[str, Any], answers: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = answers.get(source.get("group", ""))
    found = []
    for number, row in enumerate(rows if _is_list(rows) else [], start=1):
        if isinstance(row, Mapping) and isinstance(row.get("id"), str):
            label = _words(row.get(source.get("label", ""))) or _("Строка %d") % number
            found.append({"key": row["id"], "label": label[:LABEL_LENGTH]})
    return found


def _words(answer: Any) -> str:
    """An answer of a row as the name of a choice: text, or the parts of a name."""
    if isinstance(answer, Mapping):
        return " ".join(str(answer[part]) for part in ("last", "first", "middle") if answer.get(part))
    return str(answer) if isinstance(answer, str | int | float) and not isinstance(answer, bool) else ""


def choice_errors(options: Mapping[str, Any], reserved: set[str]) -> list[str]:
    """What is wrong with the choices; blank and repeated words are errors of the editor, the rest of a file."""
    if "choices_from_rows" in options:
        return _rows_errors(options)
    choices = options.get("choices")
    if not _is_list(choices) or not all(_is_choice(choice) for choice in choices):
        return [_("Варианты записаны неверно")]
    return [*_list_errors(choices, reserved), *_cut_errors(options.get("choices_if"), choices)]


def _list_errors(choices: Sequence[Any], reserved: set[str]) -> list[str]:
    wrong = []
    if len(choices) + len(reserved) < 2:
        wrong.append(_("Добавьте хотя бы два варианта"))
    if len(choices) > MOST_CHOICES:
        wrong.append(_("Оставьте не больше %d вариантов") % MOST_CHOICES)
    labels = [" ".join(choice["label"].split()).casefold() for choice in choices]
    if "" in labels:
        wrong.append(_("Подпишите каждый вариант"))
    if repeated := sorted({label for label in labels if label and labels.count(label) > 1}):
        wrong.append(_("Варианты повторяются: %s") % ", ".join(repeated[:5]))
    keys = {choice["key"] for choice in choices}
    if len(keys) < len(choices) or "" in keys:
        wrong.append(_("Ключи вариантов повторяются"))
    if keys & reserved:
        wrong.append(_("Ключ варианта «%s» занят") % ", ".join(sorted(keys & reserved)))
    return wrong


def _cut_errors(cuts: Any, choices: Sequence[Any]) -> list[str]:
    if cuts is None:
        return []
    if not isinstance(cuts, Mapping) or not cuts.keys() <= {choice["key"] for choice in choices}:
        return [_("Условия вариантов записаны неверно: в списке нет такого варианта")]
    return [sentence for condition in cuts.values() for sentence in conditions.problems(condition)]


def _rows_errors(options: Mapping[str, Any]) -> list[str]:
    source = options["choices_from_rows"]
    good = isinstance(source, Mapping) and source.keys() == {"group", "label"}
    if not good or not all(isinstance(key, str) and key for key in source.values()):
        return [_("Варианты из строк: выберите группу и вопрос, которым называть строку")]
    if options.get("choices") or options.get("choices_if"):
        return [_("Варианты берутся из строк: свой список уберите")]
    return []


def _is_list(value: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _is_choice(choice: Any) -> bool:
    return isinstance(choice, Mapping) and all(isinstance(choice.get(name), str) for name in ("key", "label"))
