from django.db import models
from django.utils.translation import gettext_lazy as _


class Laid(models.Model):
    """What a region pack has once put into the database: it is never put there again, changed, moved or deleted."""

    key = models.CharField(_("что загружено"), max_length=200, unique=True)
    laid_at = models.DateTimeField(_("когда"), auto_now_add=True)

    class Meta:
        verbose_name = _("загруженное из набора региона")
        verbose_name_plural = _("загруженное из набора региона")

    def __str__(self) -> str:
        return self.key
