"""What applicant and staff say to each other after an application was sent: messages, questions, corrected answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

APPLICATION = "form_applications.Application"


class Inquiry(models.Model):
    """A question of staff that the clock waits for: words, or answers to correct (`asked`: key of the question → why).

    Its words are a Message; at most one of an application is open.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("заявитель ответил")
        RESUMED = "resumed", _("больше не ждём")
        CLOSED = "closed", _("обращение закрыто")

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="inquiries"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто спросил"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("когда"), default=timezone.now)
    asked = models.JSONField(_("что исправить"), default=dict, blank=True)
    wanted_by = models.DateField(_("ждём ответ до"))
    closed_at = models.DateTimeField(_("закрыт"), null=True, blank=True)
    outcome = models.CharField(_("чем закончился"), max_length=10, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("вопрос заявителю")
        verbose_name_plural = _("вопросы заявителю")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at__isnull=True), name="inquiry_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="inquiry_closed_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"


class Message(models.Model):
    """One message. `key` is made by the page that sends it, so that a second click is the same message."""

    class Side(models.TextChoices):
        APPLICANT = "applicant", _("заявитель")
        STAFF = "staff", _("сотрудник")

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    inquiry = models.ForeignKey(
        Inquiry, verbose_name=_("вопрос"), null=True, on_delete=models.PROTECT, related_name="messages"
    )
    side = models.CharField(_("кто пишет"), max_length=10, choices=Side)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("сотрудник"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("ключ отправки"), max_length=64)
    text = models.TextField(_("текст"), blank=True)
    created_at = models.DateTimeField(_("написано"), default=timezone.now)
    read_at = models.DateTimeField(_("прочитано"), null=True, blank=True)

    class Meta:
        verbose_name = _("сообщение")
        verbose_name_plural = _("сообщения")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="message_once"),
            models.CheckConstraint(
                condition=Q(side="staff", author__isnull=False) | Q(side="applicant", author__isnull=True),
                name="message_side_has_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"


class StaffReason(models.Model):
    """Why staff took a step, for colleagues only. Never changed or deleted; an erasure empties `text`."""

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="staff_reasons"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("сотрудник"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("текст"), blank=True)
    created_at = models.DateTimeField(_("написано"), default=timezone.now)

    class Meta:
        verbose_name = _("причина для своих")
        verbose_name_plural = _("причины для своих")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"


class Correction(models.Model):
    """One answer that changed after sending. Never changed or deleted; an erasure empties `change` and nothing else.

    `change` holds `before` and `after`; a side that is missing was no answer.
    """

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="corrections"
    )
    inquiry = models.ForeignKey(
        Inquiry, verbose_name=_("вопрос"), null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    field_key = models.CharField(_("вопрос формы"), max_length=64)
    asked = models.BooleanField(_("просили исправить"), default=True)
    at = models.DateTimeField(_("когда"), default=timezone.now)
    change = models.JSONField(_("было и стало"), null=True)

    class Meta:
        verbose_name = _("исправленный ответ")
        verbose_name_plural = _("исправленные ответы")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application_id} {self.field_key}"
