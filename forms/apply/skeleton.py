"""The unchanging part of a page of the journey: drawn once, compressed once, then only filled.

A page is drawn with a mark in place of everything fresh and cut at the marks. What stands between them is kept in the
process by everything it depends on; token, pass, answers and times are put in for each request and kept nowhere.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from home import appearance, gzip_parts, settings
from home.gzip_parts import Part

KEPT = 200
_TOKEN = "csrf_token"  # noqa: S105 - the name of the template's variable
# Nobody's text holds these by chance: they are of private use, and the number is drawn by each process.
_NUMBER = secrets.token_hex(8)
_MARK = re.compile(f"\ue000{_NUMBER}([a-z_]+)\ue001")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Kept parts and, between them, the names of fresh ones. `holds`: objects whose identity is in the key."""

    parts: tuple[Part | str, ...]
    holds: Any

    def filled(self, fresh: Mapping[str, str]) -> list[Part]:
        """The page with these values, escaped unless they are safe."""
        known = {name: gzip_parts.fresh(conditional_escape(value)) for name, value in fresh.items()}
        return [known[part] if isinstance(part, str) else part for part in self.parts]


_kept: OrderedDict[Hashable, Skeleton] = OrderedDict()
_lock = Lock()


def respond(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fresh: Mapping[str, str],
    key: Hashable,
    holds: Any = None,
) -> HttpResponse:
    """The page. `key`: everything that decides on `context` and the template; the frame and the look are added here."""
    blank = frozenset(name for name, value in fresh.items() if not value)  # a template may ask
    look = appearance.look(request).cookie
    whole = (template, key, blank, settings.stamp(), look, request.get_full_path(), get_language())
    skeleton = _find(whole) or _keep(whole, _cut(request, template, context, fresh, holds))
    parts = skeleton.filled({**fresh, _TOKEN: get_token(request)})
    gzipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(gzip_parts.packed(parts) if gzipped else gzip_parts.plain(parts))
    if gzipped:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _cut(
    request: HttpRequest, template: str, context: Mapping[str, Any], fresh: Mapping[str, str], holds: Any
) -> Skeleton:
    marks = {name: _mark(name) for name in (*fresh, _TOKEN)}
    marks |= {name: SafeString("") for name, value in fresh.items() if not value}
    html = render_to_string(template, {**context, **marks}, request)
    pieces = _MARK.split(html)
    # Every second piece is a name.
    parts = [piece if number % 2 else gzip_parts.constant(piece) for number, piece in enumerate(pieces)]
    return Skeleton(tuple(parts), holds)


def _mark(name: str) -> SafeString:
    return mark_safe(f"\ue000{_NUMBER}{name}\ue001")  # noqa: S308 - made of our own names


def _find(key: Hashable) -> Skeleton | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: Hashable, skeleton: Skeleton) -> Skeleton:
    with _lock:
        _kept[key] = skeleton
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return skeleton
