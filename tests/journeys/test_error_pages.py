"""What a visitor sees when something goes wrong: help, a number, a way back; readable for everybody in every look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse

from accounts.lockout import locked_out
from forms.apply.views import csrf
from home import settings as frames
from home.models import StandardPage
from home.views.broken import server_error
from tests.factories import home as make
from tests.journeys.test_accessibility_public import _does_not_scroll_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = ["", "white-on-black.3.serif.wide.off.closed"]


def _broken(request: Any) -> HttpResponse:
    raise RuntimeError


def _refused(request: Any) -> HttpResponse:
    raise PermissionDenied


def _unreadable(request: Any) -> HttpResponse:
    raise SuspiciousOperation


def _too_often(request: Any) -> HttpResponse:
    return locked_out(request, {})


def _stale(request: Any) -> HttpResponse:
    return csrf.failure(request)


PAGES = [(_broken, 500), (_refused, 403), (_unreadable, 400), (_too_often, 429), (_stale, 403)]


def test_every_mistake_has_a_page_that_helps(
    new_page: Callable[..., Any], axe: Callable[..., None], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.whole_site()
    for options in ({"width": 320}, {"width": 1280, "color_scheme": "dark"}):
        for look in LOOKS:
            page = new_page(**options)
            if look:
                page.context.add_cookies([{"name": "look", "value": look, "url": live_server.url}])
            page.goto("/news/")
            for serve, status in PAGES:
                monkeypatch.setattr(StandardPage, "serve", lambda _page, request, serve=serve: serve(request))
                assert page.goto("/about/").status == status
                assert page.get_by_role("heading", level=1).is_visible()
                if serve is not _unreadable:  # what could not be read says nothing of the look either
                    assert page.locator("html").get_attribute("data-scheme") == (look.partition(".")[0] or None)
                assert page.locator("a[href^='tel:']:visible").count(), serve
                assert page.locator("main a[href^='/']:visible, .head a[href='/']:visible").count(), serve
                _does_not_scroll_sideways(page)
                axe(page)


@pytest.mark.parametrize("known", [True, False])
def test_a_mistake_of_ours_asks_nothing(client: Any, django_assert_num_queries: Any, known: bool) -> None:
    """Neither the database nor the cache: they may be what is broken."""
    make.whole_site()
    frames._frames.clear()
    if known:
        client.get("/about/")
    with pytest.MonkeyPatch.context() as patch, django_assert_num_queries(0):
        patch.setattr("django.core.cache.cache.get", _broken)
        answer = server_error(None)
    said = answer.content.decode()
    assert answer.status_code == 500
    assert ("8 800 6 000 000" in said) is known
    assert "112" in said and 'href="/"' in said
