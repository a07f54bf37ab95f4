import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page as Portion
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from home import privacy, subjects
from home.blocks import BodyBlock, plain_text

from .base import BasePage

PER_PAGE = 12


class NewsQuerySet(PageQuerySet):
    def for_list(self) -> "NewsQuerySet":
        """Newest first with what a list shows and nothing more: bodies stay in the database."""
        shown = self.live().public() if privacy.has_private_pages() else self.live()
        return shown.select_related("photo").defer("body").order_by("-date", "-pk")

    def current(self, today: datetime.date) -> "NewsQuerySet":
        """Without what is not true any more on this day."""
        return self.filter(Q(outdated_from=None) | Q(outdated_from__gt=today))


class NewsIndexPage(BasePage):
    """All news, newest first; one for the whole portal. A region pack gives title «Новости», slug `news`, lead."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count = 1
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = _("раздел новостей")
        verbose_name_plural = _("разделы новостей")

    def portion(self, wanted: str, place: str = "") -> Portion:
        """The page of the list that the address asks for; a wrong number gives the nearest one.

        `place`: only news of this municipality, by its code.
        """
        news = NewsPage.objects.child_of(self).for_list()
        found = Paginator(subjects.known().within(news, place) if place else news, PER_PAGE).get_page(wanted)
        shown = list(found.object_list)
        names = subjects.known().names(article.pk for article in shown)
        for article in shown:
            article.place_names = names.get(article.pk, "")
        found.object_list = shown
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        places = subjects.known().choices()
        asked = request.GET.get("territory", "")
        place = asked if asked in dict(places) else ""
        return super().get_context(request, *args, **kwargs) | {
            "places": places,
            "place": place,
            "place_name": dict(places).get(place, ""),
            "portion": self.portion(request.GET.get("page", "1"), place),
            "keep": f"territory={place}&" if place else "",
        }


class NewsPage(BasePage):
    """One piece of news.

    A region pack gives title, slug, date, lead, body (blocks of `home.blocks.BodyBlock`), is_demo; a photo needs
    photo_alt.
    """

    date = models.DateField(_("дата"), default=timezone.localdate)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("фотография"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_alt = models.CharField(
        _("что на фотографии"),
        max_length=200,
        blank=True,
        help_text=_("Одно предложение для тех, кто её не видит. Обязательно, если есть фотография."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("содержание"))
    outdated_from = models.DateField(
        _("неактуально с"),
        null=True,
        blank=True,
        help_text=_("С этого дня над новостью стоит пометка, что сведения устарели, а на главной её нет."),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    search_kind = _("Новости")
    search_fields = [*BasePage.search_fields, index.FilterField("date")]

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"

    content_panels = [
        MultiFieldPanel(
            [TitleFieldPanel("title"), FieldRowPanel([FieldPanel("date")]), FieldPanel("lead")], heading=_("Заголовок")
        ),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], heading=_("Фотография")),
        FieldPanel("body"),
    ]
    promote_panels = [BasePage.promote_panels[0]]
    settings_panels = [
        MultiFieldPanel([FieldPanel("outdated_from")], heading=_("До какого дня это верно")),
        *BasePage.settings_panels,
    ]

    class Meta:
        verbose_name = _("новость")
        verbose_name_plural = _("новости")
        indexes = [models.Index(fields=["-date"], name="news_by_date")]

    def clean(self) -> None:
        super().clean()
        if self.outdated_from and self.outdated_from < self.date:
            raise ValidationError(
                {"outdated_from": _("Это раньше даты новости. Проверьте, с какого дня она неактуальна.")}
            )
        if self.photo_id and not self.photo_alt:
            raise ValidationError({"photo_alt": _("Опишите фотографию одним предложением: её увидят не все.")})

    def search_body(self) -> str:
        return plain_text(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        known, is_draft = subjects.known(), getattr(request, "is_preview", False)
        return super().get_context(request, *args, **kwargs) | {
            "places": known.places_of(self, is_draft=is_draft),
            "subjects": known.subjects_of(self, is_draft=is_draft),
        }

    @property
    def is_outdated(self) -> bool:
        """Whether what it says is not true any more; kept pages hear of it, as none outlives its midnight."""
        return self.outdated_from is not None and self.outdated_from <= timezone.localdate()

    @property
    def list_url(self) -> str:
        """The address of all news: the last crumb, which is read anyway."""
        return self.crumbs[-1].url if self.crumbs else "/news/"
