"""What every screen of the journey has in common: private, never stored, never indexed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
