"""What opens a draft on another device: a number with a code for people, and the pass that a browser keeps then.

All of it is made from SECRET_KEY and the draft's own secret, and stored nowhere. Number and code open what is not sent
yet; so does the pass, unless it was made for the browser that sent.
"""

import base64
import hashlib
import hmac
import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import Draft

DIGITS = 8
PASS = re.compile(r"([rs])([0-9]{1,18})-([\w-]{43})", re.ASCII)
OPEN, SENT = "r", "s"
GRACE = timedelta(minutes=10)


def number_of(draft: Draft) -> str:
    """«0-004-817»: the leading nought tells it from the number of an application."""
    return f"0-{draft.pk // 1000:03d}-{draft.pk % 1000:03d}"


def read_number(text: str) -> int | None:
    """The draft that somebody means, in any spelling; None when it cannot be one."""
    digits = re.sub(r"[^0-9]", "", (text or "")[:60])
    return int(digits) if 0 < len(digits) <= 15 and int(digits) else None


def code_of(draft: Draft) -> str:
    """Eight digits for people."""
    return _code(settings.SECRET_KEY, draft)


def code_fits(draft: Draft, text: str) -> bool:
    """Whether these are its eight digits, in any spelling."""
    given = re.sub(r"[^0-9]", "", text or "")[: DIGITS + 1]
    return any(hmac.compare_digest(_code(key, draft), given) for key in _keys())


def make(draft: Draft, *, sent: bool = False) -> str:
    """The token for a browser; `sent`: for the one that sends the draft, so that it may see the receipt."""
    kind = SENT if sent else OPEN
    return f"{kind}{draft.pk}-{_sign(settings.SECRET_KEY, kind, draft)}"


def draft_named(token: str) -> int | None:
    """Which draft such a token claims to open; None for the token of the device where a draft was begun."""
    found = PASS.fullmatch(token)
    return int(found[2]) if found else None


def fits(draft: Draft, token: str) -> bool:
    """Whether the token is genuine and still opens this draft."""
    found = PASS.fullmatch(token)
    if found is None or (found[1] == OPEN and draft.application_id is not None and not _just_sent(draft)):
        return False
    return any(hmac.compare_digest(_sign(key, found[1], draft), found[3]) for key in _keys())


def _just_sent(draft: Draft) -> bool:
    """A double click, or an answer lost on the way: the browser that sent it still has its old pass."""
    return draft.updated_at >= timezone.now() - GRACE


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _digest(key: str, purpose: str, draft: Draft) -> bytes:
    words = f"portal.draft.{purpose}:{draft.pk}:{draft.token_digest}"
    return hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()


def _code(key: str, draft: Draft) -> str:
    return str(int.from_bytes(_digest(key, "code", draft)[:8], "big") % 10**DIGITS).zfill(DIGITS)


def _sign(key: str, kind: str, draft: Draft) -> str:
    return base64.urlsafe_b64encode(_digest(key, f"pass.{kind}", draft)).decode().rstrip("=")
