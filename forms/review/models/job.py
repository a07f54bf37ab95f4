"""Something that the worker does for one member of staff. The table is the truth, huey is only the doorbell."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Who asked for it, how far it is, and which worker has it until when."""

    class State(models.TextChoices):
        WAITING = "waiting", _("ждёт очереди")
        RUNNING = "running", _("идёт")
        DONE = "done", _("готово")
        STOPPED = "stopped", _("остановлено")
        FAILED = "failed", _("не получилось")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("состояние"), max_length=10, choices=State, default=State.WAITING, db_index=True)
    total = models.PositiveIntegerField(_("всего"), null=True)
    done = models.PositiveIntegerField(_("сделано"), default=0)
    problem = models.CharField(_("что не так"), max_length=300, blank=True)
    stop_asked = models.BooleanField(_("просили остановить"), default=False)
    attempts = models.PositiveSmallIntegerField(_("попыток"), default=0)
    created_at = models.DateTimeField(_("заказано"), default=timezone.now)
    started_at = models.DateTimeField(_("начато"), null=True)
    finished_at = models.DateTimeField(_("закончено"), null=True)
    lease_until = models.DateTimeField(_("занято до"), null=True)
    lease_token = models.CharField(_("кем занято"), max_length=32, blank=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen any more."""
        return self.state not in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0
