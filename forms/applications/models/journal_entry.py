"""What was done to applications, for ever."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.applications.stages import State

from .application import Application


class JournalEntry(models.Model):
    """What was done to an application, by whom and when; chained by a hash, never changed or deleted."""

    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="journal", db_index=False
    )
    seq = models.PositiveIntegerField(_("порядковый номер"))
    at = models.DateTimeField(_("когда"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(_("действие"), max_length=30)
    from_state = models.CharField(_("было"), max_length=20, choices=State, blank=True)
    to_state = models.CharField(_("стало"), max_length=20, choices=State, blank=True)
    facts = models.JSONField(_("обстоятельства"), default=dict)
    previous = models.CharField(_("отпечаток предыдущей записи"), max_length=64, blank=True)
    digest = models.CharField(_("отпечаток"), max_length=64)

    class Meta:
        verbose_name = _("запись журнала")
        verbose_name_plural = _("записи журнала")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["application", "seq"], name="journal_seq_unique")]
        # For the auditor's list, which walks back from the newest.
        indexes = [
            models.Index(fields=["at", "id"], name="journal_at"),
            models.Index(fields=["actor", "at", "id"], condition=models.Q(actor__isnull=False), name="journal_actor"),
            models.Index(fields=["action", "at", "id"], name="journal_action"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.seq} {self.action}"
