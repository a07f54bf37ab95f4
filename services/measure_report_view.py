"""«Меры: что поправить» among the reports of the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services import measure_report


class MeasureReportView(WagtailAdminTemplateMixin, View):
    """The measures that lack something, all of them or of one kind (`?lack=form`)."""

    page_title = _("Меры: что поправить")
    header_icon = "warning"
    template_name = "services/admin/measure_report.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever keeps the words of the finder."""
        if not measure_report.may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The report alone."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lines of the chosen kind, and how many there are of each."""
        found = measure_report.lines(self.request.user, timezone.localdate())
        counts = [(lack, sum(lack in line.lacks for line in found)) for lack in measure_report.LACKS]
        chosen = self.request.GET.get("lack", "")
        known = chosen in {lack.key for lack in measure_report.LACKS}
        shown = [line for line in found if not known or chosen in {lack.key for lack in line.lacks}]
        more = {"lines": shown, "total": len(found), "counts": counts, "chosen": chosen if known else ""}
        return super().get_context_data(**kwargs) | more
