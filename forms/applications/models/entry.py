"""What staff wrote down for somebody who called, came or wrote: a new application, or words to an open one."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .application import Application, Channel

SPOKEN = (Channel.PHONE, Channel.VISIT, Channel.SOCIAL, Channel.LETTER, Channel.POINT)
"""Channels by which people reach staff, not the site."""


class Entry(models.Model):
    """Who of staff entered an application, for whom, and how the consent was given.

    `consent_words` are those that were read aloud; their version stands on the Sheet. An erasure empties the names.
    """

    application = models.OneToOneField(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, primary_key=True, related_name="entry"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто записал"), on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("записано"), default=timezone.now)
    caller = models.CharField(_("кто обратился вместо человека"), max_length=200, blank=True)
    helper = models.CharField(_("кто помогал"), max_length=200, blank=True)
    consent_words = models.TextField(_("какие слова согласия прочитаны"))

    class Meta:
        verbose_name = _("запись со слов")
        verbose_name_plural = _("записи со слов")
        default_permissions = ()
        indexes = [models.Index(fields=["entered_by", "entered_at"], name="entry_own")]

    def __str__(self) -> str:
        return str(self.application_id)


class Call(models.Model):
    """Words that somebody added to an open application by telephone or in person. `key` makes a second click nothing.

    An erasure empties the words.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="calls"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто записал"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("когда"), default=timezone.now)
    channel = models.CharField(_("как обратились"), max_length=10, choices=Channel)
    caller = models.CharField(_("кто обратился вместо человека"), max_length=200, blank=True)
    text = models.TextField(_("что сказали"))
    key = models.CharField(_("ключ отправки"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("дополнение со слов")
        verbose_name_plural = _("дополнения со слов")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"
