"""Forms and their published versions."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Immutable(RuntimeError):
    """A published version was about to be changed or deleted."""


class Form(models.Model):
    """One form through all its versions; what applications and addresses refer to."""

    slug = models.SlugField(_("адрес"), max_length=100, unique=True)
    title = models.CharField(_("название"), max_length=255)
    is_open = models.BooleanField(_("принимает заявки"), default=True)
    closed_message = models.TextField(_("что сказать, когда приём закрыт"), blank=True)
    opens_at = models.DateTimeField(_("начало приёма"), null=True, blank=True)
    closes_at = models.DateTimeField(_("конец приёма"), null=True, blank=True)
    most_applications = models.PositiveIntegerField(_("сколько заявок принять"), null=True, blank=True)
    retention_months = models.PositiveSmallIntegerField(_("сколько месяцев хранить заявки"), default=36)

    class Meta:
        verbose_name = _("форма")
        verbose_name_plural = _("формы")

    def __str__(self) -> str:
        return self.title


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    """Rows are only ever added; the database refuses the rest too (migration 0002)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Immutable

    def delete(self) -> NoReturn:
        raise Immutable

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable

    def without_document(self) -> "FormVersionQuerySet":
        """Versions without the document, which may be large."""
        return self.defer("document")


class FormVersion(models.Model):
    """An immutable published definition of a form; applications refer to the exact version they answered."""

    form = models.ForeignKey(Form, verbose_name=_("форма"), on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("номер версии"))
    document = models.JSONField(_("описание"))
    digest = models.CharField(_("отпечаток"), max_length=64)
    published_at = models.DateTimeField(_("опубликовано"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("кто опубликовал"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("версия формы")
        verbose_name_plural = _("версии форм")
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_number_unique")]

    def __str__(self) -> str:
        return f"{self.form.title}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable
