"""What a visitor keeps for the time without a line: every place with its address, telephones and hours.

The page is for a service worker to keep, whose script says which version of it holds. Nothing of a person is in either.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home import freshness, words
from home.settings import frame
from services import zones
from services.centre_words import notices, usual_week
from services.holidays import calendar
from services.models import Centre
from services.models.network import network

# What the page needs to look as it does; its letters too, which every visitor has already.
_FILES = (
    "portal/portal.css",
    "portal/fonts/golos-text-cyrillic.woff2",
    "portal/favicon.svg",
    "portal/sprite.svg",
    "portal/offline.js",
)


@dataclass(frozen=True)
class Phone:
    """One telephone: to dial, to read, what for and when."""

    number: str
    shown: str
    purpose: str
    hours: str
    is_recorded: bool
    is_demo: bool


@dataclass(frozen=True)
class Place:
    """A centre in a few lines; `week` holds pairs (days, hours), `special` also says whether it is invented."""

    name: str
    address: str
    floor: str
    phones: tuple[Phone, ...]
    week: tuple[tuple[str, str], ...]
    hours_note: str
    special: tuple[tuple[str, str, bool], ...]
    zone: str
    checked: str
    is_demo: bool


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """/offline/: all places, by name within their kind; no query while nothing changed."""
    freshness.share(request)
    return render(request, "services/offline.html", {"places": places()})


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """/sw.js, from the root, as a worker may answer only for what lies below its own address."""
    freshness.share(request)
    shown = frame(None)
    said = [asdict(place) for place in places()]
    kept = [reverse("offline"), *(static(file) for file in _FILES)]
    told = json.dumps(
        [said, kept, shown.brand, shown.phone_shown, shown.phone_hours, shown.phone_is_recorded], ensure_ascii=False
    )
    version = hashlib.sha256(told.encode()).hexdigest()[:16]
    script = render_to_string("services/sw.js", {"kept": json.dumps({"version": version, "files": kept})})
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def places() -> list[Place]:
    """Every published place that people may come or call to, centres first."""
    order = {kind: number for number, kind in enumerate(Centre.Kind.values)}
    found = network().known.values()
    return [_place(each) for each in sorted(found, key=lambda each: (order[each.kind], each.title))]


def _place(centre: Centre) -> Place:
    table = centre.timetable
    freshness.until_midnight(table.zone)
    now = timezone.now()
    today, stopped = now.astimezone(table.zone).date(), centre.not_working(now)
    works = not stopped
    invented = {row.reason for row in centre.special_days if row.is_demo}
    coming: Any = notices(table, today, calendar(), invented) if works else []
    phones = tuple(
        Phone(each.number, each.shown, each.purpose, each.when, each.is_recorded, each.is_demo)
        for each in centre.phones.all()
    )
    return Place(
        name=centre.title,
        address=centre.address,
        floor=centre.floor,
        phones=phones,
        week=tuple(usual_week(table)) if works else ((stopped, ""),),
        hours_note=centre.hours_note if works else "",
        special=tuple((each.title, "; ".join(each.lines), each.is_demo) for each in coming),
        zone=zones.shown(table.zone),
        checked=words.long_date(centre.checked_on) if centre.checked_on else "",
        is_demo=centre.is_demo,
    )
