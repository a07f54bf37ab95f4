"""Texts that staff answer with often."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.applications import placeholders

from .team import Team


class AnswerTemplate(models.Model):
    """A text for one kind of step, or for all of them; of a team, or of everybody."""

    class For(models.TextChoices):
        ANY = "", _("любой шаг")
        RESOLVE = "resolve", _("закрыть: решено")
        EXPLAIN = "explain", _("закрыть: разъяснено")
        REFUSE = "refuse", _("закрыть: отказано")
        REDIRECT = "redirect", _("закрыть: перенаправить")
        ASK = "ask", _("спросить заявителя")
        PUT_OFF = "put_off", _("отложить")
        EXTEND = "extend", _("продлить срок")
        HAND_OVER = "hand_over", _("передать другой команде")
        REOPEN = "reopen", _("открыть снова")

    title = models.CharField(_("название"), max_length=120)
    action = models.CharField(_("для какого шага"), max_length=20, choices=For, blank=True)
    team = models.ForeignKey(
        Team,
        verbose_name=_("команда"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        help_text=_("Пусто: для всех команд."),
    )
    tags = models.CharField(
        _("метки"), max_length=200, blank=True, help_text=_("Через запятую, например: детский сад, документы.")
    )
    text = models.TextField(_("текст"), max_length=5000, help_text=placeholders.HELP)
    norm = models.CharField(_("норма"), max_length=500, blank=True, help_text=_("Только для отказа."))
    next_step = models.CharField(_("что делать дальше"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("шаблон ответа")
        verbose_name_plural = _("шаблоны ответов")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A place that cannot be filled in would reach an applicant as it stands."""
        for name in ("text", "next_step", "norm"):
            unknown = placeholders.unknown(getattr(self, name))
            if unknown:
                sentence = _("Таких мест нет: %(places)s. %(help)s")
                raise ValidationError({name: sentence % {"places": ", ".join(unknown), "help": placeholders.HELP}})

    @property
    def tag_list(self) -> list[str]:
        """The tags one by one."""
        return [tag for tag in (part.strip() for part in self.tags.split(",")) if tag]
