"""The applicant's files behind the pass of the status page: kept one at a time until they are sent, removed, saved."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms.applications import files, unsent_files
from forms.applications.contents import Unfit
from forms.applications.models import Application, Upload
from forms.applications.upload_quota import DROPPED
from forms.apply import own, ownfiles, uploads

from .pages import private
from .uploads import refused, taken


@require_POST
@private
def upload(request: HttpRequest, page: str) -> HttpResponse:
    """Keep one file for a page, or remove one (`remove`). Answers JSON as the upload of a step does."""
    application = own.application_of(request)
    if application is None:
        return refused(_("Прошло полчаса, и страница закрылась. Войдите по номеру и коду: файлы на месте"))
    if uploads.REMOVE in request.POST:
        return JsonResponse({"removed": unsent_files.remove(application, str(request.POST[uploads.REMOVE]))})
    place, chosen = str(request.POST.get("place", "")), str(request.POST.get("chosen", ""))
    slot = ownfiles.slot_named(application, page, place, chosen)
    if slot is None:
        return refused(_("Сюда файлы больше не принимаем. Обновите страницу"))
    file = request.FILES.get("file")
    if file is None:
        return refused(files.too_big(slot.question) if getattr(request, DROPPED, 0) else _("Выберите файл"))
    try:
        return taken(ownfiles.keep(application, page, slot, file))
    except Unfit as unfit:
        return refused(unfit.sentence)


@require_safe
@private
def file(request: HttpRequest, upload: Any) -> Any:
    """The applicant's own file, to save and never to show: it opens nothing in our address."""

    @own.required
    def give(request: HttpRequest, application: Application) -> Any:
        row = get_object_or_404(Upload, pk=upload, application=application)
        try:
            content = files.opened(row)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(content, as_attachment=True, filename=row.name, content_type="application/octet-stream")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    return give(request)
