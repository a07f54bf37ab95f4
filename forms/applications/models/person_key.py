"""By what applications of one person find each other: a digest of a SNILS, or of a name with a date of birth."""

from django.db import models
from django.utils.translation import gettext_lazy as _

APPLICATION = "form_applications.Application"


class PersonKey(models.Model):
    """One key of one application. The digest is keyed and says nothing by itself; telephone and e-mail are columns."""

    pk = models.CompositePrimaryKey("digest", "application", verbose_name=_("ключ"))
    digest = models.BigIntegerField(_("отпечаток"))
    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("признак человека")
        verbose_name_plural = _("признаки людей")
        default_permissions = ()
