"""What every screen of the journey has in common: private, never stored, never indexed."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateformat import time_format as time_of

from forms.apply import skeleton
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


def filled_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fresh: dict[str, str],
    key: Hashable | None,
    status: int = 200,
    holds: Any = None,
) -> HttpResponse:
    """The same, its unchanging part kept by `key` (what that must hold: `skeleton.respond`). Drawn whole where the key
    is None or the address asks for something unusual."""
    if key is None or status != 200 or request.META.get("QUERY_STRING", "") not in ("", "from=check"):
        return page(request, template, context | fresh, status=status)
    return skeleton.respond(request, f"apply/{template}.html", context, fresh=fresh, key=key, holds=holds)


def saved_time(visit: Visit) -> str:
    """When the draft was saved last, as «9:05»; blank before the first word."""
    return time_of(timezone.localtime(visit.draft.updated_at), "G:i") if visit.draft else ""


def closed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Instead of every page of a form that takes no applications now; what was answered stays where it is."""
    status = WRONG if request.method == "POST" else 200
    return page(request, "closed", {"visit": visit, "opening": visit.opening}, status=status)
