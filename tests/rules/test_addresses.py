"""Every address asks for a sign-in, or stands in the list of public ones here."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Whoever adds a public address adds it here, so that nothing becomes public by forgetting. Prefixes of routes.
_PUBLIC = (
    "healthz",
    "readyz",
    "media/images/",
    "documents/",  # Wagtail's view asks about the rights on each document
    "static/",
    "search/",
    "news/",
    "sitemap.xml",
    "robots.txt",
    "favicon.ico",
    "appearance/",
    "map/",
    "helped/",
    "sw.js",
    "offline/",
    "apply/",
    "requests/",
    "forms/",
    "centres/",
    "measures/",
    "groups/",
    "api/",
    "",  # the pages of the site: Wagtail's own routes below
)
_PAGE_ROUTES = {"", "^((?:[\\w\\-]+/)*)$", "_util/"}
_OPEN_IN_ADMIN = re.compile(r"^admin/(login/|logout/|password_reset/|jsi18n/|sprite/)")
_SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x"}


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def _routes() -> list[str]:
    return sorted(set(_walk(get_resolver().url_patterns)))


def _address(route: str) -> str | None:
    """An address that fits the route; None for a regular expression."""
    if re.search(r"[\^$()\\]", route):
        return None
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: _SAMPLES.get(found[1] or "str", "x"), route)


def test_every_address_is_private_or_listed() -> None:
    prefixes = tuple(prefix for prefix in _PUBLIC if prefix)
    strangers = [
        route
        for route in _routes()
        if not route.lstrip("^").startswith(("admin/", *prefixes))
        and route not in _PAGE_ROUTES
        and "_util/" not in route
    ]
    assert not strangers, "add them to _PUBLIC, or put them under /admin/"


@pytest.mark.django_db
def test_everything_under_admin_asks_for_a_sign_in() -> None:
    client = Client()
    open_doors = []
    for route in _routes():
        address = _address(route)
        if not route.startswith("admin/") or address is None or _OPEN_IN_ADMIN.match(route):
            continue
        answer = client.get(address)
        if not (answer.status_code == 302 and "/admin/login/" in answer["Location"]):
            open_doors.append((route, answer.status_code))
    assert not open_doors
