"""What staff answer about an application: questions of the form marked for them. Apart from the applicant's sheet, so
that no screen of the applicant can meet it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .application import Application


class StaffSheet(models.Model):
    """The answers of staff as they stand now, by the key of the question."""

    application = models.OneToOneField(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, primary_key=True, related_name="staff_sheet"
    )
    answers = models.JSONField(_("ответы сотрудников"), default=dict)

    class Meta:
        verbose_name = _("поля сотрудников")
        verbose_name_plural = _("поля сотрудников")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.application_id)


class StaffChange(models.Model):
    """One answer of staff before and after, as a Correction keeps it. An erasure empties `change` and nothing else."""

    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="staff_changes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто изменил"), on_delete=models.PROTECT, related_name="+"
    )
    field_key = models.CharField(_("вопрос формы"), max_length=64)
    at = models.DateTimeField(_("когда"), default=timezone.now)
    change = models.JSONField(_("было и стало"), null=True)

    class Meta:
        verbose_name = _("изменённое поле сотрудников")
        verbose_name_plural = _("изменённые поля сотрудников")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application_id} {self.field_key}"
