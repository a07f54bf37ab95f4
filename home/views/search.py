"""The search screen."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.search import MAX_LENGTH, Result, search_pages

SHOWN = 30


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results grouped by kind; a query without one word that carries a meaning is answered with a hint."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MAX_LENGTH]
    results = search_pages(query, SHOWN) if query else []
    context = {
        "query": query,
        "total": len(results),
        "is_cut": len(results) == SHOWN,
        "groups": _by_kind(results),
        "page_is_search": True,
    }
    return render(request, "home/search.html", context)


def _by_kind(results: list[Result]) -> list[dict[str, object]]:
    """Kinds in the order of their best result."""
    order = {kind: n for n, kind in enumerate(dict.fromkeys(result.kind for result in results))}
    ordered = sorted(results, key=lambda result: order[result.kind])
    return [
        {"kind": kind, "anchor": f"k{order[kind] + 1}", "results": list(found)}
        for kind, found in groupby(ordered, key=lambda result: result.kind)
    ]
