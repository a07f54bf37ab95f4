"""Letters waiting to leave. The table is the truth; the queue of the worker is only a doorbell."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """One message to one person. The body and the address are wiped as soon as it has left."""

    class State(models.TextChoices):
        WAITING = "waiting", _("ждёт отправки")
        SENT = "sent", _("отправлено")
        FAILED = "failed", _("не отправлено")

    key = models.CharField(_("ключ"), max_length=120, unique=True)
    channel = models.CharField(_("канал"), max_length=20, default="email")
    recipient = models.CharField(_("кому"), max_length=254)
    subject = models.CharField(_("тема"), max_length=255)
    body = models.TextField(_("текст"), blank=True)
    about = models.CharField(_("о чём"), max_length=60, blank=True, db_index=True)
    state = models.CharField(_("состояние"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("попыток"), default=0)
    created_at = models.DateTimeField(_("создано"), default=timezone.now)
    due_at = models.DateTimeField(_("отправить не раньше"), default=timezone.now)
    lease_until = models.DateTimeField(_("занято до"), null=True, blank=True)
    lease_token = models.CharField(_("кем занято"), max_length=32, blank=True)
    finished_at = models.DateTimeField(_("завершено"), null=True, blank=True)
    last_error = models.CharField(_("последняя ошибка"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("исходящее письмо")
        verbose_name_plural = _("исходящие письма")
        default_permissions = ()
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="outbox_waiting")]

    def __str__(self) -> str:
        return self.key
