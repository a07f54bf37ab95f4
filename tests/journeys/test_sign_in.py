"""The door of the admin, in a real browser."""

import pytest

pytestmark = [pytest.mark.browser]


def test_an_administrator_signs_in_and_meets_no_stranger(page, person, axe) -> None:
    person("admin")
    page.goto("/admin/")
    page.locator("#id_username").fill("admin")
    page.locator("#id_password").fill("a long password")
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/admin/")
    page.get_by_role("navigation").get_by_text("Изображения").wait_for()
