"""A municipality is found by typing a few letters, by keyboard and by finger; without script it is a list."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Draft, Team
from tests.factories.definitions import published_form, question
from tests.factories.family import step
from tests.factories.services import TerritoryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YES = {"q": "q_more", "op": "eq", "v": True}
NAMES = [
    "Ангарский городской округ",
    "Иркутск",
    "Иркутский район",
    "Тулун",
    "Тулунский район",
    "Усть-Илимск",
    "Черёмхово",
]


@pytest.fixture
def address(live_server: Any) -> str:
    """A place on the page and one that appears."""
    for number, name in enumerate([*NAMES, *(f"Дальний район {n}" for n in range(35))]):
        TerritoryFactory(code=f"t{number}", name=name)
    Team.objects.create(name="Отдел", is_common=True)
    first = step(
        "s_one",
        question("q_place", "territory", "Где живёте", hint="Муниципалитет"),
        question("q_more", "yes_no", "Есть дом?", required=False),
        question("q_house", "territory", "Где дом", show_if=YES),
    )
    published_form(slug="places", steps=[first, step("s_two", question("q_phone", "phone", "Телефон"))])
    return f"{live_server.url}/apply/places/s_one/"


def test_by_keyboard(new_page: Callable[..., Any], axe: Callable[..., None], address: str) -> None:
    page = new_page(width=320)
    page.goto(address)
    line = page.get_by_role("combobox", name="Где живёте")
    assert page.locator("select:visible").count() == 0
    assert "Муниципалитет" in page.evaluate(
        "id => document.getElementById(id).getAttribute('aria-describedby').split(' ')"
        ".map(each => document.getElementById(each).textContent).join(' ')",
        "id_q_place",
    )
    line.focus()
    page.keyboard.type("тул")
    expect(line).to_have_attribute("aria-expanded", "true")
    assert page.get_by_role("option").all_inner_texts() == ["Тулун", "Тулунский район"]
    expect(page.get_by_role("status").filter(has_text="Найдено: 2")).to_have_count(1)
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Тулунский район")
    assert line.get_attribute("aria-activedescendant") == page.get_by_role("option", selected=True).get_attribute("id")
    page.keyboard.press("Enter")
    expect(line).to_have_value("Тулунский район")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert page.locator("[name=q_place]").input_value() == "t4"
    page.keyboard.press("Enter")
    page.wait_for_url("**/s_two/")
    assert Draft.objects.get().answers["q_place"] == "t4"
    page.goto(address)
    expect(page.get_by_role("combobox", name="Где живёте")).to_have_value("Тулунский район")


def test_what_is_typed_counts_without_choosing(page: Any, address: str) -> None:
    page.goto(address)
    line, kept = page.get_by_role("combobox", name="Где живёте"), page.locator("[name=q_place]")
    for typed, value in (("черемхово", "t6"), ("илимск", "t5"), ("Иркутск", "t1"), ("дальний", ""), ("нигде", "")):
        line.fill(typed)
        page.keyboard.press("Tab")
        expect(kept).to_have_value(value)
    expect(page.locator("#id_q_place_seek")).to_contain_text("Такого названия в списке нет")
    page.locator("main form .btn").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "id_q_place"
    expect(line).to_have_attribute("aria-invalid", "true")
    line.press("Escape")
    line.fill("ангар")
    page.get_by_role("option", name="Ангарский городской округ").click()
    expect(kept).to_have_value("t0")


def test_a_list_that_appears_is_searched_too(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("form[data-live]").wait_for()
    page.get_by_label("Да", exact=True).check()
    line = page.get_by_role("combobox", name="Где дом")
    line.fill("усть")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=q_house]")).to_have_value("t5")


def test_without_script_it_is_a_list(new_page: Callable[..., Any], address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    page.get_by_label("Где живёте").select_option(label="Тулун")
    page.locator("main form .btn").click()
    assert page.url.endswith("/s_two/")
