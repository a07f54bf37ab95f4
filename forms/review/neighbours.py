"""The card's place in the list it was opened from: the one before, the one after, and the way back.

The list stands in the card's own address (folder, filters, order), so a link to a card carries it along.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from forms.applications.models import Application

from . import paging, planner
from .queue import Look

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Addresses of the cards beside this one, blank at the ends; `query` carries the list on, `back` leads to it."""

    back: str
    label: str
    query: str = ""
    before: str = ""
    after: str = ""

    @property
    def tail(self) -> str:
        """What carries the list on at the end of an address."""
        return f"?{self.query}" if self.query else ""

    @property
    def known(self) -> bool:
        """Whether the card was opened from a list."""
        return bool(self.query)


def of(user: Any, query: QueryDict, application: Application) -> Neighbours:
    """Two statements, or what the planner needs for a list with side conditions; none without a list.

    An application that has left the list meanwhile keeps its place in the order, so one can go on from it.
    """
    if not ({"folder", "q"} & query.keys()) or len(query.urlencode()) > LONGEST:
        return Neighbours(reverse("form_review:queue"), _("Очередь"))
    look = Look(user, query)
    back = look.address()
    label = _("Найденные") if look.text else str(look.folder.label)
    kept = back.partition("?")[2]
    keys = tuple(getattr(application, name) for name in look.sort.fields)
    if None in keys:
        return Neighbours(back, label, kept)
    before, after = (_beside(look, keys, direction) for direction in (paging.BACK, paging.FORWARD))
    return Neighbours(back, label, kept, _card(before, kept), _card(after, kept))


def _beside(look: Look, keys: tuple[Any, ...], direction: str) -> int | None:
    wanted = replace(look.wanted, drawn=None, place=paging.Place(direction, keys), size=1)
    try:
        found = planner.page(wanted).object_list
    except planner.TooBroad:
        return None
    return int(found[0].pk) if found else None


def _card(pk: int | None, query: str) -> str:
    return f"{reverse('form_review:card', args=[pk])}?{query}" if pk else ""
