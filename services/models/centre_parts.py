from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from home.words import phone
from services import hours
from services.weekdays import Weekday

from .special_hours import SpecialHours, check_order, phone_format


class CentrePhone(Orderable):
    """A telephone and what it is for."""

    centre = ParentalKey("services.Centre", on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(
        _("номер"), max_length=16, validators=[phone_format], help_text=_("С «+7» и без пробелов: +79016679448.")
    )
    written = models.CharField(
        _("как показать"), max_length=24, blank=True, help_text=_("Если пусто, покажем по общему правилу.")
    )
    purpose = models.CharField(_("для чего"), max_length=160, help_text=_("«Запись и вопросы о помощи»."))
    hours = models.CharField(
        _("когда отвечают"), max_length=160, blank=True, help_text=_("«В часы работы центра», «Круглосуточно».")
    )
    is_recorded = models.BooleanField(_("разговор записывают"), default=False, help_text=_("Скажем об этом до звонка."))
    is_demo = models.BooleanField(_("вымышлено для демонстрации"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("written")]),
        FieldPanel("purpose"),
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("is_recorded"), FieldPanel("is_demo")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("телефон")
        verbose_name_plural = _("телефоны")

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        return self.written or phone(self.number)

    @property
    def when(self) -> str:
        """When it is answered, as a sentence whether the editor ended it so or not."""
        return f"{self.hours.rstrip('. ')}." if self.hours else ""


class WeeklyHours(Orderable):
    """Hours on one day of the week; a day without a row is closed."""

    centre = ParentalKey("services.Centre", on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("день недели"), choices=Weekday)
    opens = models.TimeField(_("открывается"))
    closes = models.TimeField(_("закрывается"), help_text=_("0:00 — до полуночи."))
    break_from = models.TimeField(_("перерыв с"), null=True, blank=True)
    break_to = models.TimeField(_("перерыв до"), null=True, blank=True)
    note = models.CharField(_("примечание"), max_length=80, blank=True, help_text=_("«Только групповые встречи»."))

    panels = [
        FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("break_from"), FieldPanel("break_to"), FieldPanel("note")]),
    ]

    class Meta:
        verbose_name = _("часы в день недели")
        verbose_name_plural = _("часы по дням недели")
        ordering = ["weekday", "opens"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}: {hours.hours_words(self.spans)[0]}"

    def clean(self) -> None:
        super().clean()
        check_order(self.opens, self.closes)
        if bool(self.break_from) != bool(self.break_to):
            raise ValidationError({"break_to": _("Укажите начало и конец перерыва или оставьте оба поля пустыми.")})
        if self.break_from and self.break_to:
            start, end = hours.span(self.opens, self.closes)
            pause, back = hours.span(self.break_from, self.break_to)
            if not start < pause < back < end:
                raise ValidationError({"break_from": _("Перерыв должен быть внутри часов работы.")})

    @property
    def spans(self) -> hours.Spans:
        return hours.with_break(self.opens, self.closes, self.break_from, self.break_to)


class HoursException(SpecialHours, Orderable):
    """Special days of one centre, entered on its own page."""

    centre = ParentalKey("services.Centre", on_delete=models.CASCADE, related_name="exceptions")

    class Meta:
        verbose_name = _("особый график")
        verbose_name_plural = _("особый график")
        ordering = ["first_day", "last_day"]
