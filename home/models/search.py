"""What the press service teaches the search, and what the search could not answer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.frames import forget_frame
from home.stems import stems


class Synonym(models.Model):
    """Words people ask with, and what the pages call the same thing: «путёвка» is «санаторное лечение»."""

    asked = models.CharField(
        _("как спрашивают"),
        max_length=300,
        help_text=_("Слова и обороты через запятую: «путёвка, отдых в санатории». Окончания и «ё» не важны."),
    )
    means = models.CharField(
        _("что искать"), max_length=120, help_text=_("Так, как написано на страницах: «санаторное лечение».")
    )

    class Meta:
        verbose_name = _("синоним для поиска")
        verbose_name_plural = _("синонимы для поиска")
        ordering = ("asked",)

    def __str__(self) -> str:
        return f"{self.asked} → {self.means}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget_frame()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        result = super().delete(*args, **kwargs)
        forget_frame()
        return result

    def clean(self) -> None:
        """Both sides must hold a word that carries a meaning."""
        nothing = _("Здесь нет слова, по которому можно искать.")
        phrases = [stems(phrase) for phrase in self.asked.split(",")]
        if not all(phrases):
            raise ValidationError({"asked": nothing})
        if not stems(self.means):
            raise ValidationError({"means": nothing})


class MissedSearch(models.Model):
    """Words that several people searched for and found nothing by; who they were is not known."""

    words = models.CharField(_("что искали"), max_length=60, unique=True)
    times = models.PositiveIntegerField(_("сколько раз"), default=0)
    first_on = models.DateField(_("впервые"), default=timezone.localdate)
    last_on = models.DateField(_("в последний раз"), default=timezone.localdate)

    class Meta:
        verbose_name = _("поиск без ответа")
        verbose_name_plural = _("поиск без ответа")
        ordering = ("-times", "words")
        indexes = (models.Index(fields=["-times", "words"], name="missed_by_times"),)

    def __str__(self) -> str:
        return self.words
