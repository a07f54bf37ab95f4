"""What is said where a road to publishing meets the gate and its own screen knows nothing of forms.

Approving from the dashboard, publishing several pages at once: Wagtail's views. The answer says what is missing and
leads to the list of what is left to do.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from . import gate


class SayWhatIsMissing:
    """Middleware: a refusal of the gate becomes a sentence and «Готовность к публикации»."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nothing was published: whatever was under way has been rolled back by now."""
        if not isinstance(exception, gate.NotReady):
            return None
        words = {"title": exception.page.title, "why": str(exception)}
        messages.error(request, _("«%(title)s» не опубликована. %(why)s.") % words)
        address = reverse("form_build:ready", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What Wagtail's dialogues take for done: they go where they are told.
            return JsonResponse({"step": "success", "redirect": address})
        return HttpResponseRedirect(address)
