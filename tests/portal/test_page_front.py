"""What leaves before Django: only what Django kept, the same answer, and nothing for whoever might be somebody."""

import gzip
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

from portal import page_cache
from tests.factories import forms
from tests.factories import home as make

pytestmark = pytest.mark.django_db


class Site:
    """The whole application as a server calls it; `asked` counts what came as far as Django."""

    def __init__(self) -> None:
        self.asked = 0
        self.django = WSGIHandler()
        self.front = page_cache.Front(self._count)

    def _count(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, path: str, method: str = "GET", **environ: Any) -> tuple[str, dict[str, str], bytes]:
        request = RequestFactory().generic(method, path)
        told: list[Any] = []
        given = request.environ | {"HTTP_HOST": "localhost", "QUERY_STRING": path.partition("?")[2]} | environ
        answer = self.front(given, lambda status, headers, exc=None: told.extend((status, headers)))
        body = b"".join(answer)
        return told[0], dict(told[1]), body


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    make.whole_site()
    # Django would close the connection in whose transaction the test lives.
    request_started.disconnect(close_old_connections)
    yield Site()
    request_started.connect(close_old_connections)
    page_cache.pages.clear()


def test_a_kept_page_does_not_reach_django_and_asks_nothing(site: Site, django_assert_num_queries: Any) -> None:
    first = site.get("/about/")
    with django_assert_num_queries(0):
        assert site.get("/about/") == first
        status, headers, body = site.get("/about/", method="HEAD")
    assert (status, headers, body) == (first[0], first[1], b"")
    assert site.asked == 1


def test_a_browser_with_the_same_copy_is_told_so(site: Site) -> None:
    tag = site.get("/about/")[1]["ETag"]
    for asked in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
        status, headers, body = site.get("/about/", HTTP_IF_NONE_MATCH=asked)
        assert (status, headers["ETag"], body) == ("304 Not Modified", tag, b"")
        assert "Content-Length" not in headers
        assert {"Cache-Control", "Vary"} <= set(headers)
    assert site.get("/about/", HTTP_IF_NONE_MATCH='"another"')[0] == "200 OK"
    assert site.asked == 1


def test_the_tag_is_of_what_the_page_says_however_it_is_compressed(site: Site) -> None:
    plain = site.get("/about/")
    packed = site.get("/about/", HTTP_ACCEPT_ENCODING="gzip")
    page_cache.pages.clear()
    again = site.get("/about/", HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(packed[2]) == plain[2]
    assert plain[1]["ETag"] == packed[1]["ETag"] == again[1]["ETag"]


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "look=x; sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"REQUEST_METHOD": "POST"},
        {"SCRIPT_NAME": "/under"},
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_HOST": "elsewhere.example"},
        {"wsgi.url_scheme": "https"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_IF_MODIFIED_SINCE": "Wed, 25 Nov 2026 10:00:00 GMT"},
        {"HTTP_RANGE": "bytes=0-10"},
        {"HTTP_COOKIE": "look=black-on-white.2.sans.normal.on.open"},
    ],
    ids=str,
)
def test_whoever_is_not_the_same_reaches_django(site: Site, other: dict[str, str]) -> None:
    site.get("/about/")
    site.get("/about/", **other)
    assert site.asked == 2


def test_a_page_of_a_refused_host_or_a_proxy_that_lies_about_the_scheme_is_not_kept(site: Site, settings: Any) -> None:
    site.get("/about/", HTTP_HOST="elsewhere.example")
    assert not page_cache.pages._kept
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site.get("/about/", HTTP_X_FORWARDED_PROTO="https")
    ((secure, *_rest),) = page_cache.pages._kept
    assert secure
    site.get("/about/", HTTP_X_FORWARDED_PROTO="http", **{"wsgi.url_scheme": "https"})
    assert {key[0] for key in page_cache.pages._kept} == {True, False}


def test_what_another_process_changed_is_made_anew(site: Site) -> None:
    site.get("/about/")
    page_cache.drop_all()
    site.get("/about/")
    assert site.asked == 2


def test_no_journey_is_kept(site: Site) -> None:
    forms.form_page()
    for path in ("/apply/help/", "/requests/", "/search/"):
        site.get(path)
        site.get(path)
    assert not page_cache.pages._kept
    assert site.asked == 6
