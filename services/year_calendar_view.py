"""«Производственный календарь: год целиком»: nothing is saved before its effect was seen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services import holidays, meetings, supposed, year_calendar
from services.models import CalendarException

AHEAD = 2
_RIGHTS = ("add", "change", "delete")


def may_enter(user: Any) -> bool:
    """Whether the user may replace the list of a year: adding, changing and deleting at once."""
    return all(user.has_perm(f"services.{right}_calendarexception") for right in _RIGHTS)


class YearCalendarView(WagtailAdminTemplateMixin, View):
    """GET draws the year as it is entered; POST previews, and saves what was previewed."""

    header_icon = "date"
    template_name = "services/admin/year_calendar.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever keeps the calendar; the last year, this one and the next two."""
        if not may_enter(request.user):
            raise PermissionDenied
        self.year = kwargs["year"]
        if self.year not in offered_years():
            raise Http404
        self.known = year_calendar.rows_of(self.year)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """The list as it is."""
        return self._drawn(year_calendar.YearForm(year, self.known))

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """The preview first; saving when nothing changed since."""
        form = year_calendar.YearForm(year, self.known, request.POST)
        if not form.is_valid():
            return self._drawn(form)
        if "preview" in request.POST or request.POST.get("seal") != form.seal():
            shown = year_calendar.effect(year, form.days, self.known)
            with holidays.supposed(form.days, year):
                told = meetings.told(supposed.groups_that_skip_holidays())
            return self._drawn(form, effect=shown, seal=form.seal(), impact=told)
        changed = year_calendar.save(form.days, form.cleaned_data["source"], self.known, request.user)
        said = _("Календарь на {year} год сохранён. Изменилось дней: {count}.")
        messages.success(request, said.format(year=year, count=changed))
        return HttpResponseRedirect(reverse("year_calendar", args=[year]))

    def get_page_title(self) -> str:
        """«2027 год: производственный календарь»."""
        return _("{year} год: производственный календарь").format(year=self.year)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The table of single days above."""
        label = str(CalendarException._meta.verbose_name_plural).capitalize()
        table = {"url": reverse("wagtailsnippets_services_calendarexception:list"), "label": label}
        return [table, {"url": "", "label": self.get_page_title()}]

    def _drawn(self, form: year_calendar.YearForm, **shown: Any) -> HttpResponse:
        years = [(each, reverse("year_calendar", args=[each])) for each in offered_years()]
        acts = list(dict.fromkeys(row.source for row in self.known))
        return self.render_to_response(
            self.get_context_data(form=form, year=self.year, years=years, acts=acts, **shown)
        )


def offered_years() -> range:
    """The last year, this one and the next two."""
    this = timezone.localdate().year
    return range(this - 1, this + AHEAD + 1)
