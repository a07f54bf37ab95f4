"""The press service in the admin: a page with preview and photo, a new phone number; nothing breaks the policy."""

from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from accounts import roles
from home.models import NewsPage, SiteSettings
from tests.factories import home as site

pytestmark = pytest.mark.browser


@pytest.fixture
def press(page: Any, person: Any, sign_in_browser: Any) -> Any:
    """A page in the browser of a signed-in editor, with a small site behind it."""
    site.whole_site()
    roles.grant_page_rights()
    sign_in_browser(page, person("press"))
    return page


def test_an_article_with_preview_and_photo(press: Any) -> None:
    get_image_model().objects.create(title="Пункт в Ангарске", file=get_test_image_file(filename="photo.png"))
    article = NewsPage.objects.get(slug="n0")

    press.goto("/admin/")
    press.get_by_role("navigation").get_by_text("Изображения").wait_for()
    press.goto(f"/admin/pages/{article.pk}/edit/")
    press.locator('[data-side-panel-toggle="preview"]').click()
    preview = press.frame_locator("#w-preview-iframe")
    preview.get_by_role("heading", name="новость 0").first.wait_for()

    press.get_by_role("button", name="Выберите изображение").first.click()
    press.get_by_role("link", name="Пункт в Ангарске").click()
    press.locator('img[alt=""], img').first.wait_for()
    press.get_by_text("Пункт в Ангарске").first.wait_for()


def test_a_changed_phone_number_shows_at_once(press: Any, new_page: Any) -> None:
    press.goto("/admin/settings/home/sitesettings/")
    press.locator("#id_phone").fill("+78001234567")
    press.locator("#id_phone_shown").fill("8 800 123 45 67")
    press.get_by_role("button", name="Сохранить").first.click()
    press.get_by_text("8 800 123 45 67").or_(press.locator(".messages .success")).first.wait_for()
    assert SiteSettings.for_site(Site.objects.get(is_default_site=True)).phone == "+78001234567"

    visitor = new_page(width=360)
    visitor.goto("/")
    visitor.locator('a[href="tel:+78001234567"]:visible').first.wait_for()
