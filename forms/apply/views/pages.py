"""What every screen of the journey has in common: private, never stored, never indexed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms.apply.visit import Visit

WRONG = 422

PRIVATE_HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    # Not no-referrer: the browser would then send "Origin: null", which the check of the token refuses.
    "Referrer-Policy": "same-origin",
}


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page as meant for one person only."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in PRIVATE_HEADERS.items():
            response[name] = value
        return response

    return inner


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A screen of the applicant."""
    response = render(request, f"apply/{template}.html", context, status=status)
    # A slip of the pen is no event for the log of warnings.
    response._has_been_logged = status == WRONG  # type: ignore[attr-defined]
    return response


def closed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Instead of every page of a form that takes no applications now; what was answered stays where it is."""
    status = WRONG if request.method == "POST" else 200
    return page(request, "closed", {"visit": visit, "opening": visit.opening}, status=status)
