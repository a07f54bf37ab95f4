from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import BasePage
from services import zones
from services.group_words import ShownMeeting, shown

from .group import SupportGroup


@dataclass(frozen=True)
class Row:
    """A group in a list with its next meetings; `by_city_time` is «по времени Иркутска»."""

    group: SupportGroup
    meetings: list[ShownMeeting]
    by_city_time: str


class GroupIndexPage(BasePage):
    """«Группы и встречи»: every group with its next dates."""

    template = "services/group_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.SupportGroup"]

    class Meta:
        verbose_name = _("раздел «Группы и встречи»")
        verbose_name_plural = _("разделы «Группы и встречи»")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        groups = SupportGroup.objects.going_on(timezone.localdate()).child_of(self).with_schedule()
        rows = [
            Row(group, [shown(meeting) for meeting in group.next_meetings(now, 3)], zones.by_city_time(group.rule.zone))
            for group in groups
        ]
        rows.sort(key=lambda row: row.meetings[0].date if row.meetings else date.max)
        return context | {"rows": rows}
