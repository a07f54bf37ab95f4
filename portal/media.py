"""Images that editors uploaded, in the sizes that pages show; served here, as there may be no other web server."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

_YEAR = 31_536_000


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition from MEDIA_ROOT/images; its name changes with its content. Originals are not served."""
    path = safe_join(settings.MEDIA_ROOT, "images", name)
    try:
        response = FileResponse(open(path, "rb"))  # noqa: SIM115  the response closes it
    except OSError as error:
        raise Http404 from error
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
