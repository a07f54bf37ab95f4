"""The columns of the queue. Each draws its own cell: a template for every cell is two thirds of a page's time."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn

from forms.applications.models import Application
from home.words import day_month

from . import due

ICON = '<svg class="icon icon-{0}" aria-hidden="true"><use href="#icon-{0}"></use></svg>'


class FastColumn(BaseColumn):
    """A column whose cell is made by a function; `narrow` hides it on small screens. queue.css knows its width."""

    def __init__(
        self, name: str, label: str | Promise, cell: Callable[[Application], Any], narrow: bool = False
    ) -> None:
        super().__init__(name, label=label, classname=f"q-c-{name}{' q-hide' if narrow else ''}")
        self.cell = cell

    def render_header_html(self, parent_context: Any) -> SafeString:
        """The heading, without a link: the order belongs to the folder."""
        return format_html('<th scope="col" class="{}">{}</th>', self.classname, self.label)

    def render_cell_html(self, instance: Application, parent_context: Any) -> SafeString:
        """One cell."""
        return format_html('<td class="{}">{}</td>', self.classname, self.cell(instance))


class WhoColumn(FastColumn):
    """Applicant and request: the heading of the row and its only link."""

    def render_cell_html(self, instance: Application, parent_context: Any) -> SafeString:
        """A row header cell."""
        return format_html(
            '<th scope="row" class="q-who">{}<a href="{}">{}</a><small>{}</small></th>',
            _unread() if instance.has_news else "",
            reverse("form_review:card", args=[instance.pk]),
            instance.short_name or _("без имени"),
            instance.summary,
        )


def _unread() -> SafeString:
    """An envelope, and its words for who hears the list; bold by the style of the row header."""
    icon = format_html(ICON, "mail")
    return format_html(
        '<span class="q-mark">{}<span class="w-sr-only">{}</span></span> ', icon, _("Новое от заявителя:")
    )


def _when(application: Application) -> SafeString | str:
    if not application.is_open:
        return format_html('<span class="q-due">{}</span>', day_month(application.closed_at))
    chip = due.chip(application.due_on, timezone.localdate(), application.paused_on)
    icon = format_html(ICON, chip.icon) if chip.icon else ""
    look = f" q-due--{chip.look}" if chip.look else ""
    return format_html('<span class="q-due{}">{}{}</span>', look, icon, chip.words)


def _assignee(application: Application) -> SafeString | str:
    if application.assignee:
        return application.assignee.short_name
    return format_html('<span class="q-meta">{}</span>', _("не назначен"))


COLUMNS = (
    FastColumn("number", _("№"), lambda row: row.public_number),
    FastColumn("due", _("Срок"), _when),
    WhoColumn("who", _("Заявитель и просьба"), lambda row: ""),
    FastColumn("place", _("Муниципалитет"), lambda row: row.territory.name if row.territory else "", narrow=True),
    FastColumn("state", _("Состояние"), lambda row: row.get_state_display()),
    FastColumn("assignee", _("Исполнитель"), _assignee),
)
