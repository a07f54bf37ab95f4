"""Whole public pages, kept by each process; outermost of all, so that a kept page costs next to nothing.

An entry is dropped when anything that pages show is saved (one number for all processes, in the shared cache), at the
moment after which the page is no longer true (`home.freshness`), and after ten minutes, which heals what nobody told us
about. Pages with a cookie, a token or a session are never kept, nor is a page that nobody declared to be the same for
everybody. `PageCache` makes the entries; `Front`, around the whole application, answers from them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from home import freshness
from home.freshness import generation, next_generation

from .kept_pages import Environ, Kept, Key, Pages, answered, key_of, tag

LONGEST = timedelta(minutes=10)
_KNOWN_BY = {"accept-encoding", "cookie"}  # what the key reads of the headers that answers depend on

pages = Pages()


def drop_all() -> None:
    """Something that pages show has changed: no process shows a page made before."""
    next_generation()


class Front:
    """A WSGI application before the application: what is kept leaves without Django."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        page = pages.get(key, generation(), timezone.now()) if key and key in pages else None
        answer = answered(environ, page, start_response) if page else None
        return self.application(environ, start_response) if answer is None else answer


class PageCache:
    """Middleware, the outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request.META)
        if key is None:
            return self.get_response(request)
        made_in = generation()
        page = pages.get(key, made_in, timezone.now())
        if page is None:
            with freshness.collecting() as moments:
                freshness.until_midnight()
                response = self.get_response(request)
            if request.method != "GET" or not _may_keep(request, response, key):
                return response
            page = _keep(key, response, made_in, min([*moments, timezone.now() + LONGEST]))
        return _answer(request, page)


def _may_keep(request: HttpRequest, response: HttpResponseBase, key: Key) -> bool:
    return (
        freshness.is_shared(request)
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "Set-Cookie" not in response.headers
        and _depends_on(response) <= _KNOWN_BY
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "private" not in response.headers.get("Cache-Control", "")
        and _is_known_as(request, key)
    )


def _depends_on(response: HttpResponse) -> set[str]:
    """The headers of a request that the answer says it depends on, in small letters."""
    return {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}


def _is_known_as(request: HttpRequest, key: Key) -> bool:
    """Whether Django reads scheme and host of the request as the key does."""
    try:
        return (request.is_secure(), request.get_host()) == key[:2]
    except DisallowedHost:
        return False


def _keep(key: Key, response: HttpResponseBase, made_in: str, until: datetime) -> Kept:
    assert isinstance(response, HttpResponse)
    body = response.content
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    response.headers["ETag"] = tag(body, gzipped=response.headers.get("Content-Encoding") == "gzip")
    # A browser may keep the page but asks each time whether it is still the same.
    response.headers.setdefault("Cache-Control", "no-cache")
    page = Kept(tuple(response.headers.items()), body, made_in, until)
    pages.put(key, page)
    return page


def _answer(request: HttpRequest, page: Kept) -> HttpResponseBase:
    response = HttpResponse(page.body)
    response.headers = type(response.headers)(dict(page.headers))
    # No page says when it was changed last, so by RFC 9110 section 13.1.4 this is not to be looked at; Django refuses.
    request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    answer = get_conditional_response(request, page.etag, response=response)
    return answer or response
