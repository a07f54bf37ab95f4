"""What colleagues tell each other about an application, and texts that nobody has sent yet. Never the applicant's."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

APPLICATION = "form_applications.Application"


class Note(models.Model):
    """One note for colleagues. `key` is made by the page, so that a second click is the same note.

    `called` are the names as they were written, «Павлова И.», for the screen to point at. Never changed or deleted; an
    erasure empties the text.
    """

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="notes", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто пишет"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("ключ отправки"), max_length=64)
    text = models.TextField(_("текст"), blank=True)
    called = models.JSONField(_("кого позвали"), default=list, blank=True)
    created_at = models.DateTimeField(_("написано"), default=timezone.now)

    class Meta:
        verbose_name = _("заметка")
        verbose_name_plural = _("заметки")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="note_once")]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.pk}"


class Mention(models.Model):
    """Somebody was called to an application by a note; `seen_at` when they opened its card after that."""

    note = models.ForeignKey(Note, verbose_name=_("заметка"), on_delete=models.PROTECT, related_name="mentions")
    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("кого позвали"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    seen_at = models.DateTimeField(_("увидено"), null=True, blank=True)

    class Meta:
        verbose_name = _("упоминание")
        verbose_name_plural = _("упоминания")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
        indexes = [
            models.Index(
                fields=["user", "application"], condition=models.Q(seen_at__isnull=True), name="mention_unseen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.user_id}"


class UnsentText(models.Model):
    """A note or a letter that a person has typed on a card and not sent: kept so that nothing typed is lost."""

    class Kind(models.TextChoices):
        NOTE = "note", _("заметка")
        LETTER = "letter", _("письмо")

    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто пишет"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("что это"), max_length=10, choices=Kind)
    text = models.TextField(_("текст"))
    saved_at = models.DateTimeField(_("сохранено"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("неотправленный текст")
        verbose_name_plural = _("неотправленные тексты")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["application", "user", "kind"], name="unsent_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.user_id} {self.kind}"
