"""Counters of wrong codes; the only thing that is kept of who guesses is a digest of the address, for minutes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CodeTry(models.Model):
    """How often codes were guessed since the counter began: for a number from one source, for a number from anywhere
    (`source` blank), from one source for any number (`number` 0), or keys of programs from one source (`number` -1)."""

    number = models.BigIntegerField(_("номер"))
    source = models.CharField(_("отпечаток адреса"), max_length=32, blank=True)
    count = models.PositiveIntegerField(_("попыток"), default=0)
    since = models.DateTimeField(_("с какого времени"), default=timezone.now)

    class Meta:
        verbose_name = _("попытка ввода кода")
        verbose_name_plural = _("попытки ввода кода")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["number", "source"], name="codetry_once")]
        indexes = [models.Index(fields=["since"], name="codetry_since")]

    def __str__(self) -> str:
        return f"{self.number}: {self.count}"
