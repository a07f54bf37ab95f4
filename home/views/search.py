"""The search screen."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.addresses import client_ip
from home import missed_searches
from home.known_words import in_russian, known
from home.search import MAX_LENGTH, Answer, Result, read, search_site

SHOWN = 60
OF_A_KIND = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results grouped by kind, five of each; `in=<kind>` shows all of one kind.

    A query without one word that carries a meaning is answered with a hint.
    """
    query = _query(request)
    answer = search_site(query, SHOWN) if query else Answer([])
    if query and not answer.results:
        missed_searches.note(query, client_ip(request))
    results = answer.results
    kinds = _by_kind(results)
    only = next((group for group in kinds if group["kind"] == request.GET.get("in")), None)
    groups = [only | {"results": only["all"], "more": 0}] if only else kinds
    read([result for group in groups for result in group["results"]])
    context = {
        "query": query,
        "corrected": answer.corrected,
        "total": len(results),
        "is_cut": len(results) == SHOWN,
        "kinds": kinds,
        "groups": groups,
        "only": only,
        "page_is_search": True,
    }
    return render(request, "home/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles of pages for the letters typed so far, also with the other keyboard layout: title, url, kind of each."""
    typed = _query(request)
    titles = known().suggestions(typed) or known().suggestions(in_russian(typed))
    found = [{"title": each.title, "url": each.url, "kind": each.kind} for each in titles]
    return JsonResponse({"suggestions": found}, headers={"Cache-Control": "public, max-age=60"})


def _query(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MAX_LENGTH]


def _by_kind(results: list[Result]) -> list[dict[str, Any]]:
    """Kinds in the order of their best result, each with all its results and those shown at first."""
    order = {kind: n for n, kind in enumerate(dict.fromkeys(result.kind for result in results))}
    groups = []
    for kind, found in groupby(sorted(results, key=lambda result: order[result.kind]), key=lambda result: result.kind):
        everything = list(found)
        # One more than the limit is shown as well: a link instead of a single result would save nobody anything.
        shown = everything if len(everything) <= OF_A_KIND + 1 else everything[:OF_A_KIND]
        groups.append(
            {
                "kind": kind,
                "anchor": f"k{order[kind] + 1}",
                "all": everything,
                "results": shown,
                "more": len(everything) - len(shown),
            }
        )
    return groups
