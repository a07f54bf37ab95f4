"""The menu group «Центры и помощь» of the admin: the small tables that pages and forms refer to."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from services import holidays, measure_report
from services.measure_report_view import MeasureReportView
from services.models import CalendarException, Recipient, SharedHours, Situation, Territory
from services.shared_hours_views import SharedHoursCreateView, SharedHoursEditView, edit_handler
from services.year_calendar_view import YearCalendarView, may_enter


class TerritoryViewSet(SnippetViewSet):
    model = Territory
    icon = "globe"
    menu_label = _("Муниципалитеты")
    list_display = ("name", "kind", "code", BooleanColumn("is_active", label=_("Действует"), sort_key="is_active"))
    list_filter = ("kind", "is_active")
    search_fields = ("name", "also_called", "code")
    ordering = ("name",)
    list_per_page = 50
    copy_view_enabled = False
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("also_called"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
            ],
            heading=_("Муниципалитет"),
        ),
        MultiFieldPanel([FieldPanel("code"), FieldPanel("is_active")], heading=_("Для заявок и ссылок")),
    )


class CalendarIndexView(IndexView):
    """The table of single days, with the way to a whole year."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """«Год целиком» beside «Добавить»."""
        if not may_enter(self.request.user):
            return list(super().header_buttons)
        url = reverse("year_calendar", args=[timezone.localdate().year])
        return [*super().header_buttons, HeaderButton(_("Год целиком"), url, icon_name="date")]


class CalendarExceptionViewSet(SnippetViewSet):
    model = CalendarException
    index_view_class = CalendarIndexView
    icon = "date"
    menu_label = _("Особые дни календаря")
    list_display = ("date", BooleanColumn("is_working", label=_("Рабочий день")), "source")
    list_filter = ("is_working",)
    ordering = ("-date",)
    copy_view_enabled = False
    panels = (
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("date"), FieldPanel("is_working")]), FieldPanel("source")],
            heading=_("День, который отличается от производственного календаря"),
        ),
    )


class SituationViewSet(SnippetViewSet):
    model = Situation
    icon = "help"
    menu_label = _("Жизненные ситуации")
    list_display = ("name", "summary", "code", "sort_order")
    ordering = ("sort_order",)
    copy_view_enabled = False
    panels = (
        MultiFieldPanel([FieldPanel("name"), FieldPanel("summary")], heading=_("Ситуация")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")])], heading=_("Адрес и порядок")),
    )


class RecipientViewSet(SnippetViewSet):
    model = Recipient
    icon = "group"
    menu_label = _("Кому положено")
    list_display = ("name", "to_whom", "code", "sort_order")
    ordering = ("sort_order",)
    copy_view_enabled = False
    panels = (
        MultiFieldPanel([FieldPanel("name"), FieldPanel("to_whom")], heading=_("Кому")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")])], heading=_("Адрес и порядок")),
    )


class SharedHoursViewSet(SnippetViewSet):
    model = SharedHours
    icon = "time"
    menu_label = _("Особые часы многих центров")
    list_display = ("reason", "first_day", "last_day", Column("stage", label=_("Сейчас"), accessor="stage"))
    ordering = ("-last_day", "-first_day")
    copy_view_enabled = False
    add_view_class = SharedHoursCreateView
    edit_view_class = SharedHoursEditView
    create_template_name = "services/admin/shared_hours_create.html"
    edit_template_name = "services/admin/shared_hours_edit.html"
    edit_handler = edit_handler


class ServicesGroup(SnippetViewSetGroup):
    menu_label = _("Центры и помощь")
    menu_icon = "home"
    menu_order = 250
    items = (SharedHoursViewSet, TerritoryViewSet, CalendarExceptionViewSet, SituationViewSet, RecipientViewSet)


register_snippet(ServicesGroup)


@hooks.register("register_admin_urls")
def reports() -> list[URLPattern]:
    """What the editors of measures have to mend, and a year of the production calendar."""
    return [
        path("reports/measures/", MeasureReportView.as_view(), name="measure_report"),
        path("calendar/<int:year>/", YearCalendarView.as_view(), name="year_calendar"),
    ]


class MeasureReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Only to those who keep the words of the finder."""
        return measure_report.may_read(request.user)


@hooks.register("register_reports_menu_item")
def measure_report_item() -> MenuItem:
    """In the menu «Отчёты»."""
    return MeasureReportItem(_("Меры: что поправить"), reverse("measure_report"), icon_name="warning", order=105)


@hooks.register("construct_homepage_panels")
def calendar_on_the_first_page(request: HttpRequest, panels: list[Any]) -> None:
    """From October, while nobody has entered the moved days of the next year."""
    year = holidays.missing_year(timezone.localdate())
    if year and may_enter(request.user):
        panels.insert(0, CalendarPanel(year))


class CalendarPanel(Component):
    """Says that the production calendar of a year is not there yet, and where it is entered."""

    name = "calendar"
    order = 5
    template_name = "services/admin/calendar_panel.html"

    def __init__(self, year: int) -> None:
        self.year = year

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The year and the address where it is entered."""
        return {"year": self.year, "url": reverse("year_calendar", args=[self.year])}
