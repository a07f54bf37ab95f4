"""«Помогло?» under an answer, and what the press service reads of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.addresses import client_ip
from home import checking, opinions
from home.models import AnswerPage


# No CSRF token: it would make every answer personal and uncacheable. A forged post could add one to a counter: that of
# another site's page is passed over below, that of a busy address by the limits of `opinions`.
@method_decorator(csrf_exempt, name="dispatch")
class OpinionView(View):
    """Counts and goes back to the answer; a script that asks in the page's place gets an empty answer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Fields: `answer` (primary key), `helped` (yes or no)."""
        said, key = request.POST.get("helped", ""), request.POST.get("answer", "")
        if said not in AnswerPage.SAID or not (key.isdecimal() and len(key) < 10):
            return HttpResponse(status=400)
        answer = get_object_or_404(AnswerPage.objects.live().public(), pk=key)
        if request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none"):
            opinions.note(answer, client_ip(request), helped=said == "yes")
        if request.headers.get("X-In-Place"):
            return HttpResponse(status=204)
        back = HttpResponseRedirect(f"{answer.get_url()}?said={said}#helped")
        back.status_code = 303
        return back


class OpinionsView(WagtailAdminTemplateMixin, View):
    """The report: which answers do not help."""

    page_title = gettext_lazy("Помогают ли ответы")
    header_icon = "help"
    template_name = "home/admin/opinions.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may publish anything."""
        if not checking.may_check(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """All answers; there are dozens and not thousands."""
        return self.render_to_response(self.get_context_data(lines=opinions.report()))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The report alone."""
        return [{"url": "", "label": self.get_page_title()}]
