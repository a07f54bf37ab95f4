"""What a person sees who has mistyped the password too often."""

from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None) -> HttpResponse:
    """A plain page with how long to wait; django-axes calls it (AXES_LOCKOUT_CALLABLE)."""
    wait = get_cool_off(request)
    minutes = round(wait.total_seconds() / 60) if wait else 0
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
