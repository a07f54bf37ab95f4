"""The address behind which one application's registrations are confirmed and cancelled, without an account.

It opens only these: neither answers nor contacts. A GET changes nothing, so that scanners of mail may follow it.
"""

import hashlib
import hmac

from django.conf import settings
from django.urls import reverse

from forms.applications.models import Application

LENGTH = 24


def path_of(application: Application) -> str:
    """The address on this site."""
    return reverse("apply:seats", args=[application.pk, _sign(settings.SECRET_KEY, application.pk)])


def url_of(application: Application) -> str:
    """The whole address, for a letter."""
    return f"{settings.PUBLIC_URL}{path_of(application)}"


def fits(application_id: int, given: str) -> bool:
    """Whether this address was made here."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [hmac.compare_digest(_sign(key, application_id).encode(), given.encode()) for key in keys]
    return any(matches)


def _sign(key: str, application_id: int) -> str:
    words = f"portal.registrations.link:{application_id}"
    return hmac.new(key.encode(), words.encode(), hashlib.sha256).hexdigest()[:LENGTH]
