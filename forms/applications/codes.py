"""The secret code that opens one application to its applicant: eight digits made from the number, never stored."""

import hashlib
import hmac
import re

from django.conf import settings

from . import tries
from .models import Application
from .numbers import parse

DIGITS = 8


def code_for(application: Application) -> str:
    """The eight digits to show beside the number. They change when SECRET_KEY does and it has no fallback."""
    return _code(settings.SECRET_KEY, application.pk)


def shown(code: str) -> str:
    """As people read and dictate it: «4827 1936»."""
    return f"{code[:4]} {code[4:]}"


def find(number_text: str, code_text: str, address: str = "", *, proven: bool = False) -> Application | None:
    """The application when number and code fit, in any spelling.

    `address` is where the request came from, `proven` whether it brought a proof of work. Raises tries.TooManyTries or
    tries.NeedsProof before looking, for unknown numbers too.
    """
    number = parse(number_text)
    if number is None:
        return None
    source = tries.source_of(address)
    tries.count(number.value, source, proven=proven)
    application = Application.objects.filter(pk=number.value).first()
    # Unknown numbers do the same work, so the time of an answer tells nothing.
    fits = _fits(number.value, re.sub(r"[^0-9]", "", code_text or "")[: DIGITS + 1])
    if application is None or not fits or number.prefix not in ("", application.number_prefix):
        return None
    tries.forgive(number.value, source)
    return application


def _fits(number: int, given: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [hmac.compare_digest(_code(key, number), given) for key in keys]
    return any(matches)


def _code(key: str, number: int) -> str:
    digest = hmac.new(key.encode(), f"portal.application.code:{number}".encode(), hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)
