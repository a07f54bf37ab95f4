"""The page of an address by one query, where Wagtail asks for the site, its root and every page on the way.

What Wagtail once found is kept by each process until the frame changes: a page was published, moved or deleted, a site
changed. The page itself is read for every request, and only as what is live at this very address; where it is not any
more, Wagtail is asked again.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from home import settings

KEPT = 1000
# Stand in a statement for the id and the address of any page; no page has them.
_ID, _ADDRESS = -1, "<address>"


@dataclass(frozen=True, slots=True)
class _Place:
    """Which site answered, which page of it, and what of the address is below that page for itself to answer."""

    site: Site
    model: type[Page]
    pk: int
    url_path: str
    below: tuple[str, ...] = ()

    def route(self, request: HttpRequest) -> RouteResult | None:
        """What Wagtail would find from this page on; None where the page is not here any more."""
        page = _read(self.model, self.pk, self.url_path)
        try:
            return page and (page.route(request, list(self.below)) if self.below else RouteResult(page))
        except Http404:
            return None


def _statement(model: type[Page]) -> tuple[str, tuple[Any, ...]]:
    """The statement that reads one live page, put together once, with the values that stand for its id and address."""
    rows = model._default_manager.filter(live=True, url_path=_ADDRESS, pk=_ID).order_by()
    sql, values = rows.query.sql_with_params()
    return str(sql), tuple(values)


_statements: dict[type[Page], tuple[str, tuple[Any, ...]]] = {}


def _read(model: type[Page], pk: int, url_path: str) -> Page | None:
    sql, values = _statements.get(model) or _statements.setdefault(model, _statement(model))
    asked = {_ID: pk, _ADDRESS: url_path}
    found = model._default_manager.raw(sql, [asked.get(value, value) for value in values])
    return next(iter(found), None)


Key = tuple[str, str, str, str]
_places: dict[Key, _Place] = {}


def serve(request: Any, path: str) -> Any:
    """Wagtail's view, which finds the page here if it was found before."""
    key = (settings.stamp(), request._get_raw_host(), request.get_port(), path)
    place = _places.get(key)
    route = place.route(request) if place else None
    if place and route:
        request._wagtail_site = place.site
        request._wagtail_route_for_request = route
    elif place := _found(request, path):
        if len(_places) >= KEPT:
            _places.clear()
        _places[key] = place
    return wagtail_serve(request, path)


def _found(request: HttpRequest, path: str) -> _Place | None:
    """Where Wagtail finds it; None for what a page class answers in its own way."""
    site, route = Site.find_for_request(request), Page.route_for_request(request, path)
    if site is None or route is None:
        return None
    page, args, kwargs = route
    asked = site.root_page.url_path + "".join(f"{part}/" for part in path.split("/") if part)
    if not asked.startswith(page.url_path):
        return None
    below = tuple(part for part in asked[len(page.url_path) :].split("/") if part)
    return _Place(site, type(page), page.pk, page.url_path, below) if below or not (args or kwargs) else None
