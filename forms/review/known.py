"""Who calls: earlier applications by telephone number, in any spelling of it, or by its last digits."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from forms.applications.models import Application

from . import due, search
from .access import EntryAccess

DIGITS, FEWEST = 10, 4
MOST, SHOWN = 100, 8


@dataclass(frozen=True, slots=True)
class Row:
    """One earlier application; `chip` is its date, None of a closed one."""

    application: Application
    chip: due.Chip | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was found: `rows`, open ones first; `more` of one's own teams beyond them; how many `others` have.

    `is_part`: by the last digits only, so they may be of several people."""

    rows: tuple[Row, ...]
    more: int
    others: int
    is_part: bool = False

    @property
    def newest(self) -> Application | None:
        """Whom the new application is most likely for; nobody while the digits fit several numbers."""
        if len({row.application.phone for row in self.rows}) > 1:
            return None
        return max((row.application for row in self.rows), key=lambda one: one.pk, default=None)

    @property
    def open(self) -> Application | None:
        """Where words may be added: the first open one; none by the last digits, which somebody else may have."""
        if self.is_part:
            return None
        return next((row.application for row in self.rows if row.application.is_open), None)


def by_phone(user: Any, text: str) -> Known | None:
    """Applications with this number, or whose number ends so; None while there are under FEWEST digits. Two queries.

    Of other teams only how many there are is told, so that nobody is asked twice for what another office knows; and
    that only for a whole number, since a few digits are anybody's.
    """
    digits = re.sub(r"[^0-9]", "", text or "")
    if len(digits) < FEWEST:
        return None
    if len(digits) < DIGITS:
        return _ending(user, digits)
    same = Application.objects.filter(phone_digits=digits[-DIGITS:])
    ids = list(same.order_by("-pk").values_list("pk", flat=True)[:MOST])
    if not ids:
        return Known((), 0, 0)
    found = Application.objects.visible_to(user).filter(pk__in=ids).for_queue()
    rows, count = _rows(found)
    return Known(rows, count - len(rows), len(ids) - count)


def _ending(user: Any, digits: str) -> Known | None:
    """Those of one's own teams whose number ends so; None for none, since the number may still be typed."""
    found = Application.objects.visible_to(user).filter(search.prefix("phone_rev", digits[::-1])).for_queue()
    rows, count = _rows(found.order_by("-pk")[:MOST])
    return Known(rows, count - len(rows), 0, is_part=True) if rows else None


def _rows(found: Any) -> tuple[tuple[Row, ...], int]:
    """Open ones first, then the newest; and how many there are."""
    all_of_them = sorted(found, key=lambda one: (not one.is_open, -one.pk))
    today, shown = timezone.localdate(), all_of_them[:SHOWN]
    rows = tuple(Row(one, due.chip(one.due_on, today, one.paused_on) if one.is_open else None) for one in shown)
    return rows, len(all_of_them)


class FoundView(EntryAccess, View):
    """The list alone, for the page that is being typed into; by POST, so that no number stands in an address."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Blank while too little of the number is there."""
        return render(
            request, "review/call_found.html", {"known": by_phone(request.user, request.POST.get("phone", ""))}
        )
