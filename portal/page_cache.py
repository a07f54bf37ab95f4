"""Whole public pages, kept by each process; outermost of all, so that a kept page costs next to nothing.

An entry is known by scheme, host, address with query, look and compression. It is dropped when anything that pages show
is saved (one number for all processes, in the shared cache), at the moment after which the page is no longer true
(`home.freshness`), and after ten minutes, which heals what nobody told us about. Pages with a cookie, a token or a
session are never kept, nor is a page that nobody declared to be the same for everybody.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from home import appearance, freshness

_GENERATION = "portal:pages:generation"
LONGEST = timedelta(minutes=10)
MOST_BYTES = 32 * 1024 * 1024
MOST_QUERY = 200

Key = tuple[bool, str, str, str, bool]


@dataclass(frozen=True)
class Kept:
    """An answer as it left: headers, body, tag; the generation it was made in and the moment it holds until."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    generation: str
    until: datetime


class Pages:
    """The kept pages of this process, the least recently used dropped first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key, generation: str, now: datetime) -> Kept | None:
        """The page, if it is still true."""
        with self._lock:
            page = self._kept.get(key)
            if page is None:
                return None
            if page.generation != generation or page.until <= now:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return page

    def put(self, key: Key, page: Kept) -> None:
        """Keep it; make room first."""
        with self._lock:
            self._drop(key)
            self._kept[key] = page
            self._bytes += len(page.body)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        page = self._kept.pop(key, None)
        self._bytes -= len(page.body) if page else 0


pages = Pages()


def drop_all() -> None:
    """Something that pages show has changed: no process shows a page made before."""
    cache.set(_GENERATION, uuid4().hex, None)


def _generation() -> str:
    known = cache.get(_GENERATION)
    if known is None:
        cache.add(_GENERATION, uuid4().hex, None)
        known = cache.get(_GENERATION, "")
    return str(known)


class PageCache:
    """Middleware, the outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        generation = _generation()
        page = pages.get(key, generation, timezone.now())
        if page is None:
            with freshness.collecting() as moments:
                freshness.until_midnight()
                response = self.get_response(request)
            if request.method != "GET" or not _may_keep(request, response):
                return response
            page = _keep(key, response, generation, min([*moments, timezone.now() + LONGEST]))
        return _answer(request, page)


def _key(request: HttpRequest) -> Key | None:
    """What tells pages apart; None for a request whose answer is never kept."""
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if "Authorization" in request.headers or len(request.META.get("QUERY_STRING", "")) > MOST_QUERY:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    look = appearance.look(request).cookie
    return request.is_secure(), host, request.get_full_path(), look, _takes_gzip(request)


def _takes_gzip(request: HttpRequest) -> bool:
    # As GZipMiddleware decides.
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        freshness.is_shared(request)
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "private" not in response.headers.get("Cache-Control", "")
    )


def _keep(key: Key, response: HttpResponseBase, generation: str, until: datetime) -> Kept:
    assert isinstance(response, HttpResponse)
    body = response.content
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # A browser may keep the page but asks each time whether it is still the same.
    response.headers.setdefault("Cache-Control", "no-cache")
    page = Kept(tuple(response.headers.items()), body, generation, until)
    pages.put(key, page)
    return page


def _answer(request: HttpRequest, page: Kept) -> HttpResponseBase:
    response = HttpResponse(page.body)
    response.headers = type(response.headers)(dict(page.headers))
    answer = get_conditional_response(request, page_etag(page), response=response)
    return answer or response


def page_etag(page: Kept) -> str:
    """The tag by which a browser asks whether its copy is still the same."""
    return dict(page.headers)["ETag"]
