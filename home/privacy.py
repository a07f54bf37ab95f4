"""Whether any page is private at all: on a public portal none is, and asking for each page would cost two queries."""

from django.core.cache import cache
from django.db import transaction
from wagtail.models import PageViewRestriction

_KEY = "home:has-private-pages"
_SECONDS = 60


def has_private_pages() -> bool:
    """True as soon as one restriction exists; known without a query while the cache is warm."""
    known = cache.get(_KEY)
    if known is None:
        known = PageViewRestriction.objects.exists()
        cache.set(_KEY, known, _SECONDS)
    return bool(known)


def forget() -> None:
    """Called when a restriction is made or lifted; takes effect with the commit."""
    transaction.on_commit(lambda: cache.delete(_KEY))
