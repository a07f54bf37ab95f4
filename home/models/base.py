from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from home import freshness, privacy, words
from home.frames import Kept, Link
from home.stems import stems

_crumbs: Kept[list[Link]] = Kept(most=2000)
_addresses: Kept[Any] = Kept(most=5000)


@cache
def _nothing() -> Any:
    """No restrictions, read once: an empty list that is asked again would be compiled again."""
    none = PageViewRestriction.objects.none()
    list(none)
    return none


class BasePage(Page):
    """What every public page shares: a lead sentence, the date somebody last checked it, search by word stems.

    A page class overrides `search_body()` to be found by more than its title and lead, and `search_kind` to say under
    which name the search shows it. `lead` is plain text; `is_demo` puts the label «демо» after the title.
    """

    lead = models.TextField(
        _("вводная фраза"), blank=True, help_text=_("Одно или два предложения под заголовком: главное и польза.")
    )
    is_demo = models.BooleanField(
        _("вымышлено для демонстрации"), default=False, help_text=_("Рядом с заголовком появится пометка «демо».")
    )
    checked_on = models.DateField(
        _("сведения проверены"),
        null=True,
        blank=True,
        help_text=_("Когда вы в последний раз убедились, что всё верно."),
    )

    search_kind: ClassVar[Any] = _("Страницы")
    says_facts: ClassVar[bool] = True  # whether it says something that may grow old and is to be checked

    search_fields = [*Page.search_fields, index.SearchField("search_stems")]

    content_panels = [
        MultiFieldPanel([TitleFieldPanel("title"), FieldPanel("lead")], heading=_("Заголовок")),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Адрес и поиск")
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("Меню")),
    ]
    settings_panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("checked_on"), FieldPanel("is_demo")])], heading=_("Достоверность")),
        *Page.settings_panels,
    ]

    class Meta:
        abstract = True

    def search_body(self) -> str:
        """Plain text by which the page is found and from which the search takes an excerpt."""
        return ""

    def after_check(self, day: date) -> dict[str, date]:
        """What a check on that day sets besides `checked_on`, by field: a kind that plans its next check says when."""
        return {}

    @property
    def search_text(self) -> str:
        """Lead and body as one plain text."""
        return " ".join(part for part in (self.lead, self.search_body()) if part)

    @property
    def published_text(self) -> str:
        """The same of a published page; a room that keeps what it says elsewhere asks the database nothing."""
        return self.search_text

    @property
    def search_stems(self) -> str:
        """What goes into the index: stems, because SQLite's full-text search does not know Russian endings."""
        return stems(f"{self.title} {self.search_text}")

    @cached_property
    def crumbs(self) -> list[Link]:
        """The way from the home page to this one, without the page itself; kept until a page is published or moved."""
        home = [Link(str(_("Главная")), "/")] if self.depth > 2 else []
        return home + (_crumbs.get(self.path[: -self.steplen], self._between) if self.depth > 3 else [])

    def _between(self) -> list[Link]:
        return [Link(page.title, page.get_url() or "/") for page in self.get_ancestors().filter(depth__gt=2).live()]

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """As Wagtail's, which asks the cache for all sites for every link; another site may have another address."""
        host = request.get_host() if isinstance(request, HttpRequest) else ""
        return _addresses.get((host, self.url_path), lambda: super(BasePage, self).get_url_parts(request))

    def get_view_restrictions(self) -> Any:
        """Wagtail asks this for every page it serves; where nothing is private there is nothing to look up."""
        return super().get_view_restrictions() if privacy.has_private_pages() else _nothing()

    @property
    def is_same_for_all(self) -> bool:
        """Whether every visitor sees the same page, so that it may be kept whole; a private one never is."""
        return not privacy.has_private_pages() or not self.get_view_restrictions().exists()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; tells the page cache whether the answer may be kept."""
        response = super().serve(request, *args, **kwargs)
        if self.is_same_for_all:
            freshness.share(request)
        return response

    @property
    def updated_on(self) -> str:
        """The date at the foot of the page: last published, in words."""
        return words.long_date(self.last_published_at or self.latest_revision_created_at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"updated_on": self.updated_on}
