"""«Помогло?» under an answer, with and without script; the press service reads the report and marks what it checked."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts import roles
from home.models import Opinion, StandardPage
from tests.factories import home as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_that_did_not_help(new_page: Callable[..., Any], script: bool) -> None:
    make.whole_site()
    make.answers()
    page = new_page(width=360, java_script_enabled=script)
    page.goto("/answers/q0/")
    if script:
        page.locator("#helped form[data-ready]").wait_for()
    page.get_by_role("button", name="Нет", exact=True).click()
    page.get_by_text("поправим ответ").wait_for()
    assert not page.get_by_role("button", name="Нет", exact=True).is_visible()
    assert page.url.endswith("/answers/q0/" if script else "/answers/q0/?said=no#helped")
    assert page.locator('#helped a[href="tel:+78006000000"]').is_visible()
    if script:
        assert page.evaluate("document.activeElement.id") == "helped-title"
    assert list(Opinion.objects.values_list("yes", "no")) == [(0, 1)]


def test_the_reports_of_the_press_service(
    new_page: Callable[..., Any], sign_in_browser: Callable[..., None], person: Callable[..., Any], axe: Any
) -> None:
    make.whole_site()
    make.answers()
    roles.grant_page_rights()
    StandardPage.objects.update(checked_on=None)
    page = new_page(width=1280)
    sign_in_browser(page, person("press"))
    page.goto("/admin/reports/answers/")
    axe(page, include=".p-report")
    page.goto("/admin/reports/checked/")
    axe(page, include=".p-report")
    page.locator(f'button[name="one"][value="{StandardPage.objects.get(slug="about").pk}"]').click()
    page.locator(".messages .success").wait_for()
    assert StandardPage.objects.get(slug="about").checked_on is not None
    assert StandardPage.objects.get(slug="privacy").checked_on is None
