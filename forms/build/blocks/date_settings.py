"""Settings of a date: which days fit."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .setting import Options, Setting, ToIds, ToKeys

DATE_LIMITS: dict[str, Options] = {
    "any": {},
    "past": {"max": {"today": 0}},
    "future": {"min": {"today": 0}},
}
UNITS = [("days", _("дней")), ("months", _("месяцев")), ("years", _("лет"))]


class LimitBlock(blocks.StructBlock):
    """A day, or so much from today."""

    on = blocks.DateBlock(required=False, label=_("День"))
    count = blocks.IntegerBlock(
        required=False, min_value=-2400, max_value=2400, label=_("Или сколько от сегодня"), help_text=_("−3: раньше.")
    )
    unit = blocks.ChoiceBlock(choices=UNITS, default="days", required=False, label=_("Чего"))

    class Meta:
        form_classname = "struct-block q-pair"


def limit(name: str, option: str, label: Any) -> Setting:
    """One bound of a date. One against another answer has no block yet."""

    def write(value: Any, _keys: ToKeys) -> Options:
        value = value or {}
        if on := value.get("on"):
            return {option: on.isoformat() if isinstance(on, date) else on}
        if value.get("count") is None:
            return {}
        unit = value.get("unit") or "days"
        return {option: {"today": value["count"]} | ({"unit": unit} if unit != "days" else {})}

    def read(options: Options, _ids: ToIds, _owner: str) -> Any:
        limit = options.get(option)
        if isinstance(limit, str):
            return {"on": options.pop(option) or None}
        if isinstance(limit, dict) and "today" in limit:
            limit = options.pop(option)
            return {"on": None, "count": limit["today"], "unit": limit.get("unit") or "days"}
        return {"on": None, "count": None, "unit": "days"}

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
