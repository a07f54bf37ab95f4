"""A date of birth."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeGuard

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import dates
from home.words import plural

from . import date_limits
from .date import Date, long_date

if TYPE_CHECKING:
    from forms.definitions.document import Field

OLDEST = 120


class BirthDate(Date):
    """Not in the future and not before 120 years ago. Options `age_min`, `age_max`: full years on the day `age_on`
    (a limit as in `date_limits.py`; today unless it is said). `partial` and `age` as of a date."""

    name = "birth_date"
    verbose_name = gettext_lazy("Дата рождения")
    icon = "user"
    option_names = frozenset({"age_min", "age_max", "age_on", "partial", "age"})
    ask = gettext_lazy("Напишите дату рождения: день, месяц и год")

    def settle(self, field: "Field", answers: Mapping[str, Any]) -> "Field":
        options = date_limits.settled(_as_limit(field), answers)
        return replace(field, options={**field.options, "age_on": options["max"]}) if self._depends(field) else field

    def refers(self, field: "Field") -> Iterator[str]:
        yield from date_limits.refers(_as_limit(field))

    def _depends(self, field: "Field") -> bool:
        return any(date_limits.refers(_as_limit(field)))

    def check(self, field: "Field", first: datetime.date, last: datetime.date) -> None:
        today = timezone.localdate()
        if first > today:
            raise ValidationError(_("Дата рождения не может быть в будущем. Проверьте год"), code="year")
        if _age(last, today) > OLDEST:
            raise ValidationError(_("Проверьте год рождения: получается больше %d лет") % OLDEST, code="year")
        on = date_limits.limits(_as_limit(field))[1] or today
        youngest, oldest = _age(last, on), _age(first, on)
        least, most = field.options.get("age_min"), field.options.get("age_max")
        words = {"on": _("сегодня") if on == today else _("на %s") % long_date(on)}
        if _is_age(least) and oldest < least:
            words |= {"age": str(least), "years": plural(least, _("год"), _("года"), _("лет"))}
            raise ValidationError(_("Нужно, чтобы %(on)s уже исполнилось %(age)s %(years)s") % words, code="year")
        if _is_age(most) and youngest > most:
            words |= {"age": str(most), "years": plural(most, _("года"), _("лет"), _("лет"))}
            raise ValidationError(_("Нужно, чтобы %(on)s было не больше %(age)s %(years)s") % words, code="year")

    def config_errors(self, field: "Field") -> list[str]:
        options = field.options
        wrong = super().config_errors(field) + date_limits.errors(_as_limit(field))
        least, most = options.get("age_min"), options.get("age_max")
        if not all(value is None or _is_age(value) for value in (least, most)):
            wrong.append(_("Возраст: целое число лет от 0 до %d") % OLDEST)
        elif least is not None and most is not None and least > most:
            wrong.append(_("Наименьший возраст больше наибольшего"))
        return wrong


def _as_limit(field: "Field") -> Mapping[str, Any]:
    return {"max": field.options.get("age_on")}


def _age(born: datetime.date, on: datetime.date) -> int:
    """Full years; −1 for somebody not born by then."""
    years = dates.age(born, on)
    return -1 if years is None else years


def _is_age(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= OLDEST
