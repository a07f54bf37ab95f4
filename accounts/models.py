from django.contrib.auth.models import AbstractUser
from django.db import models
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
