"""What the applicant takes home: the slip, on paper and as PDF, and a copy of their data."""

import json
import tempfile
import zipfile
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from forms.applications import codes, files, mydata, slip
from forms.applications.models import Application
from forms.apply import own
from forms.apply.visit import open_visit
from home.settings import frame

from .pages import page, private

# Beyond this the bundle names the files and the page gives them one by one.
MOST_BYTES = 200 * 1024 * 1024
IN_MEMORY = 4 * 1024 * 1024


@require_safe
@private
def receipt_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The slip with the code, for the browser that sent the application and nobody else."""
    visit = open_visit(request, slug)
    if visit.draft is None or visit.draft.application_id is None:
        return redirect("apply:receipt", slug)
    application = Application.objects.get(pk=visit.draft.application_id)
    return _pdf(request, application, codes.shown(codes.code_for(application)))


@require_safe
@private
@own.required
def own_slip(request: HttpRequest, application: Application) -> HttpResponse:
    """The slip without the code, to print."""
    return page(request, "slip", {"application": application})


@require_safe
@private
@own.required
def own_slip_pdf(request: HttpRequest, application: Application) -> HttpResponse:
    """The same as PDF."""
    return _pdf(request, application, "")


def _pdf(request: HttpRequest, application: Application, code: str) -> HttpResponse:
    made = slip.pdf(slip.of(application, frame(request), settings.PUBLIC_URL + reverse("apply:requests"), code))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slip.file_name(application)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def my_data(request: HttpRequest) -> Any:
    """What the bundle holds; a POST gives it."""

    @own.required
    def give(request: HttpRequest, application: Application) -> Any:
        if request.method != "POST":
            return page(request, "my_data", {"application": application})
        packed = _packed(application)
        mydata.note_given(application.pk)
        name = f"zayavka-{application.public_number}.zip"
        return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")

    return give(request)


def _packed(application: Application) -> IO[bytes]:
    """An archive of data.json, data.html and the files, kept on the disk while it is large."""
    data = mydata.bundle(application)
    packed: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        archive.writestr("data.html", render_to_string("apply/my_data_file.html", {"data": data}))
        room = MOST_BYTES
        for number, upload in enumerate(files.of_application(application), start=1):
            room -= upload.size
            if room < 0:
                break
            _add(archive, f"files/{number:02d}-{upload.name}", upload)
    packed.seek(0)
    return packed


def _add(archive: zipfile.ZipFile, name: str, upload: Any) -> None:
    try:
        content = files.opened(upload)
    except FileNotFoundError:
        return
    with content, archive.open(zipfile.ZipInfo(name), "w") as target:
        for chunk in content.chunks():
            target.write(chunk)
