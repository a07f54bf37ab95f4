"""Batches: one act for many applications, done by the worker item by item."""

import math
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.applications.models import Application

from .job import Job


class Batch(Job):
    """One act for up to 500 applications; `given` is what the act needs: who, which label, the words."""

    id = models.UUIDField(_("номер"), primary_key=True, default=uuid.uuid4, editable=False)
    act = models.CharField(_("действие"), max_length=20)
    title = models.CharField(_("действие словами"), max_length=200)
    given = models.JSONField(_("что указано"), default=dict)
    query = models.CharField(_("откуда выбраны"), max_length=2000, blank=True)
    skipped = models.PositiveIntegerField(_("пропущено"), default=0)

    class Meta:
        verbose_name = _("действие с несколькими обращениями")
        verbose_name_plural = _("действия с несколькими обращениями")
        default_permissions = ()
        indexes = [models.Index(fields=["owner", "-created_at"], name="batch_of_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        """How many have no result yet."""
        return max(0, (self.total or 0) - self.done - self.skipped)

    @property
    def starts_in(self) -> int:
        """Seconds until it may begin: till then nothing of it has left, and stopping it is undo; 0 for none."""
        if self.state != self.State.WAITING or self.lease_until is None:
            return 0
        return max(0, math.ceil((self.lease_until - timezone.now()).total_seconds()))

    @property
    def percent_skipped(self) -> int:
        """How much of it was passed over, from 0 to 100."""
        return self.skipped * 100 // self.total if self.total else 0


class BatchItem(models.Model):
    """One application of a batch, at the version that was chosen, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("ждёт")
        DONE = "done", _("сделано")
        SKIPPED = "skipped", _("пропущено")
        LEFT = "left", _("не начато")

    batch = models.ForeignKey(Batch, verbose_name=_("действие"), on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.PositiveSmallIntegerField(_("место"))
    expected = models.PositiveIntegerField(_("номер правки"))
    state = models.CharField(_("что стало"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("почему"), max_length=300, blank=True)
    before = models.JSONField(_("что было до этого"), null=True)

    class Meta:
        verbose_name = _("обращение в действии")
        verbose_name_plural = _("обращения в действии")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="batch_item_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(state="waiting"), name="batch_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.place}"
