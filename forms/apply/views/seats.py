"""The registrations of one application, opened by a link from a letter or from its own pages, without an account.

A GET only shows, so that a scanner of mail confirms nothing; what is pressed is a POST.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forms.applications.models import Application
from forms.applications.movement import Refused
from forms.registrations import links, releasing, shown

from .pages import WRONG, page, private

Act = Callable[[int, list[int]], Any]
ACTS: dict[str, tuple[Act, str | Promise]] = {
    "confirm": (releasing.confirm, _("Место подтверждено. Ждём вас.")),
    "decline": (releasing.decline, _("Вы отказались от места. Его получит следующий.")),
    "cancel": (releasing.cancel, _("Запись отменена.")),
}
MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@private
def seats(request: HttpRequest, application_id: int, signature: str) -> HttpResponse:
    """Where and when, how it stands; confirm, decline, cancel."""
    application = Application.objects.filter(pk=application_id).first()
    if not links.fits(application_id, signature) or application is None or application.erased_at is not None:
        raise Http404
    if request.method != "POST":
        _act, done = ACTS.get(request.GET.get("done", ""), (None, ""))
        return _show(request, application, done=done)
    chosen = ACTS.get(str(request.POST.get("act", "")))
    ids = [int(text) for text in request.POST.getlist("row")[:MOST] if text.isascii() and text.isdigit()]
    try:
        if chosen is None:
            raise Refused(_("Выберите, что сделать."))
        chosen[0](application.pk, ids)
    except Refused as refused:
        return _show(request, application, wrong=str(refused.sentence), status=WRONG)
    return HttpResponseRedirect(f"{request.path}?done={request.POST['act']}")


def _show(request: HttpRequest, application: Application, status: int = 200, **told: Any) -> HttpResponse:
    context = {"blocks": shown.blocks_of(application), "number": application.public_number, **told}
    return page(request, "seats", context, status=status)
