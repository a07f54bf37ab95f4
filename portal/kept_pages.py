"""Whole public pages as each process keeps them: what tells them apart, how long they hold, how they are answered.

Known by the plain WSGI environment, so that a kept page can leave before Django makes a request of it.
"""

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any

from django.conf import settings
from django.http.cookie import parse_cookie
from django.utils.http import parse_etags

from home import appearance

from .compression import takes_gzip

MOST_BYTES = 32 * 1024 * 1024
MOST_QUERY = 200
_OVERHEAD = 3000  # the entry itself, its key, and an object for the name and the value of each header

Key = tuple[bool, str, str, str, str, bool]
Environ = Mapping[str, Any]
# What a "not modified" repeats of the headers of the page, RFC 9110 section 15.4.5.
_REPEATED = {"cache-control", "content-location", "date", "etag", "expires", "vary"}
# A request with one of these asks for more than whether a copy is still the same: Django answers it.
_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


@dataclass(frozen=True)
class Kept:
    """An answer as it left: headers, body, tag; the generation it was made in and the moment it holds until."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    generation: str
    until: datetime

    @cached_property
    def size(self) -> int:
        """Bytes that keeping it takes, near enough: what is said in headers is more than a short body."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + _OVERHEAD

    @cached_property
    def etag(self) -> str:
        """The tag by which a browser asks whether its copy is still the same."""
        return dict(self.headers).get("ETag", "")

    @cached_property
    def not_modified(self) -> list[tuple[str, str]]:
        """The headers of an answer that says so."""
        return [header for header in self.headers if header[0].lower() in _REPEATED]


class Pages:
    """The kept pages of this process, the least recently used dropped first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __contains__(self, key: object) -> bool:
        """Whether there is a page, true or not any more."""
        return key in self._kept

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
            self._bytes += page.size
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        page = self._kept.pop(key, None)
        self._bytes -= page.size if page else 0


def key_of(environ: Environ) -> Key | None:
    """What tells pages apart: scheme, host, path, query, look, compression. None for what is never kept."""
    query = environ.get("QUERY_STRING", "")
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD") or len(query) > MOST_QUERY:
        return None
    if "HTTP_AUTHORIZATION" in environ or environ.get("SCRIPT_NAME"):
        return None
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    if settings.SESSION_COOKIE_NAME in cookies:
        return None
    look = appearance.named(cookies.get(appearance.COOKIE, "")).cookie
    gzip = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    secure = _is_secure(environ)
    return secure, _host(environ, secure=secure), environ.get("PATH_INFO", ""), query, look, gzip


def _host(environ: Environ, *, secure: bool) -> str:
    """As HttpRequest.get_host reads it, not checked: a page is kept only under a host that was."""
    if host := environ.get("HTTP_HOST"):
        return str(host)
    name, port = environ.get("SERVER_NAME", ""), str(environ.get("SERVER_PORT", ""))
    return str(name) if port == ("443" if secure else "80") else f"{name}:{port}"


def _is_secure(environ: Environ) -> bool:
    """As HttpRequest.scheme decides."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if (told := environ.get(header)) is not None:
            return bool(told.split(",", 1)[0].strip() == secure)
    return bool(environ.get("wsgi.url_scheme") == "https")


def tag(body: bytes, *, gzipped: bool) -> str:
    """The entity tag of a page: of what it says, as every process compresses it a little otherwise; so a weak one."""
    said = zlib.decompress(body, wbits=31) if gzipped else body
    return f'W/"{hashlib.sha256(said).hexdigest()[:32]}"'


def answered(environ: Environ, page: Kept, start_response: Callable[..., Any]) -> Iterable[bytes] | None:
    """The page as a WSGI answer; None where Django has to look at the conditions of the request."""
    if any(name in environ for name in _CONDITIONS):
        return None
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and is_same(asked, page.etag):
        start_response("304 Not Modified", page.not_modified)
        return []
    start_response("200 OK", list(page.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def is_same(asked: str, etag: str) -> bool:
    """Whether `If-None-Match` names this tag, weak or strong."""
    given = parse_etags(asked)
    return given == ["*"] or etag.removeprefix("W/") in {each.removeprefix("W/") for each in given}
