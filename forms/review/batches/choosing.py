"""Which applications a batch is for: those that were ticked, or all of a view; at most 500, and only what is seen."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from forms.applications.models import Application
from forms.review import planner
from forms.review.queue import Look

MOST = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """(id, version) in the order of the list; `is_all`: the whole view; `is_cut`: there were more than 500."""

    rows: tuple[tuple[int, int], ...]
    is_all: bool = False
    is_cut: bool = False


def choose(user: Any, data: QueryDict) -> Chosen:
    """What a request names: `all` with the view's `query`, else `row`s as «id:version» or «id»."""
    if data.get("all"):
        return _of_view(Look(user, QueryDict(data.get("query", "")[:8000])))
    asked = dict(_pair(text) for text in data.getlist("row")[: 2 * MOST])
    asked.pop(0, None)
    ids = list(asked)[:MOST]
    seen = dict(Application.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", "version"))
    # The version that the list showed, so that what changed since then is not touched unseen.
    rows = tuple((pk, asked[pk] or seen[pk]) for pk in ids if pk in seen)
    return Chosen(rows, is_cut=len(asked) > MOST)


def _of_view(look: Look) -> Chosen:
    place, found = len(look.wanted.sort.fields), []
    for page in planner.everything(look.wanted, "version"):
        found += [(row[place - 1], row[place]) for row in page[: MOST + 1]]
        break
    return Chosen(tuple(found[:MOST]), is_all=True, is_cut=len(found) > MOST)


def _pair(text: str) -> tuple[int, int]:
    pk, _colon, version = text[:40].partition(":")
    return _number(pk), _number(version)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
