"""One file at a time, for pages whose script sends them with progress; the same form works without it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms.applications import files
from forms.applications.contents import Unfit
from forms.applications.upload_quota import DROPPED
from forms.apply import uploads
from forms.apply.visit import Visit, open_visit
from forms.definitions.document import Step

from .pages import WRONG, private


@require_POST
@private
def upload(request: HttpRequest, slug: str, step_key: str) -> HttpResponse:
    """Keep one file of a step, or remove one (`remove`). Answers JSON: id, name and size, or a sentence in `error`."""
    visit = open_visit(request, slug)
    if step_key not in visit.definition.step_numbers:
        raise Http404
    here = visit.definition.step(step_key)
    if visit.sent:
        return _no(_("Эта заявка уже отправлена. Файл к ней не добавлен"))
    if visit.closed:
        return _no(_("Сейчас форма не принимает заявки. Файл не добавлен"))
    if uploads.REMOVE in request.POST:
        done = visit.draft is not None and files.remove(visit.draft, str(request.POST[uploads.REMOVE]))
        return JsonResponse({"removed": done})
    response = _keep(request, visit, here)
    return visit.remember(response, request)


def _keep(request: HttpRequest, visit: Visit, here: Step) -> HttpResponse:
    place = uploads.place_named(here, str(request.POST.get("place", "")))
    if place is None:
        raise Http404
    question, paper = place
    file = request.FILES.get("file")
    if file is None:
        dropped = getattr(request, DROPPED, 0)
        return _no(files.too_big(question) if dropped else _("Выберите файл"))
    try:
        kept = uploads.keep_one(visit, here, question, file, paper)
    except Unfit as unfit:
        return _no(unfit.sentence)
    return JsonResponse({"id": str(kept.pk), "name": kept.name, "size": kept.shown_size})


def _no(sentence: Any) -> JsonResponse:
    return JsonResponse({"error": str(sentence)}, status=WRONG)
