"""What a list that stands open asks every 20 seconds."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views import View

from . import columns, folders, planner
from .access import QueueAccess
from .queue import PAGE, Look

MOST_FRESH = 99


class FreshView(QueueAccess, View):
    """What a page that stands open asks now and then: counters, how many of its kind came since, what its rows do."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """`since`: the greatest number on the page; `rows`: those that it shows; `total`: asks how many there are."""
        look = Look(request.user, request.GET)
        since = request.GET.get("since", "")
        fresh = 0
        if _is_number(since):
            rows = planner.matching(look.wanted).order_by().filter(pk__gt=int(since))
            fresh = len(rows.values_list("pk", flat=True)[: MOST_FRESH + 1])
        counts = {key: folders.shown(number) for key, number in look.numbers.items()}
        total = {"total": look.total()} if request.GET.get("total") else {}
        return JsonResponse({"counts": counts, "fresh": fresh, **total, **self._astir(look)})

    def _astir(self, look: Look) -> dict[str, Any]:
        """Of these rows: who has their cards open, which have a step on its way, which version each has now."""
        asked = [int(text) for text in self.request.GET.get("rows", "").split(",")[:PAGE] if _is_number(text)]
        versions = dict(look.rows.filter(pk__in=asked).values_list("pk", "version")) if asked else {}
        near = columns.astir(list(versions), look.user)
        looking = {str(pk): ", ".join(names) for pk, names in near.looking.items()}
        return {"looking": looking, "held": sorted(near.held), "versions": versions}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
