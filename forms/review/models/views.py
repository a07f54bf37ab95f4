"""What staff arrange for themselves in the queue: saved views and chosen columns."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forms.applications.models import Team
from forms.definitions.models import Form


class SavedView(models.Model):
    """A folder with its filters and order under a name: one's own, or shared with a team."""

    name = models.CharField(_("название"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("чья"), on_delete=models.CASCADE, related_name="+"
    )
    team = models.ForeignKey(
        Team, verbose_name=_("общая для команды"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    query = models.CharField(_("отбор"), max_length=2000)

    class Meta:
        verbose_name = _("подборка")
        verbose_name_plural = _("подборки")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], condition=Q(team__isnull=True), name="view_own_name"),
            models.UniqueConstraint(fields=["team", "name"], name="view_team_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """The columns that one person wants to see: in lists of one form, or in all others."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("чьи"), on_delete=models.CASCADE, related_name="+"
    )
    form = models.ForeignKey(
        Form, verbose_name=_("форма"), null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    names = models.JSONField(_("столбцы"), default=list)

    class Meta:
        verbose_name = _("выбор столбцов")
        verbose_name_plural = _("выбор столбцов")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "form"], condition=Q(form__isnull=False), name="columns_of_form"),
            models.UniqueConstraint(fields=["owner"], condition=Q(form__isnull=True), name="columns_of_others"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.form_id or '—'}"
