"""Files of applicants."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.applications.contents import KINDS, Kind

from .application import Application
from .dialogue import Message
from .draft import Draft


class Upload(models.Model):
    """One file; its content lies under UPLOADS_DIR by its id. Of a draft until it is sent, of the application after.

    One that was chosen on the status page and is not sent yet is `unsent_of` an application and of nobody else.
    """

    id = models.UUIDField(_("номер"), primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(
        Draft, verbose_name=_("черновик"), null=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    message = models.ForeignKey(
        Message, verbose_name=_("сообщение"), null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    unsent_of = models.ForeignKey(
        Application, verbose_name=_("ждёт отправки"), null=True, on_delete=models.PROTECT, related_name="unsent_files"
    )
    unsent_on = models.CharField(_("страница, где ждёт"), max_length=40, blank=True)
    # The key of a question; in a row of a group its address there, `qGROUP.<row id>.qFIELD`.
    field_key = models.CharField(_("вопрос"), max_length=200, blank=True)
    paper = models.CharField(_("документ"), max_length=64, blank=True)
    name = models.CharField(_("название файла"), max_length=150)
    size = models.PositiveBigIntegerField(_("размер, байт"))
    kind = models.CharField(_("вид содержимого"), max_length=100)
    digest = models.CharField(_("отпечаток содержимого"), max_length=64)
    created_at = models.DateTimeField(_("приложен"), default=timezone.now)

    class Meta:
        verbose_name = _("приложенный файл")
        verbose_name_plural = _("приложенные файлы")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(unsent_of__isnull=True, unsent_on="")
                | Q(draft__isnull=True, application__isnull=True, message__isnull=True) & ~Q(unsent_on=""),
                name="upload_unsent_is_nobodys",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> Kind | None:
        """What was found in it; None for a kind that is no longer taken."""
        return KINDS.get(self.kind)

    @property
    def shown_size(self) -> str:
        """«1,4 МБ» or «320 КБ»."""
        if self.size >= 1024 * 1024:
            return _("%s МБ") % f"{self.size / 1024 / 1024:.1f}".replace(".", ",")
        return _("%d КБ") % max(1, round(self.size / 1024))
