"""Keys for programs: random, shown once, kept as a digest, at most a year long, opening what their user may see."""

import hashlib
import hmac
import secrets
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from .models import AccessKey

MANAGE = "accounts.manage_access_keys"
# A key that leaks into a log or a repository is found by its beginning.
PREFIX = "portal_key_"
SHOWN = len(PREFIX) + 6
LONGEST = timedelta(days=365)
BYTES = 32
MOST_LETTERS = 200


def make(user: Any, purpose: str, ends_on: date, made_by: Any) -> tuple[AccessKey, str]:
    """A new key and its text, which is told nobody again. 256 random bits: no digest of it can be guessed back."""
    text = f"{PREFIX}{secrets.token_urlsafe(BYTES)}"
    key = AccessKey.objects.create(
        user=user,
        purpose=purpose,
        digest=digest_of(text),
        beginning=text[:SHOWN],
        made_by=made_by,
        ends_on=ends_on,
    )
    return key, text


def of_text(text: str) -> AccessKey | None:
    """The key of this text with its user, ended and revoked ones too; one query by the digest."""
    if not text.startswith(PREFIX) or len(text) > MOST_LETTERS:
        return None
    digest = digest_of(text)
    key = AccessKey.objects.select_related("user").filter(digest=digest).first()
    return key if key and hmac.compare_digest(key.digest, digest) else None


def digest_of(text: str) -> str:
    """SHA-256 of the text, in letters."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def revoke(key: AccessKey) -> bool:
    """Close a key for good; False where it was closed before."""
    open_ones = AccessKey.objects.filter(pk=key.pk, revoked_at__isnull=True)
    return bool(open_ones.update(revoked_at=timezone.now()))


def note_use(key: AccessKey, today: date) -> None:
    """Keep the day of the last use: one write a day."""
    if key.last_used_on != today:
        AccessKey.objects.filter(pk=key.pk).update(last_used_on=today)
