"""Exports of the queue: what was asked for, and the file until it expires."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .job import Job


class Export(Job):
    """One view of the queue as a file. The file lies under EXPORTS_DIR by a random name, and goes at `expires_at`."""

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Таблица Excel (XLSX)")
        CSV = "csv", _("Текст с разделителями (CSV)")

    id = models.UUIDField(_("номер"), primary_key=True, default=uuid.uuid4, editable=False)
    query = models.CharField(_("отбор"), max_length=2000, blank=True)
    words = models.CharField(_("отбор словами"), max_length=1000)
    format = models.CharField(_("вид файла"), max_length=4, choices=Format, default=Format.XLSX)
    with_files = models.BooleanField(_("с файлами заявителей"), default=False)
    scope = models.JSONField(_("команды"), null=True)
    file = models.CharField(_("файл"), max_length=60, blank=True)
    size = models.PositiveBigIntegerField(_("размер, байт"), default=0)
    expires_at = models.DateTimeField(_("хранится до"), null=True)

    class Meta:
        verbose_name = _("выгрузка")
        verbose_name_plural = _("выгрузки")
        default_permissions = ()
        permissions = [("export_applications", _("Выгружает обращения в файл"))]
        indexes = [models.Index(fields=["owner", "-created_at"], name="export_of_owner")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(settings.EXPORTS_DIR, self.file)

    @property
    def is_there(self) -> bool:
        """Whether the file may still be fetched."""
        return bool(
            self.state == self.State.DONE and self.file and self.expires_at and self.expires_at > timezone.now()
        )

    @property
    def download_name(self) -> str:
        """«obrascheniya-2026-11-24-1530.xlsx»: when it was asked for, nothing of whom."""
        return f"obrascheniya-{timezone.localtime(self.created_at):%Y-%m-%d-%H%M}{Path(self.file).suffix}"

    @property
    def shown_size(self) -> str:
        """«1,4 МБ» or «320 КБ»."""
        if self.size >= 1024 * 1024:
            return str(_("%s МБ")) % f"{self.size / 1024 / 1024:.1f}".replace(".", ",")
        return str(_("%d КБ")) % max(1, round(self.size / 1024))
