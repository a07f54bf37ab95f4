"""A calendar date, or as much of it as is known."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import dates
from home.words import plural

from . import cleaning, date_limits
from .contract import FieldType, unanswered
from .date_limits import FIRST_YEAR, LAST_YEAR
from .widgets import PartsWidget

if TYPE_CHECKING:
    from forms.definitions.document import Field

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
NAMES = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
TYPED = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?", re.ASCII),
    re.compile(r"(?:(?P<day>\d{1,2})[./ ])?(?P<month>\d{1,2})[./ ](?P<year>\d{4})", re.ASCII),
)
PARTS = {"day": ("day", "month", "year"), "month": ("month", "year"), "year": ("year",)}
OLDEST = 130


class Date(FieldType):
    """ISO text: «2018-03-07», or «2018-03» and «2018» where that is enough.

    Options `min` and `max`: see `date_limits.py`. `precision`: what is asked, day, month or year. `partial`: the day,
    and the month, may be left blank. `age`: an age instead, stored as `{"age": n, "on": ISO date of the answer}`.
    """

    name = "date"
    verbose_name = gettext_lazy("Дата")
    icon = "calendar-alt"
    option_names = frozenset({"min", "max", "precision", "partial", "age"})
    ask = gettext_lazy("Напишите дату: день, месяц и год")

    def settle(self, field: "Field", answers: Mapping[str, Any]) -> "Field":
        options = date_limits.settled(field.options, answers)
        return field if options is field.options else replace(field, options=options)

    def refers(self, field: "Field") -> Iterator[str]:
        yield from date_limits.refers(field.options)

    def precision(self, field: "Field") -> str:
        """What is asked: day, month or year."""
        value = field.options.get("precision")
        return value if isinstance(value, str) and value in PARTS else "day"

    def ask_for(self, field: "Field") -> str:
        words = {"month": _("Напишите месяц и год"), "year": _("Напишите год")}
        return words.get(self.precision(field)) or super().ask_for(field)

    def parse(self, field: "Field", raw: Any) -> Any:
        texts = self._parts(field, raw)
        if texts.get("age"):
            return self._age(field, texts, raw)
        value = self._date(field, texts)
        self.check(field, *dates_of(value))
        return value

    def check(self, field: "Field", first: datetime.date, last: datetime.date) -> None:
        """Raises ValidationError when no day from `first` to `last` is inside of the limits."""
        earliest, latest = date_limits.limits(field.options)
        if earliest and last < earliest:
            raise ValidationError(_("Напишите дату не раньше %s") % long_date(earliest), code="year")
        if latest and first > latest:
            raise ValidationError(_("Напишите дату не позже %s") % long_date(latest), code="year")

    def _parts(self, field: "Field", raw: Any) -> dict[str, str]:
        wrong = ValidationError(_("Напишите дату числами, например 7 3 2018"), code=PARTS[self.precision(field)][0])
        if isinstance(raw, str):
            text = cleaning.line(raw, 40)
            found = next((match for pattern in TYPED if (match := pattern.fullmatch(text))), None)
            if not found:
                raise wrong
            return {part: value or "" for part, value in found.groupdict().items()}
        if not isinstance(raw, dict):
            raise wrong
        texts = {}
        for part in ("day", "month", "year", "age"):
            value = raw.get(part)
            if part == "age" and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= OLDEST:
                value = str(value)
            try:
                texts[part] = cleaning.line("" if value is None else value, 20)
            except ValidationError as error:
                raise ValidationError(wrong.message, code=part) from error
        return texts

    def _date(self, field: "Field", texts: Mapping[str, str]) -> str:
        precision = self.precision(field)
        partial = bool(field.options.get("partial"))
        month_asked = precision != "year" and bool(texts["month"] or texts["day"] or not partial)
        day_asked = precision == "day" and bool(texts["day"] or not partial)
        day = number(texts["day"]) if day_asked else 1
        month = (number(texts["month"]) or month_by_name(texts["month"])) if month_asked else 1
        year = number(texts["year"])
        if not 1 <= day <= 31:
            raise ValidationError(_("Напишите день числом от 1 до 31"), code="day")
        if not 1 <= month <= 12:
            raise ValidationError(_("Напишите месяц числом от 1 до 12"), code="month")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(_("Напишите год четырьмя цифрами, например 2018"), code="year")
        try:
            text = datetime.date(year, month, day).isoformat()
        except ValueError as error:
            raise ValidationError(_("Такого дня в этом месяце нет. Проверьте день и месяц"), code="day") from error
        return text[: 10 if day_asked else 7 if month_asked else 4]

    def _age(self, field: "Field", texts: Mapping[str, str], raw: Mapping[str, Any]) -> dict[str, Any]:
        if not field.options.get("age"):
            raise ValidationError(self.ask_for(field), code="day")
        if texts["day"] or texts["month"] or texts["year"]:
            raise ValidationError(_("Напишите дату или возраст, что-то одно"), code="age")
        age = number(texts["age"])
        if age > OLDEST or (age == 0 and texts["age"].strip("0")):
            raise ValidationError(_("Напишите возраст числом полных лет, например 43"), code="age")
        today, said = timezone.localdate(), dates.read(raw.get("on"))
        on = said if said and said <= today and said.year >= FIRST_YEAR + OLDEST else today
        value = {"age": age, "on": on.isoformat()}
        self.check(field, *dates_of(value))
        return value

    def widget(self, field: "Field") -> forms.Widget:
        names = PARTS[self.precision(field)]
        return DateWidget((*names, "age") if field.options.get("age") else names)

    def display(self, field: "Field", value: Any) -> str:
        if unanswered(value):
            return _("не указано")
        if isinstance(value, dict):
            years = plural(value["age"], _("год"), _("года"), _("лет"))
            on = long_date(datetime.date.fromisoformat(value["on"]))
            return _("%(age)d %(years)s на %(on)s") % {"age": value["age"], "years": years, "on": on}
        first, _last = dates_of(value)
        if len(value) == 10:
            return long_date(first)
        return _("%s года") % f"{NAMES[first.month - 1]} {first.year}" if len(value) == 7 else _("%d год") % first.year

    def column(self, field: "Field", value: Any) -> str:
        if unanswered(value):
            return ""
        if isinstance(value, dict):
            return f"{value['age']} {plural(value['age'], _('год'), _('года'), _('лет'))}"
        return ".".join(reversed(value.split("-")))

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        return [(field.label, self.display(field, value) if isinstance(value, dict) else self.column(field, value))]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        shapes = {"day": "-[0-9]{2}-[0-9]{2}", "month": "-[0-9]{2}", "year": ""}
        order = list(PARTS)[list(PARTS).index(self.precision(field)) :]
        if order == ["day", "month", "year"] and not field.options.get("partial"):
            text: dict[str, Any] = {"type": "string", "format": "date"}
        else:
            allowed = [shapes[name] for name in (order if field.options.get("partial") else order[:1])]
            text = {"type": "string", "pattern": f"^[0-9]{{4}}({'|'.join(allowed)})$"}
        if not field.options.get("age"):
            return text
        age = {"type": "integer", "minimum": 0, "maximum": OLDEST}
        properties = {"age": age, "on": {"type": "string", "format": "date"}}
        by_age = {"type": "object", "properties": properties, "required": ["age"], "additionalProperties": False}
        return {"oneOf": [text, by_age]}

    def config_errors(self, field: "Field") -> list[str]:
        options = field.options
        wrong = super().config_errors(field) + date_limits.errors(options)
        if options.get("precision") not in (None, "", *PARTS):
            wrong.append(_("Точность даты: день, месяц или год"))
        if not all(isinstance(options.get(name, False), bool) for name in ("partial", "age")):
            wrong.append(_("Неполная дата и возраст: здесь нужно да или нет"))
        return wrong


def dates_of(value: Any) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a stored answer may mean; ValueError when it is none."""
    if isinstance(value, Mapping):
        on, age = datetime.date.fromisoformat(value["on"]), value["age"]
        born_last = dates.shift(on, -age, "years")
        born_before = dates.shift(on, -age - 1, "years")
        if born_last is None or born_before is None:
            raise ValueError(value)
        return born_before + datetime.timedelta(days=1), born_last
    first = dates.read(value)
    if first is None:
        raise ValueError(value)
    if len(value) == 10:
        return first, first
    after = dates.shift(first, 1, "months" if len(value) == 7 else "years")
    return first, (after or first) - datetime.timedelta(days=1)


def number(text: str) -> int:
    """A short whole number; 0 when it is not one."""
    return int(text) if len(text) <= 4 and text.isascii() and text.isdigit() else 0


def month_by_name(text: str) -> int:
    """The month of a Russian word in any case («марта»), 0 when it is not one."""
    word = text.casefold()
    found = [n for n, stem in enumerate(MONTHS, start=1) if word.startswith(stem)] if len(word) >= 3 else []
    return found[0] if found else 0


def long_date(date: datetime.date) -> str:
    """«7 марта 2018 года»."""
    return _("%s года") % date_format(date, "j E Y")


class DateWidget(PartsWidget):
    """Boxes for day, month and year, as many as are asked, and one for the age where that may do."""

    every = {
        "day": (gettext_lazy("День"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w2"})),
        "month": (gettext_lazy("Месяц"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w2"})),
        "year": (gettext_lazy("Год"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"})),
        "age": (gettext_lazy("Или возраст, лет"), forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"})),
    }

    def __init__(self, names: tuple[str, ...] = PARTS["day"], attrs: dict[str, Any] | None = None) -> None:
        self.parts = {name: self.every[name] for name in names}  # type: ignore[misc]
        super().__init__(attrs)

    def split(self, value: Any) -> dict[str, Any]:
        if isinstance(value, str):
            year, _dash, rest = value.partition("-")
            month, _dash, day = rest.partition("-")
            return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        return super().split(value)
