"""Who calls: earlier applications by telephone number, in any spelling of it."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from forms.applications.models import Application

from . import due
from .access import EntryAccess

DIGITS = 10
MOST, SHOWN = 100, 8


@dataclass(frozen=True, slots=True)
class Row:
    """One earlier application; `chip` is its date, None of a closed one."""

    application: Application
    chip: due.Chip | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was found: `rows`, open ones first; `more` of one's own teams beyond them; how many `others` have."""

    rows: tuple[Row, ...]
    more: int
    others: int

    @property
    def newest(self) -> Application | None:
        """Whom the new application is most likely for."""
        return max((row.application for row in self.rows), key=lambda one: one.pk, default=None)

    @property
    def open(self) -> Application | None:
        """Where words may be added: the first open one."""
        return next((row.application for row in self.rows if row.application.is_open), None)


def by_phone(user: Any, text: str) -> Known | None:
    """Applications with this number; None while it is not a whole number. Two queries.

    Of other teams only how many there are is told, so that nobody is asked twice for what another office knows.
    """
    digits = re.sub(r"[^0-9]", "", text or "")
    if len(digits) < DIGITS:
        return None
    same = Application.objects.filter(phone_digits=digits[-DIGITS:])
    ids = list(same.order_by("-pk").values_list("pk", flat=True)[:MOST])
    if not ids:
        return Known((), 0, 0)
    found = sorted(
        Application.objects.visible_to(user).filter(pk__in=ids).for_queue(), key=lambda one: (not one.is_open, -one.pk)
    )
    today = timezone.localdate()
    rows = tuple(Row(one, due.chip(one.due_on, today, one.paused_on) if one.is_open else None) for one in found[:SHOWN])
    return Known(rows, len(found) - len(rows), len(ids) - len(found))


class FoundView(EntryAccess, View):
    """The list alone, for the page that is being typed into; by POST, so that no number stands in an address."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Blank while the number is not whole."""
        return render(
            request, "review/call_found.html", {"known": by_phone(request.user, request.POST.get("phone", ""))}
        )
