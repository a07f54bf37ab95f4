"""A WSGI application that does nothing: what the web server costs by itself. For `bench.stack.nothing`."""

from collections.abc import Callable, Iterable
from typing import Any

_BODY = b"ok"
_HEADERS = [("Content-Type", "text/plain"), ("Content-Length", str(len(_BODY)))]


def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer everything with two letters."""
    start_response("200 OK", _HEADERS)
    return [_BODY]
