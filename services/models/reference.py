from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from services import remembered


class Reference(models.Model):
    """A word of the finder: stable code for addresses, label for people, place in the list."""

    code = models.SlugField(
        _("код"), max_length=40, unique=True, help_text=_("Латинскими буквами, попадает в адрес. Позже не меняйте.")
    )
    name = models.CharField(_("название"), max_length=80)
    sort_order = models.PositiveSmallIntegerField(_("место в списке"), default=100, help_text=_("Меньшее число выше."))

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        self._forget()
        return gone

    @staticmethod
    def _forget() -> None:
        remembered.forget(remembered.FINDER_WORDS)
        remembered.forget(remembered.MEASURE_FACTS)


class Situation(Reference):
    """What happened in a person's life: «Ранение», «Ждём ребёнка»."""

    summary = models.CharField(
        _("что это даст"), max_length=120, blank=True, help_text=_("Одна строка на главной: «Выплаты, лечение и уход».")
    )

    class Meta(Reference.Meta):
        verbose_name = _("жизненная ситуация")
        verbose_name_plural = _("жизненные ситуации")


class Recipient(Reference):
    """Who a measure is for: «Супруга или супруг»."""

    to_whom = models.CharField(
        _("кому"), max_length=80, blank=True, help_text=_("В дательном падеже: «супруге или супругу».")
    )

    class Meta(Reference.Meta):
        verbose_name = _("кому положено")
        verbose_name_plural = _("кому положено")
