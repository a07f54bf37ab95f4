"""Parts of a measure: a step of getting it, which measures hold, the checklist below its page."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import PageQuerySet
from wagtail.url_routing import RouteResult

CHECKLIST = "checklist"


class StepBlock(blocks.StructBlock):
    """One step of getting a measure."""

    title = blocks.CharBlock(max_length=120, label=_("Что сделать"), help_text=_("С точкой: «Соберите документы.»"))
    text = blocks.TextBlock(required=False, label=_("Подробнее"))

    class Meta:
        icon = "list-ol"
        label = _("Шаг")


class MeasureQuerySet(PageQuerySet):
    def in_force(self, on_date: date) -> "MeasureQuerySet":
        """Published, valid on a day and checked in time: what visitors are told they may get."""
        # A check after the day it was planned for has done what was planned.
        in_time = Q(next_check__isnull=True) | Q(next_check__gte=on_date) | Q(next_check__lte=F("checked_on"))
        return self.running(on_date).filter(in_time, checked_on__isnull=False)

    def running(self, on_date: date) -> "MeasureQuerySet":
        """Published and within its term on a day, whether somebody checked it in time or not."""
        not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=on_date)
        return self.live().filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on_date), not_over)


def is_checked(on_date: date, checked_on: date | None, next_check: date | None) -> bool:
    """The rule of `in_force` for one measure: checked at all, and not overdue for the next time."""
    return checked_on is not None and (next_check is None or on_date <= next_check or next_check <= checked_on)


class Holding:
    """Whether a measure holds on a day, by the rules of `MeasureQuerySet`, and what a check of it plans."""

    def is_in_force(self, on_date: date) -> bool:
        """The same rule as `in_force`, for the page itself."""
        return self.is_running(on_date) and self.is_checked(on_date)

    def is_running(self: Any, on_date: date) -> bool:
        """The same rule as `running`."""
        started = self.valid_from is None or self.valid_from <= on_date
        return started and (self.valid_to is None or on_date <= self.valid_to)

    def is_checked(self: Any, on_date: date) -> bool:
        """Whether somebody has checked it and the next check is not due yet."""
        return is_checked(on_date, self.checked_on, self.next_check)

    def after_check(self: Any, day: date) -> dict[str, date]:
        """The next check moves on by the measure's own period: it is planned, never forgotten."""
        return {"next_check": day + relativedelta(months=self.check_months)}


class Checklist:
    """One address more below the page of a measure: what to bring, to be printed and ticked."""

    def route(self: Any, request: HttpRequest, path_components: list[str]) -> Any:
        """As Wagtail's, with `checklist/`."""
        if self.live and path_components == [CHECKLIST]:
            return RouteResult(self, kwargs={"handout": CHECKLIST})
        return super().route(request, path_components)  # type: ignore[misc]

    def get_template(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The checklist has a template of its own."""
        return "services/measure_checklist.html" if kwargs.get("handout") == CHECKLIST else self.template
