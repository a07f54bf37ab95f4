from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page

from accounts.pages import OwnRight
from home import sections

from .base import BasePage
from .news import NewsPage

NEWS_SHOWN = 3
SECTIONS = ("centres_finder", "situations", "measures_count", "meetings")


class HomePage(OwnRight, BasePage):
    """The first page of the site; one for the whole portal, directly below the root.

    A region pack gives title (for the admin and the browser's tab), hero_title, lead, help_url. The finder, life
    situations, the number of measures and the meetings come from `home.sections`; news from the news pages.
    """

    hero_title = models.CharField(
        _("главная фраза"), max_length=120, help_text=_("Что портал сделает для человека, одним предложением.")
    )
    help_url = models.CharField(
        _("форма «Попросить о помощи»"),
        max_length=255,
        blank=True,
        default="/forms/help/",
        help_text=_("Адрес формы на портале. Если пусто, кнопку «Подать заявку» не показываем."),
    )

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    says_facts = False
    template = "home/home_page.html"

    content_panels = [
        MultiFieldPanel(
            [TitleFieldPanel("title"), FieldPanel("hero_title"), FieldPanel("lead")], heading=_("Первый экран")
        ),
        MultiFieldPanel([FieldPanel("help_url")], heading=_("Заявка")),
    ]
    promote_panels = [MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")])]

    class Meta:
        verbose_name = _("главная страница")
        verbose_name_plural = _("главные страницы")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= sections.provide(SECTIONS, request)
        context["news"] = list(NewsPage.objects.for_list().current(timezone.localdate())[:NEWS_SHOWN])
        return context

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only directly below the root of the tree: `wagtailcore.Page` alone would allow any plain page."""
        return bool(super().can_create_at(parent) and parent.is_root())
