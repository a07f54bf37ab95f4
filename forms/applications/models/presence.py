"""When people are away, and what the portal tells them about their work by mail."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

APPLICATION = "form_applications.Application"


class Absence(models.Model):
    """Days on which a person gets no new work; both ends belong to it. `substitute` is asked instead."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто"), on_delete=models.CASCADE, related_name="absences"
    )
    starts_on = models.DateField(_("с какого дня"))
    ends_on = models.DateField(_("по какой день"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("кто замещает"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("отсутствие")
        verbose_name_plural = _("отсутствия")
        default_permissions = ()
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(substitute=F("person")), name="absence_substitute_is_another"),
        ]
        indexes = [models.Index(fields=["ends_on", "person"], name="absence_now")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.starts_on} … {self.ends_on}"


class StaffLetters(models.Model):
    """Which letters a member of staff wants; without a row all of them."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("кто"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="staff_letters",
    )
    digest = models.BooleanField(
        _("Утренняя сводка"),
        default=True,
        help_text=_("Письмо в начале рабочего дня: что горит, что у вас в работе, что никто не взял."),
    )
    mentions = models.BooleanField(
        _("Меня позвали в заметке"),
        default=True,
        help_text=_("Письмо со ссылкой, когда коллега упомянул вас. В папке «Меня упомянули» это видно и без письма."),
    )

    class Meta:
        verbose_name = _("письма сотруднику")
        verbose_name_plural = _("письма сотрудникам")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person_id)


class LetterKind(models.TextChoices):
    """The letters about work; each goes to a person at most once a day."""

    DIGEST = "digest", _("утренняя сводка")
    BEFORE = "before", _("скоро срок")
    DUE = "due", _("срок наступил")


class Told(models.Model):
    """That a person's letter of this kind was settled on this day, sent or not needed: a second round passes it by."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кому"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(_("о чём"), max_length=10, choices=LetterKind)
    day = models.DateField(_("день"))

    class Meta:
        verbose_name = _("письмо дня")
        verbose_name_plural = _("письма дня")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "kind", "day"], name="told_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.day}"


class Reminded(models.Model):
    """That a person was reminded of this date of this application: a date that moves is reminded of anew."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кому"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(_("о чём"), max_length=10, choices=LetterKind)
    due_on = models.DateField(_("срок"))

    class Meta:
        verbose_name = _("напоминание о сроке")
        verbose_name_plural = _("напоминания о сроках")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "person", "kind", "due_on"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.application_id}"
