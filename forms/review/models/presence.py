"""Who has which card open."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.applications.models import Application


class Presence(models.Model):
    """Somebody has a card open; the page says so every few seconds, and what is a minute old no longer counts."""

    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто смотрит"), on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField(_("когда"))

    class Meta:
        verbose_name = _("кто смотрит карточку")
        verbose_name_plural = _("кто смотрит карточки")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["application", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.user_id}"
