"""The queue inside the Wagtail admin: its addresses, its menu entry, and the teams for who manages them."""

from typing import Any

from django.db.models import Q
from django.forms import Media
from django.http import HttpRequest
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from laces.components import Component
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from forms.applications.entering import ENTER
from forms.applications.models import AnswerTemplate, Application, TallyKind, Team
from forms.applications.policies import ASSIGN, WORK
from forms.applications.querysets import VIEW, VIEW_ALL

from . import folders
from .account import StaffLettersPanel
from .auditing.views import JOURNAL
from .load import LoadPanel


@hooks.register("register_admin_urls")
def queue_urls() -> list[Any]:
    """/admin/queue/."""
    return [path("queue/", include("forms.review.urls"))]


class QueueMenuItem(MenuItem):
    """Shown to those who may see applications."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permission, not by the role."""
        return bool(request.user.has_perm(VIEW))


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    """«Очередь», first in the menu: staff live there."""
    return QueueMenuItem(_("Очередь"), reverse_lazy("form_review:queue"), name="queue", icon_name="list-ul", order=50)


@hooks.register("register_admin_menu_item")
def meetings_menu_item() -> MenuItem:
    """«Встречи», beside the queue: for the same people."""
    return QueueMenuItem(
        _("Встречи"), reverse_lazy("form_review:meetings"), name="meetings", icon_name="calendar-alt", order=55
    )


class JournalMenuItem(MenuItem):
    """Shown to those who may see the journal."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permission, not by the role."""
        return bool(request.user.has_perm(VIEW) and request.user.has_perm(JOURNAL))


@hooks.register("register_admin_menu_item")
def journal_menu_item() -> MenuItem:
    """«Журнал», beside the queue."""
    return JournalMenuItem(
        _("Журнал"), reverse_lazy("form_review:journal"), name="journal", icon_name="history", order=60
    )


class AbsencesMenuItem(MenuItem):
    """Shown to those who work on applications, who are away at times."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permission, not by the role."""
        return bool(request.user.has_perm(WORK))


@hooks.register("register_settings_menu_item")
def absences_menu_item() -> MenuItem:
    """«Отсутствия», beside the teams."""
    return AbsencesMenuItem(
        _("Отсутствия"), reverse_lazy("form_review:absences"), name="absences", icon_name="calendar"
    )


@hooks.register("register_account_settings_panel")
def staff_letters_panel(request: HttpRequest, user: Any, profile: Any) -> StaffLettersPanel:
    """Which letters about work a person gets."""
    return StaffLettersPanel(request, user, profile)


class CallMenuItem(MenuItem):
    """Shown to those who write down what people ask."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By both permissions that the screen asks for."""
        return bool(request.user.has_perm(VIEW) and request.user.has_perm(ENTER))


@hooks.register("register_admin_menu_item")
def call_menu_item() -> MenuItem:
    """«Принять звонок», right after the queue."""
    return CallMenuItem(
        _("Принять звонок"), reverse_lazy("form_review:call"), name="call", icon_name="mobile-alt", order=51
    )


class TallyReportMenuItem(MenuItem):
    """Shown to those who answer for figures: who assigns work, or who sees all teams."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permissions, not by the role."""
        return bool(request.user.has_perm(VIEW) and any(map(request.user.has_perm, (ASSIGN, VIEW_ALL))))


@hooks.register("register_admin_menu_item")
def tally_report_item() -> MenuItem:
    """«Отчёт по вопросам»: how many were answered without a card."""
    address = reverse_lazy("form_review:tally_report")
    return TallyReportMenuItem(_("Отчёт по вопросам"), address, name="tally-report", icon_name="list-ol", order=56)


class QueuePanel(Component):
    """The counters of the queue on the first page of the admin, so that nobody starts at an empty one."""

    name = "queue"
    order = 10
    template_name = "review/home_panel.html"
    media = Media(css={"all": ["portal/load.css"]})

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Each folder with its counter and address."""
        user = parent_context["request"].user
        numbers = folders.counts(Application.objects.visible_to(user, counting=True), user)
        address = reverse("form_review:queue")
        return {
            "folders": [
                {
                    "label": each.label,
                    "count": folders.shown(numbers[each.key]),
                    "hot": each.hot and numbers[each.key] > 0,
                    "url": f"{address}?folder={each.key}",
                }
                for each in folders.FOLDERS
                if not each.shy or numbers[each.key]
            ]
        }


@hooks.register("construct_homepage_panels")
def queue_on_the_first_page(request: HttpRequest, panels: list[Any]) -> None:
    """Above Wagtail's own panels, for those who may see applications."""
    if request.user.has_perm(VIEW):
        panels.insert(0, QueuePanel())
        if any(map(request.user.has_perm, (ASSIGN, VIEW_ALL))):
            panels.insert(1, LoadPanel())


class TeamViewSet(SnippetViewSet):
    """Teams, edited by whom the permissions on Team allow it."""

    model = Team
    icon = "group"
    add_to_settings_menu = True
    menu_label = _("Команды")
    list_display = ("name", "is_common")
    search_fields = ("name",)
    panels = (
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("territories"), FieldPanel("topics"), FieldPanel("is_common")],
            heading=_("Какие обращения получает"),
        ),
        MultiFieldPanel([FieldPanel("members"), FieldPanel("shares_evenly")], heading=_("Кто ведёт")),
    )


register_snippet(TeamViewSet)


class TallyKindViewSet(SnippetViewSet):
    """What is counted without a card, edited by leads."""

    model = TallyKind
    icon = "list-ol"
    add_to_settings_menu = True
    menu_label = _("Вопросы без карточки")
    list_display = ("name", "place", "is_used")
    panels = (FieldPanel("name"), FieldPanel("place"), FieldPanel("is_used"))


register_snippet(TallyKindViewSet)


class AnswerTemplateViewSet(SnippetViewSet):
    """Texts that staff answer with often; who leads keeps them, for everybody or for the own teams."""

    model = AnswerTemplate
    icon = "mail"
    add_to_admin_menu = True
    menu_label = _("Шаблоны ответов")
    menu_order = 60
    list_display = ("title", "action", "team", "tags")
    list_filter = ("action", "team")
    search_fields = ("title", "tags", "text")
    panels = (
        MultiFieldPanel([FieldPanel("title"), FieldPanel("action"), FieldPanel("team"), FieldPanel("tags")]),
        MultiFieldPanel([FieldPanel("text"), FieldPanel("next_step"), FieldPanel("norm")], heading=_("Тексты")),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Of everybody and of the own teams."""
        user: Any = request.user
        rows = AnswerTemplate.objects.select_related("team")
        if user.has_perm(VIEW_ALL):
            return rows
        return rows.filter(Q(team__isnull=True) | Q(team__in=user.teams.all()))


register_snippet(AnswerTemplateViewSet)


@hooks.register("register_icons")
def queue_icons(icons: list[str]) -> list[str]:
    """A pause, which Wagtail has no sign for."""
    return [*icons, "review/icons/pause.svg"]
