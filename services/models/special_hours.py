from datetime import time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from services import hours
from services.precedence import Special

phone_format = RegexValidator(r"^\+\d{5,15}$", _("Напишите номер с «+7» и без пробелов: +79016679448."))


class SpecialHours(models.Model):
    """Days with other hours than usual, or closed days, with the reason and whom to call. After the last day it says
    nothing by itself."""

    first_day = models.DateField(_("с"))
    last_day = models.DateField(_("по"), help_text=_("Один день — поставьте ту же дату."))
    opens = models.TimeField(
        _("открывается"),
        null=True,
        blank=True,
        help_text=_("Пусто — закрыто весь день. Часы действуют каждый из этих дней, выходные и праздники тоже."),
    )
    closes = models.TimeField(_("закрывается"), null=True, blank=True)
    reason = models.CharField(_("почему"), max_length=120, help_text=_("«Новогодние дни», «Санитарный день»."))
    duty_phone = models.CharField(_("дежурный телефон"), max_length=16, blank=True, validators=[phone_format])
    is_demo = models.BooleanField(_("вымышлено для демонстрации"), default=False)

    is_shared = False

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("duty_phone"), FieldPanel("is_demo")]),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.reason}: {self.first_day:%d.%m.%Y}–{self.last_day:%d.%m.%Y}"

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("Последний день раньше первого. Проверьте даты.")})
        if bool(self.opens) != bool(self.closes):
            raise ValidationError({"closes": _("Укажите оба времени или оставьте оба пустыми: тогда закрыто.")})
        check_order(self.opens, self.closes)

    @property
    def spans(self) -> hours.Spans:
        return (hours.span(self.opens, self.closes),) if self.opens and self.closes else ()

    @property
    def special(self) -> Special:
        """As the pure functions of `services.hours` take it."""
        return Special(self.first_day, self.last_day, self.spans, self.reason, self.duty_phone, self.is_shared)


class SharedHoursQuerySet(models.QuerySet["SharedHours"]):
    def not_over(self) -> "SharedHoursQuerySet":
        """Those that still say something somewhere; it may be yesterday elsewhere in the region."""
        return self.filter(last_day__gte=timezone.localdate() - timedelta(days=1))


class SharedHours(SpecialHours):
    """One exception for many centres at once; `services.precedence` says what holds where a centre has its own."""

    is_shared = True

    centres = models.ManyToManyField(
        "services.Centre",
        verbose_name=_("центры и пункты"),
        related_name="shared_hours",
        help_text=_("Где центр сам закрыт или назвал свои часы на эти же дни, останется его график."),
    )

    objects = SharedHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("общий особый график")
        verbose_name_plural = _("общие особые графики")
        ordering = ["-last_day", "-first_day"]

    @property
    def stage(self) -> str:
        """«впереди», «действует», «прошло»."""
        today = timezone.localdate()
        if self.last_day < today:
            return str(_("прошло"))
        return str(_("впереди") if self.first_day > today else _("действует"))


def check_order(opens: time | None, closes: time | None) -> None:
    """Refuses hours that end before they begin; the night is entered as two days."""
    if opens is None or closes is None:
        return
    start, end = hours.span(opens, closes)
    if end <= start:
        problem: Any = _("Закрывается раньше, чем открывается. Ночные часы разделите на два дня: до 0:00 и с 0:00.")
        raise ValidationError({"closes": problem})


def shared_hours() -> models.Prefetch[Any, Any, Any]:
    """For `prefetch_related` of centres: only those that are not over."""
    return models.Prefetch("shared_hours", SharedHours.objects.not_over())
