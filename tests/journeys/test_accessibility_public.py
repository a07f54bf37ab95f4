"""Every public template of the site: no violation of WCAG 2.2 A and AA, no sideways scroll, in every look."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from home.models import NewsIndexPage, NewsPage
from home.models.news import PER_PAGE
from tests.factories import home as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = ["/", "/about/", "/news/", "/news/n1/", "/search/", "/search/?q=дети", "/search/?q=крокодил", "/map/"]
ADDRESSES += ["/appearance/", "/no/such/page/", "/answers/", "/answers/q0/", "/answers/q0/?said=no", "/offline/"]
LOOKS = ["black-on-white.2.sans.normal.on.open", "white-on-black.3.serif.wide.off.closed", "blue.3.sans.wide.on.open"]


@pytest.fixture
def whole_site() -> None:
    """Everything at its fullest: an urgent notice, an article that is outdated, answers."""
    make.whole_site()
    make.answers()
    make.site(urgent_text="Центры закрыты.", urgent_until=date(2099, 12, 31), urgent_link="/news/", urgent_is_demo=True)
    NewsPage.objects.filter(slug="n1").update(outdated_from=date(2026, 11, 24))


def _does_not_scroll_sideways(page: Any) -> None:
    wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter(e => !e.closest("svg") && e.getBoundingClientRect().right > width + 1)
                .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)} > ${width}`);
        }"""
    )
    assert not wide, f"{page.url}: {wide[:8]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_by_day_and_by_night(
    whole_site: None, new_page: Callable[..., Any], axe: Callable[..., None], scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    for address in ADDRESSES:
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("look", LOOKS)
def test_no_violation_in_low_vision(
    whole_site: None, new_page: Callable[..., Any], axe: Callable[..., None], live_server: Any, look: str
) -> None:
    page = new_page(width=1280)
    page.context.add_cookies([{"name": "look", "value": look, "url": live_server.url}])
    for address in ADDRESSES:
        page.goto(address)
        _does_not_scroll_sideways(page)
        axe(page)


def test_no_violation_on_a_phone_with_the_menu_open(
    whole_site: None, new_page: Callable[..., Any], axe: Callable[..., None]
) -> None:
    page = new_page(width=360)
    page.goto("/about/")
    page.locator(".menu > summary").click()
    assert page.get_by_role("navigation", name="Меню").get_by_role("link", name="Новости").is_visible()
    axe(page)


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_no_sideways_scroll(whole_site: None, new_page: Callable[..., Any], width: int) -> None:
    page = new_page(width=width)
    for address in ADDRESSES:
        page.goto(address)
        _does_not_scroll_sideways(page)


@pytest.mark.parametrize("look", ["black-on-white.2.sans.normal.on.open", "blue.3.serif.wide.off.open"])
def test_low_vision_fits_the_narrowest_phone(
    whole_site: None, new_page: Callable[..., Any], live_server: Any, look: str
) -> None:
    page = new_page(width=320)
    page.context.add_cookies([{"name": "look", "value": look, "url": live_server.url}])
    for address in ADDRESSES:
        page.goto(address)
        _does_not_scroll_sideways(page)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_back_and_on_stand_side_by_side(whole_site: None, new_page: Callable[..., Any], width: int) -> None:
    """On a phone the count of pages stands above the two buttons: in one row the three do not fit."""
    index = NewsIndexPage.objects.get()
    for number in range(3, 3 * PER_PAGE):
        make.news(index, title=f"Приём {number}", slug=f"x{number}", body=[])
    page = new_page(width=width)
    page.goto("/news/?page=2")
    back, on = (page.get_by_role("link", name=name, exact=True).bounding_box() for name in ("Назад", "Дальше"))
    assert back["y"] == on["y"]
    assert back["x"] + back["width"] < on["x"]
    _does_not_scroll_sideways(page)


def test_targets_are_large_enough_for_a_thumb(whole_site: None, new_page: Callable[..., Any]) -> None:
    """44 px outside running text, as the design promises (WCAG 2.2 asks for 24)."""
    page = new_page(width=360)
    page.goto("/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input:not([type=hidden]), summary")]
            .filter(e => e.checkVisibility() && !e.closest("p") && !e.closest("h3") && !e.matches(".skip"))
            .filter(e => e.getBoundingClientRect().height < 43.5)
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not small, small
