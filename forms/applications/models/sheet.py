"""The answers of an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .application import Application


class Sheet(models.Model):
    """The answers as they were sent, with the consent; apart, so that a move does not rewrite them."""

    application = models.OneToOneField(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, primary_key=True, related_name="sheet"
    )
    answers = models.JSONField(_("ответы"))
    consent_version = models.PositiveIntegerField(_("версия согласия"))
    consent_at = models.DateTimeField(_("согласие дано"))

    class Meta:
        verbose_name = _("ответы обращения")
        verbose_name_plural = _("ответы обращений")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.application_id)
