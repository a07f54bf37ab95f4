"""How people register for a group: what its editor decides."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.words import plural


class Registering(models.Model):
    """Seats, waiting list and deadlines of a group; nothing here counts until `registration_page` is chosen."""

    class Registration(models.TextChoices):
        NONE = "none", _("запись не нужна")
        PER_MEETING = "per_meeting", _("запись на каждую встречу")
        PER_COURSE = "per_course", _("запись на весь курс")

    class Several(models.TextChoices):
        TOGETHER = "together", _("все вместе: места для всех или лист ожидания для всех")
        AS_FIT = "as_fit", _("сколько поместится: остальные в лист ожидания")

    registration = models.CharField(_("запись"), max_length=12, choices=Registration, default=Registration.NONE)
    registration_page = models.ForeignKey(
        Page,
        verbose_name=_("форма записи"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Форма с вопросом «Встреча группы». Не выбрана — записывают по телефону."),
    )
    seats = models.PositiveSmallIntegerField(
        _("мест"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    waiting_seats = models.PositiveSmallIntegerField(
        _("мест в листе ожидания"), default=0, help_text=_("0 — листа ожидания нет.")
    )
    several = models.CharField(
        _("если записывают нескольких"), max_length=10, choices=Several, default=Several.TOGETHER
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("отказаться можно не позже чем за, часов"), default=3, validators=[MaxValueValidator(336)]
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("свободное место держим для ожидающего, часов"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
    )
    slot_minutes = models.PositiveSmallIntegerField(
        _("делить на приёмы по, минут"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(240)],
        help_text=_("Для записи на видеосвязь: каждый приём со своими местами. Пусто — одна общая встреча."),
    )
    registration_words = models.TextField(
        _("как попасть"), blank=True, help_text=_("По одному шагу на строке. Первое предложение выделим.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.registration_page_id and self.registration == self.Registration.NONE:
            raise ValidationError({"registration": _("Форма выбрана, а запись не нужна. Выберите, на что записывают.")})
        if self.slot_minutes and self.registration == self.Registration.PER_COURSE:
            raise ValidationError({"slot_minutes": _("На приёмы делят отдельные встречи, а не курс.")})

    @property
    def takes_registrations(self) -> bool:
        """Whether the portal itself gives out the seats."""
        return self.registration != self.Registration.NONE and self.registration_page_id is not None

    @property
    def is_course(self) -> bool:
        """Whether one registration is for all meetings."""
        return self.registration == self.Registration.PER_COURSE

    @property
    def how_to_register(self) -> str:
        """«запись на каждую встречу»; where a meeting is divided, «запись на время, приём 30 минут»."""
        if not self.slot_minutes or self.registration == self.Registration.NONE:
            return str(self.get_registration_display())
        minutes = plural(self.slot_minutes, __("минута"), __("минуты"), __("минут"))
        return __("запись на время, приём %(count)d %(minutes)s") % {"count": self.slot_minutes, "minutes": minutes}

    @property
    def registration_sentence(self) -> str:
        """«Запись не нужна»."""
        words = self.how_to_register
        return words[:1].upper() + words[1:]
