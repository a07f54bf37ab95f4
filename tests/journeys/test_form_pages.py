"""The pages around a form, by axe and at both widths: start page, list, documentation of the API, the editor."""

import pytest

from tests.factories import home
from tests.factories.forms import form_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_around_a_form(new_page, axe, width) -> None:
    home.site()
    form_page()
    page = new_page(width=width)
    for address in ("/forms/help/", "/forms/", "/api/docs"):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_the_editor(page, axe, person, sign_in_browser, grant_page_rights) -> None:
    form = form_page()
    grant_page_rights()
    sign_in_browser(page, person("formeditor"))
    page.goto(f"/admin/pages/{form.pk}/edit/")
    page.wait_for_function("document.getElementById('steps-root')?.rootBlock")
    # The minimap is Wagtail's own, with a violation of its own.
    axe(page, exclude=[[".w-minimap__list"]])
