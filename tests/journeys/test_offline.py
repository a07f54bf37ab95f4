"""A visitor in a village whose line goes: addresses and telephones are there."""

from collections.abc import Callable
from typing import Any

import pytest

from services.models import CentrePhone
from tests.factories import home as site
from tests.factories import services as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_without_a_line_the_telephones_are_there(
    new_page: Callable[..., Any], axe: Callable[..., None], live_server: Any
) -> None:
    site.whole_site()
    centre = make.centre(title="Центр сопровождения", slug="centr", address="Иркутск, ул. Софьи Перовской, 30/1")
    centre.phones = [CentrePhone(number="+79016679448", purpose="Запись")]
    centre.save()
    page = new_page(width=360, service_workers="allow")
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    kept = page.evaluate(
        "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat())"
    )
    assert "/offline/" in kept and all(path == "/offline/" or path.startswith("/static/") for path in kept)
    page.context.set_offline(True)
    page.goto("/news/n1/")
    page.get_by_role("heading", name="Адреса и телефоны").wait_for()
    assert page.get_by_text("Иркутск, ул. Софьи Перовской, 30/1").is_visible()
    assert page.locator('a[href="tel:+79016679448"]').is_visible()
    axe(page)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/requests/")
    page.context.set_offline(False)
    # What is chosen in «Версия для слабовидящих» holds for the kept page too, which itself knows nobody's choice.
    page.context.add_cookies([{"name": "look", "value": "blue.3.serif.wide.off.closed", "url": live_server.url}])
    page.goto("/news/n1/")
    page.context.set_offline(True)
    page.goto("/news/n2/")
    page.get_by_role("heading", name="Адреса и телефоны").wait_for()
    page.wait_for_function("document.documentElement.dataset.scheme === 'blue'")
    assert page.evaluate("({ ...document.documentElement.dataset })") == {
        "scheme": "blue", "size": "3", "font": "serif", "spacing": "wide", "images": "off",
    }  # fmt: skip
    axe(page)
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.goto("/news/n1/")
    assert page.evaluate("localStorage.getItem('look')") is None
    page.goto("/news/n1/")
    page.get_by_role("heading", level=1, name="новость 1").wait_for()
