"""The press officer in a real browser: writes news, looks at it, publishes it; changes the one number of the portal."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts import roles
from tests.factories import home as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(person: Callable[..., Any], new_page: Callable[..., Any], sign_in_browser: Callable[..., None]) -> Any:
    make.whole_site()
    roles.grant_page_rights()
    page = new_page(width=1280, height=900)
    sign_in_browser(page, person("press"))
    return page


def test_news_written_previewed_published(desk: Any) -> None:
    index = make.NewsIndexPage.objects.get()
    desk.goto(f"/admin/pages/add/home/newspage/{index.pk}/")
    desk.locator("[name=title]").press_sequentially("В Братске открыт кабинет")
    desk.locator("[name=lead]").fill("Психолог отвечает по видеосвязи.")
    desk.locator("[name=lead]").blur()
    desk.locator("[data-side-panel-toggle=preview]").click()
    preview = desk.frame_locator("#w-preview-iframe")
    preview.get_by_role("heading", level=1).wait_for()
    assert "Братске" in preview.get_by_role("heading", level=1).inner_text()
    desk.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").first.click()
    desk.locator("button[name=action-publish]").click()
    desk.locator(".messages .success").wait_for()
    desk.goto("/news/")
    desk.get_by_role("link", name="В\u00a0Братске открыт кабинет").click()
    assert desk.get_by_text("Психолог отвечает по\u00a0видеосвязи.").is_visible()
    desk.goto("/search/?q=кабинеты")
    assert desk.locator("mark").first.inner_text() == "кабинет"


def test_a_changed_number_is_on_every_page_at_once(desk: Any) -> None:
    desk.goto("/")
    assert desk.get_by_text("8 800 6 000 000").first.is_visible()
    desk.goto("/admin/settings/home/sitesettings/")
    desk.locator("[name=sitesettings-phone], [name=phone]").fill("+78007000000")
    desk.locator("[name=sitesettings-phone_shown], [name=phone_shown]").fill("8 800 7 000 000")
    desk.get_by_role("button", name="Сохранить").click()
    desk.locator(".messages .success").wait_for()
    for address in ("/", "/about/", "/search/"):
        desk.goto(address)
        assert desk.locator(".foot .tel").get_attribute("href") == "tel:+78007000000"
        assert desk.get_by_text("8 800 7 000 000").first.is_visible()
