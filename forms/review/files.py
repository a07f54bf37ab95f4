"""What an applicant attached, for who may see the application; every look is in its journal."""

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views import View

from forms.applications import files, journal
from forms.applications.models import Application, Upload

from .access import QueueAccess

READ_FILE = "read_file"
# A stranger's file in our own address: it may be looked at and may do nothing. The sandbox leaves it without an origin;
# the browser's own reader of PDF works in it as long as the file has a window of its own (in a frame it does not).
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


class FileView(QueueAccess, View):
    """Pictures and PDF in the browser, all else to save; with `save`, those too."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int, upload: Any) -> HttpResponseBase:
        """404 for an application of another team, as for one that is not there."""
        return given(request.user, pk, upload, save=bool(request.GET.get("save")))


def given(user: Any, pk: int, upload: Any, *, save: bool) -> FileResponse:
    """The file of an application that this person may see, in its sandbox; the look is journalled. Raises Http404."""
    application = get_object_or_404(Application.objects.visible_to(user), pk=pk)
    row = get_object_or_404(Upload, pk=upload, application_id=application.pk)
    try:
        content = files.opened(row)
    except FileNotFoundError as error:
        raise Http404 from error
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        journal.write(locked, user, READ_FILE, ("", ""), {"file": str(row.pk)})
    inline = bool(row.what and row.what.inline) and not save
    kind = row.kind if inline else "application/octet-stream"
    response = FileResponse(content, as_attachment=not inline, filename=row.name, content_type=kind)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
