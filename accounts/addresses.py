"""Where a request came from."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The visitor's address, for throttles only; it is not stored with what people send.

    Behind PROXY_COUNT trusted proxies it is that many places from the end of X-Forwarded-For: what stands before, the
    visitor may have written. Without proxies the header is not believed at all.
    """
    direct = request.META.get("REMOTE_ADDR") or ""
    count: int = settings.PROXY_COUNT
    if not count:
        return direct
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return passed[-count] if len(passed) >= count else direct
