"""A trial: an editor goes the whole journey of a form that is not published yet. It never becomes an application."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


def new_address() -> str:
    """Random, so that nobody finds a trial by guessing; who comes there is asked for their rights all the same."""
    return secrets.token_hex(16)


class Trial(models.Model):
    """That this content of a form, by its digest, was tried out, or is being tried now.

    `document` and the draft of the journey live only while it is under way; what stays holds no answers.
    """

    class How(models.TextChoices):
        """Why the content counts as tried."""

        SENT = "sent", _("отправлена пробная заявка")
        PUBLISHED = "published", _("уже была опубликована")
        LOADED = "loaded", _("загружена готовой")

    page = models.ForeignKey(
        Page, verbose_name=_("страница формы"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    digest = models.CharField(_("отпечаток содержания"), max_length=64)
    how = models.CharField(_("как проверена"), max_length=10, choices=How, default=How.SENT)
    address = models.CharField(_("адрес пробы"), max_length=64, unique=True, default=new_address)
    document = models.JSONField(_("описание"), null=True)
    facts = models.JSONField(_("чем кончилось"), default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("начата"), default=timezone.now)
    finished_at = models.DateTimeField(_("закончена"), null=True)

    class Meta:
        verbose_name = _("пробная заявка")
        verbose_name_plural = _("пробные заявки")
        default_permissions = ()
        indexes = [models.Index(fields=["page", "digest"], name="trial_of_content")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.digest[:8]}"
