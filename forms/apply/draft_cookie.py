"""The cookie that opens this browser's draft; one a form, for the journey's own addresses only."""

import hashlib
import re

from django.http import HttpRequest, HttpResponse

COOKIE_PATH = "/apply/"
TOKEN = re.compile(r"[\w-]{20,100}", re.ASCII)


def cookie_name(slug: str) -> str:
    """The name of the draft's cookie; addresses in Russian letters are named by a digest, as cookies are ASCII."""
    return f"draft_{slug if slug.isascii() else hashlib.sha256(slug.encode()).hexdigest()[:16]}"


def token_of(request: HttpRequest, slug: str) -> str:
    """The token of this browser's draft; blank when there is none or it is not one of ours."""
    value = request.COOKIES.get(cookie_name(slug), "")
    return value if TOKEN.fullmatch(value) else ""


def set_cookie(response: HttpResponse, request: HttpRequest, slug: str, token: str, seconds: int) -> None:
    """Keep the token where only the journey's own requests carry it."""
    response.set_cookie(
        cookie_name(slug),
        token,
        max_age=seconds,
        path=COOKIE_PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, slug: str) -> None:
    """Let this browser forget the draft."""
    response.delete_cookie(cookie_name(slug), path=COOKIE_PATH, samesite="Lax")
