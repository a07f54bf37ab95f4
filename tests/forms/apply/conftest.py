"""A published form, its municipality and team, and an applicant at the keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from forms.applications.models import Application, Team
from forms.definitions.models import FormVersion
from tests.factories.definitions import published_form
from tests.factories.services import TerritoryFactory

from .filling import STEPS, step_url


@pytest.fixture
def help_form(db: None) -> FormVersion:
    """«Попросить о помощи», published, with a team that receives everything."""
    TerritoryFactory(code="irkutsk", name="Иркутск")
    Team.objects.create(name="Отдел сопровождения", is_common=True)
    return published_form()


@pytest.fixture
def applicant(help_form: FormVersion) -> Client:
    """A browser without a draft."""
    return Client()


@pytest.fixture
def filled(applicant: Client) -> Client:
    """A browser that has answered every step."""
    for key, data in STEPS.items():
        assert applicant.post(step_url(key), data).status_code == 302
    return applicant


@pytest.fixture
def sent(filled: Client) -> Client:
    """A browser that has sent its application."""
    assert filled.post("/apply/help/check/", {"consent": "1"}).status_code == 302
    return filled


@pytest.fixture
def submit(help_form: FormVersion) -> Callable[..., Any]:
    """Send one more application from a fresh browser; returns the application."""

    def make() -> Application:
        client = Client()
        for key, data in STEPS.items():
            client.post(step_url(key), data)
        client.post("/apply/help/check/", {"consent": "1"})
        return Application.objects.latest("pk")

    return make
