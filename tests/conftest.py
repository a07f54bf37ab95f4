"""Fixtures every test may use."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """The rows of the test before were rolled back: what the cache knows of them goes too."""
    cache.clear()
