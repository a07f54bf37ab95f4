"""The menu group «Центры и помощь» of the admin: the small tables that pages and forms refer to."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from services.models import CalendarException, Recipient, SharedHours, Situation, Territory
from services.shared_hours_views import SharedHoursCreateView, SharedHoursEditView, edit_handler


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


class CalendarExceptionViewSet(SnippetViewSet):
    model = CalendarException
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
