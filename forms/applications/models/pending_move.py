"""A step of staff before it is taken: held for some seconds, or kept as a draft, or come back with a reason."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

APPLICATION = "form_applications.Application"


class PendingMove(models.Model):
    """What a person wants to do with an application, with all that was typed. Nothing of it is seen by the applicant.

    `held`: it is taken at `due_at`, unless undone before. `draft`: kept to go on with. `returned`: it could not be
    taken, `reason` says why. `taken`: it sent nothing and was taken at once; until `due_at` it can be put back, and
    `data` is the row before it. All but the held one are of one person, and wait for nobody.
    """

    class State(models.TextChoices):
        HELD = "held", _("уходит")
        DRAFT = "draft", _("черновик")
        RETURNED = "returned", _("вернулось")
        TAKEN = "taken", _("сделано, можно отменить")

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.CASCADE, related_name="pending", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("сотрудник"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    action = models.CharField(_("шаг"), max_length=20)
    expected = models.PositiveIntegerField(_("номер правки, которую видели"))
    data = models.JSONField(_("что набрано"), default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(_("состояние"), max_length=10, choices=State, default=State.HELD)
    reason = models.CharField(_("почему вернулось"), max_length=500, blank=True)
    due_at = models.DateTimeField(_("когда"), default=timezone.now)

    class Meta:
        verbose_name = _("шаг, который ещё не сделан")
        verbose_name_plural = _("шаги, которые ещё не сделаны")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state="held"), name="pending_one_held"),
            models.UniqueConstraint(
                fields=["user", "application", "action"], condition=~Q(state="held"), name="pending_one_draft"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="held"), name="pending_due"),
            models.Index(fields=["application"], name="pending_application"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.action} {self.state}"
