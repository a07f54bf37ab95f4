"""What was done to no single application: exports, batches, searches; and the nightly seal over all chains."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OfficeEntry(models.Model):
    """One entry of the chain of the whole office; never changed or deleted. `seq` is its place in the chain."""

    seq = models.PositiveBigIntegerField(_("порядковый номер"), unique=True)
    at = models.DateTimeField(_("когда"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("кто"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    action = models.CharField(_("действие"), max_length=30)
    facts = models.JSONField(_("обстоятельства"), default=dict)
    previous = models.CharField(_("отпечаток предыдущей записи"), max_length=64, blank=True)
    digest = models.CharField(_("отпечаток"), max_length=64)

    class Meta:
        verbose_name = _("запись журнала отдела")
        verbose_name_plural = _("записи журнала отдела")
        default_permissions = ()
        indexes = [
            models.Index(fields=["at", "id"], name="office_at"),
            models.Index(fields=["actor", "at", "id"], condition=Q(actor__isnull=False), name="office_actor"),
            models.Index(fields=["action", "at", "id"], name="office_action"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class JournalSeal(models.Model):
    """A night's seal: what all entries since the seal before hash to, so that a whole chain that is gone shows too.

    `up_to` is the greatest id of an application's entry in it, `office_up_to` that of the office; never changed.
    """

    sealed_at = models.DateTimeField(_("когда"))
    up_to = models.PositiveBigIntegerField(_("последняя запись"))
    office_up_to = models.PositiveBigIntegerField(_("последняя запись отдела"))
    entries = models.PositiveBigIntegerField(_("записей"))
    previous = models.CharField(_("отпечаток предыдущей печати"), max_length=64, blank=True)
    digest = models.CharField(_("отпечаток"), max_length=64)

    class Meta:
        verbose_name = _("печать журнала")
        verbose_name_plural = _("печати журнала")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["previous"], name="seal_follows_once")]

    def __str__(self) -> str:
        return self.digest[:12]
