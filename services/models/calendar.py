from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from services import remembered


class CalendarException(models.Model):
    """One day that differs from the production calendar the portal was shipped with."""

    date = models.DateField(_("день"), unique=True)
    is_working = models.BooleanField(
        _("рабочий день"),
        default=False,
        help_text=_("Отметьте, если в этот день работают. Без отметки день выходной."),
    )
    source = models.CharField(
        _("основание"),
        max_length=250,
        help_text=_("Акт, которым день объявлен: «Указ Губернатора от 1 декабря 2026 года № 1-уг»."),
    )

    class Meta:
        verbose_name = _("особый день календаря")
        verbose_name_plural = _("особые дни календаря")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        remembered.forget(remembered.CALENDAR)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        remembered.forget(remembered.CALENDAR)
        return gone
