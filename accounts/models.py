from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who works in the portal; applicants have no account."""

    job_title = models.CharField(_("должность"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("сотрудник")
        verbose_name_plural = _("сотрудники")

    @property
    def short_name(self) -> str:
        """Surname and initial as staff see each other: «Павлова И.»; the user name where no name is known."""
        if not self.last_name:
            return self.first_name or self.username
        return f"{self.last_name} {self.first_name[:1]}." if self.first_name else self.last_name


class AccessKey(models.Model):
    """What a program opens the API of staff with: it may do what `user` may. Only a digest of it is kept."""

    user = models.ForeignKey(
        User, verbose_name=_("от чьего имени"), on_delete=models.CASCADE, related_name="access_keys"
    )
    purpose = models.CharField(_("для чего"), max_length=120)
    digest = models.CharField(_("отпечаток"), max_length=64, unique=True)
    beginning = models.CharField(_("начало ключа"), max_length=24)
    made_by = models.ForeignKey(User, verbose_name=_("кто выдал"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("когда выдан"), default=timezone.now)
    ends_on = models.DateField(_("последний день"))
    revoked_at = models.DateTimeField(_("когда отозван"), null=True, blank=True)
    last_used_on = models.DateField(_("последний день работы"), null=True, blank=True)

    class Meta:
        verbose_name = _("ключ для программы")
        verbose_name_plural = _("ключи для программ")
        default_permissions = ()
        permissions = [("manage_access_keys", _("Выдавать и отзывать ключи для программ"))]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.beginning}…"
