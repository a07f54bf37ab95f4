"""What somebody is filling in and has not sent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form, FormVersion

from .application import Application
from .trial import Trial


class Draft(models.Model):
    """A journey under way; found by a token of which only the digest is kept. Emptied when it is submitted."""

    token_digest = models.CharField(_("отпечаток ключа"), max_length=64, unique=True)
    form = models.ForeignKey(Form, verbose_name=_("форма"), on_delete=models.PROTECT, null=True, related_name="drafts")
    version = models.ForeignKey(
        FormVersion, verbose_name=_("версия формы"), on_delete=models.PROTECT, null=True, related_name="drafts"
    )
    # Of an editor who tries out a form: then it has no version, so nothing that looks for a form's drafts finds it.
    trial = models.ForeignKey(
        Trial, verbose_name=_("пробная заявка"), on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    answers = models.JSONField(_("ответы"), default=dict)
    # By step, what was typed and is not an answer yet: wrong, or left in the middle with «Продолжить позже».
    typed = models.JSONField(_("набранное"), default=dict)
    # What changed in the form meanwhile, as sentences; kept until the applicant has gone on from a page that told it.
    news = models.JSONField(_("что изменилось в форме"), default=list)
    step_key = models.CharField(_("шаг"), max_length=40, blank=True)
    application = models.OneToOneField(
        Application, verbose_name=_("обращение"), null=True, on_delete=models.CASCADE, related_name="draft"
    )
    created_at = models.DateTimeField(_("начат"), default=timezone.now)
    updated_at = models.DateTimeField(_("изменён"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("черновик")
        verbose_name_plural = _("черновики")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(trial__isnull=True, form__isnull=False, version__isnull=False)
                | Q(trial__isnull=False, form__isnull=True, version__isnull=True, application__isnull=True),
                name="draft_of_a_version_or_of_a_trial",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
