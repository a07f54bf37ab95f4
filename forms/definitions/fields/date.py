"""A calendar date."""

import datetime
import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import cleaning
from .contract import FieldType
from .widgets import PartsWidget

if TYPE_CHECKING:
    from forms.definitions.document import Field

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
FIRST_YEAR, LAST_YEAR = 1880, 2200
MOST_DAYS = 73_000
PARTS = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./ ](\d{1,2})[./ ](\d{4})")


class Date(FieldType):
    """An ISO date. Options `min` and `max`: an ISO date, or `{"today": n}` for n days from today."""

    name = "date"
    verbose_name = gettext_lazy("Дата")
    icon = "calendar-alt"
    option_names = frozenset({"min", "max"})
    ask = gettext_lazy("Напишите дату: день, месяц и год")

    def parse(self, field: "Field", raw: Any) -> str:
        date = self._date(*self._parts(raw))
        earliest, latest = limit(field.options.get("min")), limit(field.options.get("max"))
        if earliest and date < earliest:
            raise ValidationError(_("Напишите дату не раньше %s") % long_date(earliest), code="year")
        if latest and date > latest:
            raise ValidationError(_("Напишите дату не позже %s") % long_date(latest), code="year")
        return date.isoformat()

    def _parts(self, raw: Any) -> tuple[str, str, str]:
        if isinstance(raw, str):
            found = PARTS.fullmatch(cleaning.line(raw, 40))
            if not found:
                raise ValidationError(_("Напишите дату числами, например 7 3 2018"), code="day")
            year, month, day = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
            return day, month, year
        if not isinstance(raw, dict):
            raise ValidationError(_("Напишите дату: день, месяц и год"), code="day")
        texts = []
        for part in ("day", "month", "year"):
            try:
                value = raw.get(part)
                texts.append(cleaning.line("" if value is None else value, 20))
            except ValidationError as error:
                raise ValidationError(_("Напишите дату числами, например 7 3 2018"), code=part) from error
        return texts[0], texts[1], texts[2]

    def _date(self, day_text: str, month_text: str, year_text: str) -> datetime.date:
        day, month, year = number(day_text), number(month_text) or month_by_name(month_text), number(year_text)
        if not 1 <= day <= 31:
            raise ValidationError(_("Напишите день числом от 1 до 31"), code="day")
        if not 1 <= month <= 12:
            raise ValidationError(_("Напишите месяц числом от 1 до 12"), code="month")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(_("Напишите год четырьмя цифрами, например 2018"), code="year")
        try:
            return datetime.date(year, month, day)
        except ValueError as error:
            raise ValidationError(_("Такого дня в этом месяце нет. Проверьте день и месяц"), code="day") from error

    def widget(self, field: "Field") -> forms.Widget:
        return DateWidget()

    def display(self, field: "Field", value: Any) -> str:
        return long_date(datetime.date.fromisoformat(value)) if value else _("не указано")

    def column(self, field: "Field", value: Any) -> str:
        return datetime.date.fromisoformat(value).strftime("%d.%m.%Y") if value else ""

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        for name in ("min", "max"):
            try:
                limit(field.options.get(name))
            except ValueError:
                wrong.append(_("Граница даты записана неверно"))
        return wrong


def number(text: str) -> int:
    """A short whole number; 0 when it is not one."""
    return int(text) if len(text) <= 4 and text.isascii() and text.isdigit() else 0


def month_by_name(text: str) -> int:
    """The month of a Russian word in any case («марта»), 0 when it is not one."""
    word = text.casefold()
    found = [n for n, stem in enumerate(MONTHS, start=1) if word.startswith(stem)] if len(word) >= 3 else []
    return found[0] if found else 0


def limit(value: Any) -> datetime.date | None:
    """A limit of the options as a date; None without limit; ValueError when it is neither."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return datetime.date.fromisoformat(value)
    days = value.get("today") if isinstance(value, dict) else None
    if not isinstance(days, int) or isinstance(days, bool) or abs(days) > MOST_DAYS:
        raise ValueError(value)
    return timezone.localdate() + datetime.timedelta(days=days)


def long_date(date: datetime.date) -> str:
    """«7 марта 2018 года»."""
    return _("%s года") % date_format(date, "j E Y")


class DateWidget(PartsWidget):
    """Three boxes: day, month, year."""

    parts = {
        "day": (gettext_lazy("День"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w2"})),
        "month": (gettext_lazy("Месяц"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w2"})),
        "year": (gettext_lazy("Год"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"})),
    }

    def split(self, value: Any) -> dict[str, Any]:
        if isinstance(value, str):
            year, _dash, rest = value.partition("-")
            month, _dash, day = rest.partition("-")
            return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        return super().split(value)
