"""The proof of work in a browser: our own script under our own policy; without it the page says what helps."""

from typing import Any

import pytest

from forms.applications import codes, tries
from forms.applications.models import Application
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guessed(live_server: Any) -> Application:
    """An application whose code strangers guessed too often."""
    make.team()
    application = make.new()
    for stranger in range(tries.FOR_ONE_NUMBER):
        codes.find(application.public_number, "00000000", f"10.0.0.{stranger}")
    return application


def _ask(page: Any, application: Application) -> None:
    page.goto("/requests/")
    page.fill("#id_number", application.public_number)
    page.fill("#id_code", codes.code_for(application))
    page.get_by_role("button", name="Посмотреть").click()
    page.locator("[data-proof]").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_owner_gets_in(new_page: Any, axe: Any, guessed: Application, scheme: str) -> None:
    page = new_page(width=360, color_scheme=scheme)
    _ask(page, guessed)
    axe(page)
    # At once, before it is counted: the press is remembered.
    page.get_by_role("button", name="Посмотреть").click()
    page.get_by_role("heading", name="Как движется заявка").wait_for()


def test_without_a_script_the_page_says_what_helps(new_page: Any, guessed: Application) -> None:
    page = new_page(width=360, java_script_enabled=False)
    _ask(page, guessed)
    assert page.get_by_text("Подождите").first.is_visible()
    assert page.locator("#id_code").input_value() == codes.code_for(guessed)
