"""What the site adds to the admin: its letters and colours, and what the search knows and misses."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home import checking
from home.models import MissedSearch, Synonym
from home.views.checked import CheckedPagesView
from home.views.opinion import OpinionsView


@hooks.register("insert_global_admin_css")
def own_letters() -> SafeString:
    """The same typeface as the public pages, from our own server."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))


@hooks.register("register_admin_urls")
def reports() -> list[URLPattern]:
    """What the press service keeps true."""
    return [
        path("reports/checked/", CheckedPagesView.as_view(), name="checked_pages"),
        path("reports/answers/", OpinionsView.as_view(), name="opinions"),
    ]


class CheckedItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Only to those who may publish something."""
        return checking.may_check(request.user)


@hooks.register("register_reports_menu_item")
def checked_item() -> MenuItem:
    """In the menu «Отчёты»."""
    return CheckedItem(_("Давно не проверяли"), reverse("checked_pages"), icon_name="time", order=100)


@hooks.register("register_reports_menu_item")
def opinions_item() -> MenuItem:
    """In the menu «Отчёты»."""
    return CheckedItem(_("Помогают ли ответы"), reverse("opinions"), icon_name="help", order=110)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """The history of a page says who checked it."""
    actions.register_action(checking.LOG_ACTION, _("Сведения проверены"), _("Сведения проверены"))


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "link"
    menu_label = _("Синонимы")
    list_display = ("asked", "means")
    search_fields = ("asked", "means")
    ordering = ("asked",)
    copy_view_enabled = False
    panels = (MultiFieldPanel([FieldPanel("asked"), FieldPanel("means")], heading=_("Слова посетителей")),)


class MissedSearchViewSet(SnippetViewSet):
    """Nobody adds or changes a row: it is written by visitors, and deleted once it is dealt with."""

    model = MissedSearch
    icon = "help"
    menu_label = _("Ничего не нашлось")
    list_display = ("words", "times", "first_on", "last_on")
    list_export = ("words", "times", "first_on", "last_on")
    export_filename = "poisk-bez-otveta"
    index_results_template_name = "home/admin/missed_results.html"
    search_fields = ("words",)
    ordering = ("-times", "words")
    copy_view_enabled = False
    panels = (
        MultiFieldPanel(
            [FieldPanel(name, read_only=True) for name in ("words", "times", "first_on", "last_on")],
            heading=_("Спрашивали не меньше трёх человек, и ничего не нашлось"),
        ),
    )


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Поиск по сайту")
    menu_icon = "search"
    menu_order = 260
    items = (SynonymViewSet, MissedSearchViewSet)


register_snippet(SearchGroup)
