"""Centres, measures, groups of the real pack: no violation of WCAG 2.2 A and AA, no sideways scroll; on paper too."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from services.models import Centre, Measure
from tests.journeys.test_accessibility_public import _does_not_scroll_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LARGEST = "white-on-black.3.serif.wide.off.closed"
ADDRESSES = [
    "/",
    "/centres/",
    "/centres/?territory=angarsky",
    "/centres/in/shelekhovsky/",
    "/centres/in/shelekhovsky/?by=phone",
    "/centres/semya/",
    "/centres/punkt-nizhneilimsky/",
    "/centres/contact-centre/",
    "/measures/",
    "/measures/?situation=injury&who=spouse&territory=angarsky",
    "/measures/?situation=baby&who=student",
    "/measures/vyplata-pri-ranenii/",
    "/measures/vyplata-pri-ranenii/checklist/",
    "/centres/semya/slip/",
    "/groups/",
    "/groups/deti-7-11/",
    "/forms/help/",
    "/personal-data/",
]


@pytest.fixture
def irkutsk() -> None:
    call_command("load_region", "irkutsk", verbosity=0)
    Centre.objects.filter(slug="punkt-tulun").update(state="moved")
    Measure.objects.filter(slug="tverdoe-toplivo").update(valid_to="2026-01-31")


def test_no_violation_and_no_sideways_scroll(
    irkutsk: None, new_page: Callable[..., Any], axe: Callable[..., None], live_server: Any
) -> None:
    addresses = [*ADDRESSES, "/centres/punkt-tulun/", "/measures/tverdoe-toplivo/"]
    for options in ({"width": 320}, {"width": 1280}, {"width": 1280, "color_scheme": "dark"}):
        page = new_page(**options)
        for address in addresses:
            assert page.goto(address).status == 200, address
            _does_not_scroll_sideways(page)
            axe(page)
    largest = new_page(width=1280)
    largest.context.add_cookies([{"name": "look", "value": LARGEST, "url": live_server.url}])
    for address in addresses:
        largest.goto(address)
        _does_not_scroll_sideways(largest)
        axe(largest)


@pytest.mark.parametrize("script", [True, False])
def test_from_what_happened_to_the_right_place(irkutsk: None, new_page: Callable[..., Any], script: bool) -> None:
    """«Муж ранен, что положено?»: situation, who, municipality, the measure, the place that helps."""
    page = new_page(width=360, java_script_enabled=script)
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Ранение")).click()
    page.get_by_text("Изменить ответы и уточнить").click()
    page.get_by_role("link", name="Супруга или супруг").click()
    page.get_by_text("Изменить ответы и уточнить").click()
    page.get_by_label("Муниципалитет").select_option(label="Ангарский городской округ")
    page.get_by_role("button", name="Показать", exact=True).click()
    assert "situation=injury" in page.url and "who=spouse" in page.url and "territory=angarsky" in page.url
    page.locator(".chips li").nth(2).wait_for()
    assert page.locator(".chips li").count() == 3
    page.get_by_role("link", name="Выплата при ранении").click()
    assert page.get_by_role("heading", level=1, name="Выплата при ранении").is_visible()
    page.get_by_role("link", name="Другой район или город").click()
    if script:  # a village of the municipality, by typing
        line = page.get_by_role("combobox", name="Где вы живёте")
        expect(line).to_have_attribute("autocomplete", "off")
        line.fill("мегет")
        expect(page.get_by_role("option")).to_have_text(["Ангарский городской округ"])
        line.press("Enter")
        expect(line).to_have_value("Ангарский городской округ")
    else:
        page.get_by_label("Где вы живёте").select_option(label="Ангарский городской округ")
    page.get_by_role("button", name="Показать центр").click()
    expect(page.get_by_role("link", name="Кабинет цифрового доступа в Ангарске")).to_be_visible()


def test_a_measure_on_paper(irkutsk: None, page: Any) -> None:
    page.goto("/measures/?shown=all")
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator(".result").count() == 36
    page.goto("/measures/vyplata-pri-ranenii/")
    assert page.get_by_role("heading", name="Документы").is_visible()
    assert not page.get_by_role("heading", name="Рядом с этой мерой").is_visible()
