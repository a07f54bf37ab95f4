"""What programs have sent once, so that a request that is repeated does nothing twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SentOnce(models.Model):
    """What a program asked for under a key of its own. No word of it is kept: `body` is a digest, `answer` what was
    told of it, without the texts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("сотрудник"), on_delete=models.CASCADE, related_name="+"
    )
    application_id = models.PositiveBigIntegerField(_("номер обращения"))
    key = models.CharField(_("отпечаток ключа"), max_length=64, unique=True)
    body = models.CharField(_("отпечаток запроса"), max_length=64)
    status = models.PositiveSmallIntegerField(_("код ответа"), default=200)
    answer = models.JSONField(_("ответ"), default=dict)
    made_at = models.DateTimeField(_("когда прислано"), default=timezone.now)

    class Meta:
        verbose_name = _("присланное программой")
        verbose_name_plural = _("присланное программами")
        default_permissions = ()
        indexes = [models.Index(fields=["made_at"], name="sentonce_made")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.made_at}"
