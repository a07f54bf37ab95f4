"""Questions that are answered at once and need no card: counted one by one, by day, channel and team."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .application import Channel
from .team import Team


class TallyKind(models.Model):
    """What is counted: «рассказали, как отправить посылку». One that was counted is put away and never deleted."""

    name = models.CharField(_("что отмечаем"), max_length=120, unique=True)
    place = models.PositiveSmallIntegerField(
        _("порядок"), default=10, help_text=_("Первые девять отмечают клавишами Alt и цифра.")
    )
    is_used = models.BooleanField(_("используется"), default=True)

    class Meta:
        verbose_name = _("вопрос без карточки")
        verbose_name_plural = _("вопросы без карточки")
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """One press. `key` makes a second sending the same press; one taken back stays, and is not counted."""

    kind = models.ForeignKey(TallyKind, verbose_name=_("что отметили"), on_delete=models.PROTECT, db_index=False)
    team = models.ForeignKey(Team, verbose_name=_("команда"), on_delete=models.PROTECT, db_index=False)
    channel = models.CharField(_("как обратились"), max_length=10, choices=Channel)
    day = models.DateField(_("день"))
    at = models.DateTimeField(_("когда"), default=timezone.now)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто отметил"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("ключ отправки"), max_length=80, unique=True)
    undone_at = models.DateTimeField(_("отменено"), null=True, blank=True)

    class Meta:
        verbose_name = _("отметка")
        verbose_name_plural = _("отметки")
        default_permissions = ()
        indexes = [models.Index(fields=["day", "team", "kind"], condition=Q(undone_at__isnull=True), name="tally_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind_id}"
