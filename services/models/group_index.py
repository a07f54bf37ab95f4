from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.url_routing import RouteResult

from home import freshness
from home.frames import Link
from home.models import BasePage
from services import ics, month, zones
from services.group_words import ShownMeeting, shown

from .group import SupportGroup


@dataclass(frozen=True)
class Row:
    """A group in a list with its next meetings; `by_city_time` is «по времени Иркутска»."""

    group: SupportGroup
    meetings: list[ShownMeeting]
    by_city_time: str


class GroupIndexPage(BasePage):
    """«Группы и встречи»: every group with its next dates; `month/` is a sheet of a month, `ics/` for calendars."""

    template = "services/group_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.SupportGroup"]

    class Meta:
        verbose_name = _("раздел «Группы и встречи»")
        verbose_name_plural = _("разделы «Группы и встречи»")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """`month/`, `month/2026-12/` and `ics/`; no group can have these names and be reached below."""
        today = timezone.localdate()
        if self.live and path_components[:1] == ["month"] and len(path_components) <= 2:
            name = path_components[1] if len(path_components) == 2 else f"{today:%Y-%m}"
            first = month.read(name, today)
            if first is None:
                raise Http404
            return RouteResult(self, kwargs={"month": first})
        if self.live and path_components == ["ics"]:
            return RouteResult(self, kwargs={"ics": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As Wagtail's; the calendar of all groups is a file."""
        if "ics" not in kwargs:
            drawn: HttpResponseBase = super().serve(request, *args, **kwargs)
            return drawn
        if self.is_same_for_all:
            freshness.share(request)
        freshness.until_midnight()
        groups = ((group, request.build_absolute_uri(group.get_url(request))) for group in self._groups())
        return ics.answer_for_all(self.title, groups, timezone.now())

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "services/group_month.html" if "month" in kwargs else self.template

    def _groups(self) -> Any:
        return SupportGroup.objects.going_on(timezone.localdate()).public().child_of(self).with_schedule()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if "month" in kwargs:
            freshness.until_midnight()
            sheet = month.sheet(kwargs["month"], self._groups(), timezone.localdate())
            return context | {"month": sheet, "trail": [*self.crumbs, Link(self.title, self.url)]}
        now = timezone.now()
        groups = SupportGroup.objects.going_on(timezone.localdate()).child_of(self).with_schedule()
        rows = [
            Row(group, [shown(meeting) for meeting in group.next_meetings(now, 3)], zones.by_city_time(group.rule.zone))
            for group in groups
        ]
        rows.sort(key=lambda row: row.meetings[0].date if row.meetings else date.max)
        return context | {"rows": rows}
