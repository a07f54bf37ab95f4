"""Who works on what: the teams that applications reach, by topic and by territory."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.models import Territory

from .finding import Label


class Team(models.Model):
    """People who share a queue; `routing` says which applications reach them, `sharing` whose work they become."""

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
    topics = models.ManyToManyField(
        Label,
        verbose_name=_("темы"),
        blank=True,
        related_name="teams",
        help_text=_(
            "Обращения на эти темы попадут в эту команду из любого муниципалитета, если форма не назовёт другую."
        ),
    )
    shares_evenly = models.BooleanField(
        _("распределять поровну"),
        default=False,
        help_text=_(
            "Новое обращение сразу получает тот из команды, у кого сейчас меньше всего открытых. Кто отсутствует, "
            "новых не получает."
        ),
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
