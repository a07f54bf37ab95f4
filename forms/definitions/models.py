from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.Model):
    """One form through all its versions; what applications and addresses refer to."""

    slug = models.SlugField(_("адрес"), max_length=100, unique=True)
    title = models.CharField(_("название"), max_length=255)
    is_open = models.BooleanField(_("принимает заявки"), default=True)

    class Meta:
        verbose_name = _("форма")
        verbose_name_plural = _("формы")

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """An immutable published definition of a form."""

    form = models.ForeignKey(Form, verbose_name=_("форма"), on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("номер версии"))
    document = models.JSONField(_("описание"))
    digest = models.CharField(_("отпечаток"), max_length=64)
    published_at = models.DateTimeField(_("опубликовано"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто опубликовал"), null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("версия формы")
        verbose_name_plural = _("версии форм")
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_number_unique")]

    def __str__(self) -> str:
        return f"{self.form.title}, {self.number}"
