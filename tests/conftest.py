"""Fixtures every test may use: people by role, a cold cache, and the browser (tests/browser.py)."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import Client

from accounts import roles

pytest_plugins = ["tests.browser", "tests.database"]

# A machine that does several things at once is slow at times; that says nothing about the code.
hypothesis.settings.register_profile("portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
# Where a verdict is asked of the same code twice it is the same; new examples are sought by every other run.
hypothesis.settings.register_profile("steady", hypothesis.settings.get_profile("portal"), derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "portal"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits is followed by what the migrations laid, and by nothing that Django would lay besides."""
    for item in items:
        fixtures = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        commits = {"transactional_db", "live_server", "page"} & set(fixtures)
        if commits or (marker and marker.kwargs.get("transaction")):
            # The marker and not the fixture alone: it is what makes the database be kept for giving back.
            wanted = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**wanted), append=False)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: sweeps for garbage that walk through it cost a sixth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """Make a user of a role: `person("reviewer")`, `person("lead", "second", last_name="Павлова")`."""

    def make(role_key: str, username: str = "", **fields: Any) -> Any:
        from accounts.models import User

        user = User.objects.create_user(username or role_key, password="a long password", **fields)
        roles.add_to_role(user, role_key)
        return user

    return make


@pytest.fixture
def signed_in(person: Callable[..., Any]) -> Callable[..., Client]:
    """A client signed in as a new user of a role (or as the user given); the user is `client.user`."""

    def sign_in(role_or_user: Any) -> Client:
        user = person(role_or_user) if isinstance(role_or_user, str) else role_or_user
        client = Client()
        client.force_login(user, backend="accounts.backends.StaffBackend")
        client.user = user  # type: ignore[attr-defined]
        return client

    return sign_in


@pytest.fixture
def grant_page_rights(db: None) -> Callable[[], None]:
    """Call it after making pages, as the loader does."""
    return roles.grant_page_rights
