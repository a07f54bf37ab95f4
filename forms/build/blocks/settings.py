"""The settings of each field type, the one in sight and the rare ones."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.definitions.fields import (
    birth_date,
    choices,
    decimal_number,
    file,
    group,
    presets,
    rows,
    shown,
    texts,
    whole_number,
)

from . import cuts, date_settings, expression
from . import setting as kinds


def _text_length(name: str, label: Any) -> kinds.Setting:
    return kinds.plain(name, blocks.IntegerBlock, min_value=1, max_value=texts.MOST_POSSIBLE, label=label)


SHORTEST = _text_length("min_length", _("Сколько знаков, не меньше"))
LONGEST = _text_length("max_length", _("Сколько знаков, не больше"))
CHOICES = kinds.listed("choices", _("Варианты ответа"), _("Можно менять слова: ответы не потеряются."))
UNIT = kinds.text("unit", whole_number.UNIT_LENGTH, _("Слово после числа"), help_text=_("Например: см, человек."))
PARTIAL = kinds.tick("partial", _("Можно не помнить день и месяц"))
AGE_INSTEAD = kinds.tick("age", _("Можно написать возраст вместо даты"))
DEPENDING = [cuts.cuts(), cuts.from_rows()]
COUNT: dict[str, Any] = {"min_value": 1, "max_value": choices.MOST_CHOICES}
ROWS: dict[str, Any] = {"min_value": 0, "max_value": rows.MOST_ROWS}
AGE: dict[str, Any] = {"min_value": 0, "max_value": birth_date.OLDEST}
ASK = kinds.text(
    "ask", 200, _("Что сказать, если ответа нет"), help_text=_("Например: «Напишите, где служит участник».")
)

VISIBLE: dict[str, kinds.Setting] = {
    "short_text": kinds.one_of(
        "preset",
        [(name, preset.label) for name, preset in presets.PRESETS.items()],
        _("Что пишут"),
        _("любой текст"),
    ),
    "long_text": LONGEST,
    "choice": CHOICES,
    "multiple_choice": CHOICES,
    "date": date_settings.usual_limits(),
    "birth_date": kinds.pair("years", _("Сколько полных лет"), blocks.IntegerBlock, "age_min", "age_max", **AGE),
    "time": kinds.pair("range", _("Какое время подходит"), blocks.TimeBlock, "min", "max"),
    "whole_number": kinds.pair("range", _("Какое число подходит"), blocks.IntegerBlock, "min", "max"),
    "decimal": kinds.pair("range", _("Какое число подходит"), blocks.FloatBlock, "min", "max"),
    "money": kinds.pair("range", _("Какая сумма подходит, в рублях"), blocks.FloatBlock, "min", "max"),
    "file": kinds.plain(
        "types",
        blocks.MultipleChoiceBlock,
        choices=list(file.TYPES.items()),
        default=["image", "pdf"],
        label=_("Какие файлы подойдут"),
    ),
    "group": kinds.pair("range", _("Сколько записей"), blocks.IntegerBlock, "min", "max", **ROWS),
    "meeting": kinds.one_of(
        "of", [("meetings", _("на встречи групп")), ("slots", _("на приёмы"))], _("На что записывают"), _("на всё")
    ),
    "computed": expression.computed(),
    "explanation": kinds.plain("text", blocks.TextBlock, max_length=shown.MOST_TEXT, label=_("Текст пояснения")),
}
RARE: dict[str, list[kinds.Setting]] = {
    "short_text": [SHORTEST, LONGEST],
    "long_text": [SHORTEST],
    "choice": [
        kinds.one_of(
            "display",
            [("radio", _("все варианты сразу")), ("list", _("выпадающий список"))],
            _("Как показать"),
            _("как удобнее: длинные списки выпадают"),
        ),
        kinds.tick("other", _("Можно написать свой вариант")),
        kinds.text("other_label", 100, _("Слова у своего варианта"), help_text=_("Сейчас «Другое».")),
        *DEPENDING,
    ],
    "multiple_choice": [
        kinds.plain("min", blocks.IntegerBlock, label=_("Сколько отметить, не меньше"), **COUNT),
        kinds.plain("max", blocks.IntegerBlock, label=_("Сколько отметить, не больше"), **COUNT),
        kinds.excluding(),
        *DEPENDING,
    ],
    "date": [
        date_settings.limit("earliest", "min", _("Не раньше")),
        date_settings.limit("latest", "max", _("Не позже")),
        kinds.one_of(
            "precision",
            [("month", _("месяц и год")), ("year", _("год"))],
            _("Что спросить"),
            _("день, месяц и год"),
        ),
        PARTIAL,
        AGE_INSTEAD,
    ],
    "birth_date": [date_settings.limit("age_on", "age_on", _("На какой день считать возраст")), PARTIAL, AGE_INSTEAD],
    "yes_no": [kinds.text("yes", 60, _("Слова вместо «Да»")), kinds.text("no", 60, _("Слова вместо «Нет»"))],
    "whole_number": [UNIT],
    "decimal": [
        UNIT,
        kinds.plain(
            "places",
            blocks.IntegerBlock,
            min_value=1,
            max_value=decimal_number.MOST_PLACES,
            label=_("Цифр после запятой"),
        ),
    ],
    "group": [
        kinds.reference("count_from", ("whole_number",), _("Сколько записей, скажет ответ на вопрос")),
        kinds.reference("rows_from", ("multiple_choice",), _("Или по записи на каждую отметку в вопросе")),
        kinds.text("row_title", group.MOST_TITLE, _("Как назвать одну запись"), help_text=_("Например: Ребёнок.")),
        kinds.text("add_label", group.MOST_TITLE, _("Слова на кнопке"), help_text=_("Например: Добавить ребёнка.")),
    ],
    "address": [kinds.tick("index", _("Спросить индекс")), kinds.unless("how", _("Спросить, как проехать"))],
    "computed": [
        kinds.tick("shown", _("Показать ответ человеку")),
        kinds.text("unit", 30, _("Слово после числа"), help_text=_("Например: лет, рублей.")),
    ],
    "file": [
        kinds.always("max_mb", file.DEFAULT_MB, file.MOST_MB, _("Размер файла, МБ, не больше")),
        kinds.always("max_files", file.DEFAULT_FILES, file.MOST_FILES, _("Сколько файлов, не больше")),
        kinds.listed("papers", _("Какие документы нужны"), _("О каждом спросим: приложат, принесут или уже есть.")),
    ],
}


def of(type_name: str) -> list[kinds.Setting]:
    """Every setting of a type, the visible one first."""
    visible = VISIBLE.get(type_name)
    return [*([visible] if visible else []), *RARE.get(type_name, [])]


def write(type_name: str, value: dict[str, Any], keys: kinds.ToKeys) -> kinds.Options:
    """The options of a question from its stored block value."""
    rare = value.get("more") or {}
    options: kinds.Options = {}
    for setting in [*RARE.get(type_name, []), ASK]:
        options |= setting.write(rare.get(setting.name), keys)
    visible = VISIBLE.get(type_name)
    options |= visible.write(value.get(visible.name), keys) if visible else {}
    if "choices_from_rows" in options and not options.get("choices"):
        options.pop("choices", None)
    return options


def read(type_name: str, options: kinds.Options, ids: kinds.ToIds, owner: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Block values for a question's options: (visible, rare). Takes out of `options` all that has a setting."""
    visible = VISIBLE.get(type_name)
    shown_value = {visible.name: visible.read(options, ids, owner)} if visible else {}
    return shown_value, {each.name: each.read(options, ids, owner) for each in [*RARE.get(type_name, []), ASK]}
