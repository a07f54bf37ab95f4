"""The secret code that opens one application to its applicant: eight digits made from the number, never stored."""

import hashlib
import hmac
import re
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import Application, CodeTry
from .numbers import parse

DIGITS = 8
TRIES = 5
COOL_OFF = timedelta(minutes=15)


class TooManyTries(Exception):
    """The code of this number was guessed too often; `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def code_for(application: Application) -> str:
    """The eight digits to show beside the number. They change when SECRET_KEY does and it has no fallback."""
    return _code(settings.SECRET_KEY, application.pk)


def shown(code: str) -> str:
    """As people read and dictate it: «4827 1936»."""
    return f"{code[:4]} {code[4:]}"


def find(number_text: str, code_text: str) -> Application | None:
    """The application when number and code fit, in any spelling.

    Tries are counted for the number and not for the address, so one office or one family behind one address is never
    locked out by a neighbour. Raises TooManyTries from the sixth wrong code within COOL_OFF, for unknown numbers too.
    """
    number = parse(number_text)
    if number is None:
        return None
    _count_try(number.value)
    application = Application.objects.filter(pk=number.value).first()
    # Unknown numbers do the same work, so the time of an answer tells nothing.
    fits = _fits(number.value, re.sub(r"[^0-9]", "", code_text or "")[: DIGITS + 1])
    if application is None or not fits or number.prefix not in ("", application.number_prefix):
        return None
    CodeTry.objects.filter(pk=number.value).delete()
    return application


def drop_old() -> int:
    """Forget counters whose cool-off is over; how many."""
    return CodeTry.objects.filter(since__lt=timezone.now() - COOL_OFF).delete()[0]


def _count_try(number: int) -> None:
    """Count before looking, so that guesses sent at once cannot pass the limit together."""
    now = timezone.now()
    with transaction.atomic():
        tries, _made = CodeTry.objects.select_for_update().get_or_create(number=number, defaults={"since": now})
        if tries.since + COOL_OFF <= now:
            tries.since, tries.count = now, 0
        if tries.count < TRIES:
            tries.count += 1
            tries.save(update_fields=["since", "count"])
            return
        wait = tries.since + COOL_OFF - now
    raise TooManyTries(max(1, -(-int(wait.total_seconds()) // 60)))


def _fits(number: int, given: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [hmac.compare_digest(_code(key, number), given) for key in keys]
    return any(matches)


def _code(key: str, number: int) -> str:
    digest = hmac.new(key.encode(), f"portal.application.code:{number}".encode(), hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)
