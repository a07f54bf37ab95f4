"""What makes one application findable among a million: labels, answers by type, and the words it holds.

All of it is drawn from the sheet and the messages by `indexing`, and can be drawn again: nothing here is the truth.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form

APPLICATION = "form_applications.Application"


class Label(models.Model):
    """A word that staff or a rule of a form put on an application. Never shown to the applicant."""

    name = models.CharField(_("название"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("метка")
        verbose_name_plural = _("метки")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Labelling(models.Model):
    """One label on one application."""

    pk = models.CompositePrimaryKey("label", "application", verbose_name=_("ключ"))
    label = models.ForeignKey(Label, verbose_name=_("метка"), on_delete=models.CASCADE, db_index=False)
    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="labellings", db_index=False
    )

    class Meta:
        verbose_name = _("метка обращения")
        verbose_name_plural = _("метки обращений")
        default_permissions = ()
        indexes = [models.Index(fields=["application", "label"], name="labelling_of")]


class Question(models.Model):
    """A question of a form by its stable key, through all versions; a short number for the rows of Answer."""

    form = models.ForeignKey(Form, verbose_name=_("форма"), on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(_("ключ"), max_length=64)

    class Meta:
        verbose_name = _("вопрос формы")
        verbose_name_plural = _("вопросы форм")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form", "key"], name="question_once")]

    def __str__(self) -> str:
        return self.key


class Answer(models.Model):
    """One answer that lists can be narrowed by: a choice, a place, a number, a date. Long texts are in SearchDoc.

    `text` is the stored key, `num` a number, 0 or 1, or the day's number in the calendar (`date.toordinal`). Several
    choices and the rows of a group are several rows, by `pos`.
    """

    pk = models.CompositePrimaryKey("question", "application", "pos", verbose_name=_("ключ"))
    question = models.ForeignKey(
        Question, verbose_name=_("вопрос"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    application = models.ForeignKey(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pos = models.PositiveSmallIntegerField(_("место"))
    # NULL and not blank: the partial index is found through «IS NOT NULL».
    text = models.CharField(_("значение"), max_length=80, null=True)  # noqa: DJ001
    num = models.FloatField(_("число"), null=True)

    class Meta:
        verbose_name = _("ответ для отбора")
        verbose_name_plural = _("ответы для отбора")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["question", "text", "application"], condition=Q(text__isnull=False), name="answer_text"
            ),
            models.Index(fields=["question", "num", "application"], condition=Q(num__isnull=False), name="answer_num"),
        ]


class SearchDoc(models.Model):
    """The stems of all that was written in an application: « стем стем », each once, with a blank at both ends.

    SQLite keeps a full-text index of it by triggers, PostgreSQL a generated tsvector (migration 0003).
    """

    application = models.OneToOneField(
        APPLICATION, verbose_name=_("обращение"), on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    stems = models.TextField(_("основы слов"))

    class Meta:
        verbose_name = _("слова обращения")
        verbose_name_plural = _("слова обращений")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.application_id)
