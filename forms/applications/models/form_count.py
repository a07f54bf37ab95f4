"""Counters of how a form is filled: sums by day, of nobody in particular."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form


class FormCount(models.Model):
    """`about` names a step, a question and the sort of its mistake, or whole minutes; never anything people wrote."""

    class Kind(models.TextChoices):
        """What is counted."""

        LEFT = "left", _("бросили после шага")
        MINUTES = "minutes", _("заполняли минут")
        WRONG = "wrong", _("ошибка в вопросе")

    form = models.ForeignKey(
        Form, verbose_name=_("форма"), on_delete=models.CASCADE, related_name="counts", db_index=False
    )
    day = models.DateField(_("день"))
    kind = models.CharField(_("что считаем"), max_length=10, choices=Kind)
    about = models.CharField(_("о чём"), max_length=160)
    count = models.PositiveIntegerField(_("сколько"), default=0)

    class Meta:
        verbose_name = _("счётчик формы")
        verbose_name_plural = _("счётчики форм")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form", "day", "kind", "about"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.about}: {self.count}"
