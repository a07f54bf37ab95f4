"""When the token of a form is missing or old: say what to do, keep what was typed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from forms.apply.visit import Visit, open_visit
from forms.definitions.document import Step

from .pages import closed, page, private
from .steppage import show_typed

FORBIDDEN = 403


@private
def failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls this instead of the view. A step is shown again as typed, nothing of it saved, with a fresh token.

    That is safe: whatever another site posted here is only shown, and sent by nobody but the person who reads it.
    """
    found = _step(request)
    if found:
        visit, here = found
        if visit.closed:
            return closed(request, visit)
        return show_typed(request, visit, here, status=FORBIDDEN, no_cookies=_no_cookies(request))
    return page(request, "csrf", {"no_cookies": _no_cookies(request)}, status=FORBIDDEN)


def _no_cookies(request: HttpRequest) -> bool:
    """Whether this browser seems to refuse cookies."""
    return settings.CSRF_COOKIE_NAME not in request.COOKIES


def _step(request: HttpRequest) -> tuple[Visit, Step] | None:
    """The form and the step that was posted, if it was one."""
    try:
        match: Any = resolve(request.path_info)
        if match.view_name != "apply:step":
            return None
        visit = open_visit(request, match.kwargs["slug"])
        return visit, visit.definition.step(match.kwargs["step_key"])
    except (Resolver404, Http404, KeyError):
        return None
