"""One file at a time, for pages whose script sends them with progress; the same form works without it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms.applications import files
from forms.applications.contents import Unfit
from forms.applications.models import Upload
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
        return refused(_("Эта заявка уже отправлена. Файл к ней не добавлен"))
    if visit.closed:
        return refused(_("Сейчас форма не принимает заявки. Файл не добавлен"))
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
        return refused(files.too_big(question) if dropped else _("Выберите файл"))
    try:
        return taken(uploads.keep_one(visit, here, question, file, paper))
    except Unfit as unfit:
        return refused(unfit.sentence)


def taken(upload: Upload) -> JsonResponse:
    """What the page's script needs to tell of a file that is kept."""
    return JsonResponse({"id": str(upload.pk), "name": upload.name, "size": upload.shown_size})


def refused(sentence: Any) -> JsonResponse:
    """Why a file was not taken."""
    return JsonResponse({"error": str(sentence)}, status=WRONG)
