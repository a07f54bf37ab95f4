"""What is said where a road to publishing meets the gate and its own screen knows nothing of forms.

Approving from the dashboard, publishing several pages at once: Wagtail's views. The answer says what is missing and
leads to the list of what is left to do.
"""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from . import gate, telling

COMMENT = "comment-of-approval"


class SayWhatIsMissing:
    """Middleware: a refusal of the gate becomes a sentence and «Готовность к публикации»; that of a group or a place
    whose people would be told leads to the numbers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with telling.asking(asks=True):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nothing was published: whatever was under way has been rolled back by now."""
        if isinstance(exception, gate.NotReady):
            words = {"title": exception.page.title, "why": str(exception)}
            messages.error(request, _("«%(title)s» не опубликована. %(why)s.") % words)
            address = reverse("form_build:ready", args=[exception.page.pk])
        elif isinstance(exception, telling.Untold):
            address = _to_the_numbers(request, exception)
        else:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What Wagtail's dialogues take for done: they go where they are told.
            return JsonResponse({"step": "success", "redirect": address})
        return HttpResponseRedirect(address)


def _to_the_numbers(request: HttpRequest, stopped: telling.Untold) -> str:
    """Where a moderator sees whom an approval would tell what; the comment goes with them, not through the address."""
    if stopped.problem:
        messages.error(request, format_html("{} {}", _("Страница не опубликована."), stopped.problem))
        return reverse("wagtailadmin_pages:edit", args=[stopped.page.pk])
    messages.info(request, _("Ещё не опубликовано. Посмотрите, кого это коснётся, и подтвердите."))
    request.session[COMMENT] = [stopped.page.pk, _comment(request)]
    return f"{reverse('form_build:group', args=[stopped.page.pk])}?approve=1"


def _comment(request: HttpRequest) -> str:
    """What a moderator wrote: in the dialogue's own field, or among what the editor sends beside."""
    try:
        beside = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        beside = {}
    said = request.POST.get("comment") or (beside.get("comment") if isinstance(beside, dict) else "")
    return str(said or "")
