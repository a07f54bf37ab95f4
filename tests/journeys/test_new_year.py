"""Journey 6: the press officer sets the New Year hours of 34 places at once, and a visitor sees them."""

import time

import pytest

from services.models import Centre
from tests.factories import services as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_new_year_hours_for_thirty_four_places(new_page, sign_in_browser, person, live_server, axe):
    make.centre("semya")
    for number in range(33):
        make.centre(f"punkt-{number}", title=f"Пункт {number}", kind=Centre.Kind.POINT)
    page = new_page(width=1280)
    sign_in_browser(page, person("press"))
    begun = time.monotonic()
    page.goto(f"{live_server.url}/admin/snippets/services/sharedhours/add/")
    page.locator("#id_first_day").fill("2026-12-30")
    page.locator("#id_last_day").fill("2027-01-10")
    page.locator("#id_reason").fill("Новогодние дни")
    page.keyboard.press("Escape")
    for kind in ("центр", "пункт поддержки"):
        page.get_by_label(kind, exact=True).check()
    page.get_by_role("button", name="Сохранить").first.click()
    page.get_by_role("heading", name="Проверьте, что изменится").wait_for()
    assert page.get_by_role("row").count() == 1 + 34
    axe(page)
    page.get_by_role("button", name="Сохранить, мест: 34").click()
    page.wait_for_url("**/sharedhours/")
    assert time.monotonic() - begun < 120, "the promise is two minutes, with a person's typing in them"
    page.goto(live_server.url + Centre.objects.get(slug="punkt-7").url)
    page.get_by_text("Новогодние дни").first.wait_for()
