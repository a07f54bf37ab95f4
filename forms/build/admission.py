"""How long a form takes applications, how many, and how long they are kept: what its editor says about it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form
from home import freshness

MOST_MONTHS = 1200


def usual_retention() -> int:
    """Months to keep applications where the editor says nothing else."""
    return int(settings.FORM_RETENTION_MONTHS)


class Admission(models.Model):
    """Fields of a form page that its Form takes over when it is published; they are no part of the definition."""

    is_open = models.BooleanField(
        _("принимает заявки"), default=True, help_text=_("Снимите отметку и опубликуйте, чтобы закрыть приём.")
    )
    opens_at = models.DateTimeField(
        _("начало приёма"), null=True, blank=True, help_text=_("Не указано — принимаем сразу после публикации.")
    )
    closes_at = models.DateTimeField(
        _("конец приёма"), null=True, blank=True, help_text=_("Не указан — принимаем, пока не закроете сами.")
    )
    most_applications = models.PositiveIntegerField(
        _("сколько заявок принять"),
        null=True,
        blank=True,
        help_text=_("Не указано — сколько придёт. Считаем с начала приёма, а без него все заявки этой формы."),
    )
    closed_message = models.TextField(
        _("что сказать, когда приём закрыт"), blank=True, help_text=_("Почему закрыто и куда обратиться вместо формы.")
    )
    retention_months = models.PositiveSmallIntegerField(
        _("сколько месяцев хранить заявки"),
        default=usual_retention,
        help_text=_("Считаем со дня, когда заявку закрыли. Потом личные данные удалят."),
    )

    class Meta:
        abstract = True

    def as_form(self, form_id: int | None) -> Form:
        """The form as these fields have it, unsaved; for asking whether it is open."""
        return Form(pk=form_id, **{field.name: getattr(self, field.name) for field in Admission._meta.local_fields})

    def name_turns(self) -> None:
        """Tell the page cache when the clock will open or close the form."""
        for moment in (self.opens_at, self.closes_at):
            if moment and moment > timezone.now():
                freshness.until(moment)
