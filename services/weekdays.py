"""Days of the week in Russian, in the forms sentences need; Monday is 0 as in Python."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("понедельник")
    TUESDAY = 1, _("вторник")
    WEDNESDAY = 2, _("среда")
    THURSDAY = 3, _("четверг")
    FRIDAY = 4, _("пятница")
    SATURDAY = 5, _("суббота")
    SUNDAY = 6, _("воскресенье")


ON_DAY = (
    _("в понедельник"),
    _("во вторник"),
    _("в среду"),
    _("в четверг"),
    _("в пятницу"),
    _("в субботу"),
    _("в воскресенье"),
)
EVERY_DAY = (
    _("каждый понедельник"),
    _("каждый вторник"),
    _("каждую среду"),
    _("каждый четверг"),
    _("каждую пятницу"),
    _("каждую субботу"),
    _("каждое воскресенье"),
)
ON_DAYS = (
    _("по понедельникам"),
    _("по вторникам"),
    _("по средам"),
    _("по четвергам"),
    _("по пятницам"),
    _("по субботам"),
    _("по воскресеньям"),
)
_MASCULINE = {1: _("первый"), 2: _("второй"), 3: _("третий"), 4: _("четвёртый"), -1: _("последний")}
_FEMININE = {1: _("первая"), 2: _("вторая"), 3: _("третья"), 4: _("четвёртая"), -1: _("последняя")}
_NEUTER = {1: _("первое"), 2: _("второе"), 3: _("третье"), 4: _("четвёртое"), -1: _("последнее")}
_BY_GENDER = (_MASCULINE, _MASCULINE, _FEMININE, _MASCULINE, _FEMININE, _FEMININE, _NEUTER)


def nth(number: int, weekday: int) -> str:
    """«вторая суббота», «последний понедельник» (-1 is the last one)."""
    return f"{_BY_GENDER[weekday][number]} {Weekday(weekday).label}"
