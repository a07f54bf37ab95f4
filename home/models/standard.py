from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlock, plain_text

from .base import BasePage


class StandardPage(BasePage):
    """A page of text: about, structure, contacts, documents, appeals, policies.

    A region pack gives title, slug, lead, body (blocks of `home.blocks.BodyBlock`), footer_column, checked_on, is_demo.
    """

    class FooterColumn(models.TextChoices):
        NONE = "", _("не показывать")
        ABOUT = "about", _("«О портале»")
        RULES = "rules", _("«Правила и доступность»")

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("содержание"))
    footer_column = models.CharField(
        _("ссылка внизу страниц"), max_length=10, choices=FooterColumn, blank=True, default="",
        help_text=_("В каком столбце подвала показать ссылку на эту страницу."),
    )  # fmt: skip

    search_kind = _("О портале")
    search_fields = [*BasePage.search_fields, index.FilterField("footer_column")]

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
    ]
    promote_panels = [
        BasePage.promote_panels[0],
        MultiFieldPanel([FieldPanel("show_in_menus"), FieldPanel("footer_column")], heading=_("Меню и подвал")),
    ]

    class Meta:
        verbose_name = _("страница с текстом")
        verbose_name_plural = _("страницы с текстом")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children = self.get_children().live().public().order_by("path") if self.numchild else []
        return super().get_context(request, *args, **kwargs) | {"children": children}

    def search_body(self) -> str:
        return plain_text(self.body)
