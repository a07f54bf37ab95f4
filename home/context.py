"""Context processor: makes `frame` available in every public template, and `brand` in those of the admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.settings import brand
from home.settings import frame as read_frame


def frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that screens of the admin, which never ask for it, do not pay for it."""
    return {"frame": SimpleLazyObject(lambda: read_frame(request)), "brand": SimpleLazyObject(brand)}
