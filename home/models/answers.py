"""Questions as people ask them, each with a page of its own, and whether the answer helped."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet

from home import privacy
from home.blocks import BodyBlock, plain_text

from .base import BasePage


class AnswerQuerySet(PageQuerySet):
    def for_list(self) -> "AnswerQuerySet":
        """In the editors' order with what a list shows: bodies stay in the database."""
        shown = self.live().public() if privacy.has_private_pages() else self.live()
        return shown.defer("body").order_by("path")


class AnswersPage(BasePage):
    """All questions by topic; one for the whole portal. A region pack gives title, slug, lead."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.AnswerPage"]
    max_count = 1
    template = "home/answers_page.html"

    class Meta:
        verbose_name = _("раздел вопросов и ответов")
        verbose_name_plural = _("разделы вопросов и ответов")

    def topics(self) -> dict[str, list["AnswerPage"]]:
        """Questions by topic; topics in the order of their first question, one query in all."""
        found: dict[str, list[AnswerPage]] = {}
        for answer in AnswerPage.objects.child_of(self).for_list():
            found.setdefault(answer.topic, []).append(answer)
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"topics": self.topics()}


class AnswerPage(BasePage):
    """A question (the title), the answer in short (the lead), the whole of it (the body).

    A region pack gives title, slug, topic, lead, body, checked_on, is_demo.
    """

    SAID = ("yes", "no")

    topic = models.CharField(
        _("тема"),
        max_length=60,
        help_text=_("Под этими словами вопросы стоят вместе: «Документы», «Дети и учёба». Пишите одинаково."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("подробный ответ"))

    objects = PageManager.from_queryset(AnswerQuerySet)()

    search_kind = _("Ответы на вопросы")
    parent_page_types = ["home.AnswersPage"]
    subpage_types: list[str] = []
    template = "home/answer_page.html"

    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", placeholder=_("Вопрос, как его задают люди")),
                FieldPanel("topic"),
                FieldPanel("lead", heading=_("Ответ коротко"), help_text=_("Одно или два предложения: сам ответ.")),
            ],
            heading=_("Вопрос и короткий ответ"),
        ),
        FieldPanel("body"),
    ]
    promote_panels = [BasePage.promote_panels[0]]

    class Meta:
        verbose_name = _("ответ на вопрос")
        verbose_name_plural = _("ответы на вопросы")

    def search_body(self) -> str:
        return f"{self.topic} {plain_text(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        said = request.GET.get("said", "")
        others = AnswerPage.objects.sibling_of(self, inclusive=False).filter(topic=self.topic).for_list()[:4]
        return super().get_context(request, *args, **kwargs) | {
            "said": said if said in self.SAID else "",
            "others": list(others),
        }


class Opinion(models.Model):
    """How often an answer helped and how often it did not: two numbers, nothing about who said so."""

    answer = models.OneToOneField(AnswerPage, verbose_name=_("ответ"), on_delete=models.CASCADE, related_name="opinion")
    yes = models.PositiveIntegerField(_("помогло"), default=0)
    no = models.PositiveIntegerField(_("не помогло"), default=0)

    class Meta:
        verbose_name = _("мнение об ответе")
        verbose_name_plural = _("мнения об ответах")

    def __str__(self) -> str:
        return str(self.answer)
