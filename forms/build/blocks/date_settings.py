"""Settings of a date: which days fit."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .reference import QuestionReference
from .setting import Options, Setting, ToIds, ToKeys

DATE_LIMITS: dict[str, Options] = {
    "any": {},
    "past": {"max": {"today": 0}},
    "future": {"min": {"today": 0}},
}
UNITS = [("days", _("дней")), ("months", _("месяцев")), ("years", _("лет"))]


class LimitBlock(blocks.StructBlock):
    """A day, or so much from today or from the answer to an earlier question."""

    on = blocks.DateBlock(required=False, label=_("День"))
    q = QuestionReference(("date", "birth_date"), label=_("Или ответ на вопрос"))
    count = blocks.IntegerBlock(
        required=False,
        min_value=-2400,
        max_value=2400,
        label=_("Сколько прибавить к ответу, а если его нет, к сегодня"),
        help_text=_("С минусом — отнять."),
    )
    unit = blocks.ChoiceBlock(choices=UNITS, default="days", required=False, label=_("Чего"))

    class Meta:
        form_classname = "struct-block q-pair"


def limit(name: str, option: str, label: Any) -> Setting:
    """One bound of a date."""

    def write(value: Any, keys: ToKeys) -> Options:
        value = value or {}
        if on := value.get("on"):
            return {option: on.isoformat() if isinstance(on, date) else on}
        count, unit = value.get("count"), value.get("unit") or "days"
        moved = {"unit": unit} if unit != "days" else {}
        if value.get("q"):
            return {option: {"q": keys.of("q", value["q"])} | ({"plus": count} | moved if count else {})}
        return {} if count is None else {option: {"today": count} | moved}

    def read(options: Options, ids: ToIds, _owner: str) -> Any:
        limit = options.pop(option, None)
        blank = {"on": None, "q": "", "count": None, "unit": "days"}
        if not isinstance(limit, dict):
            return blank | {"on": limit or None}
        found = {"count": limit.get("today", limit.get("plus")), "unit": limit.get("unit") or "days"}
        return blank | found | ({"q": ids.of(limit["q"])} if limit.get("q") else {})

    return Setting(name, lambda: LimitBlock(label=label), write, read)


def usual_limits() -> Setting:
    """The bounds of a date that most questions need, by name."""
    named = [("any", _("любая")), ("past", _("сегодня или раньше")), ("future", _("сегодня или позже"))]

    def read(options: Options, _ids: ToIds, _owner: str) -> Any:
        limits = {name: options[name] for name in ("min", "max") if name in options}
        found = next((name for name, usual in DATE_LIMITS.items() if usual == limits), None)
        for name in DATE_LIMITS.get(found or "any", {}):
            del options[name]
        return found or "any"

    return Setting(
        "limits",
        lambda: blocks.ChoiceBlock(choices=named, default="any", label=_("Какая дата подходит")),
        lambda value, _k: DATE_LIMITS.get(value or "any", {}),
        read,
    )
