"""Who works on what: the teams that applications reach."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.models import Territory


class Team(models.Model):
    """People who share a queue; applications reach them by territory."""

    name = models.CharField(_("название"), max_length=160, unique=True)
    is_common = models.BooleanField(
        _("общая очередь"),
        default=False,
        help_text=_("Сюда попадают обращения, для которых муниципалитет неизвестен или ни за кем не закреплён."),
    )
    territories = models.ManyToManyField(
        Territory,
        verbose_name=_("муниципалитеты"),
        blank=True,
        related_name="teams",
        help_text=_("Обращения из этих муниципалитетов попадут в эту команду."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("сотрудники"),
        blank=True,
        related_name="teams",
        help_text=_("Кто видит обращения этой команды."),
    )

    class Meta:
        verbose_name = _("команда")
        verbose_name_plural = _("команды")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_common"], condition=Q(is_common=True), name="team_one_common"),
        ]

    def __str__(self) -> str:
        return self.name
