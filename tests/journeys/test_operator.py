"""An operator takes calls by keyboard alone: found by phone, written down, read out, added to, counted."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application, Call, Tally
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Besides the letters of the answers: a minute holds some sixty presses of somebody who also listens.
MOST_PRESSES = 40


@pytest.fixture
def operator(person: Callable[..., Any]) -> Any:
    user = person("operator", last_name="Соколова", first_name="Ирина")
    make.team("Иркутск", user)
    definitions.published_form()
    return user


class Keys:
    """The keyboard, counting presses that are no letters of an answer."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        """One press."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def to(self, name: str) -> None:
        """Tab until an input of this name, or with this value, has the focus."""
        for _press in range(15):
            here = self.page.evaluate("[document.activeElement.name, document.activeElement.value].join('=')")
            if here.startswith(name):
                return
            self.press("Tab")
        raise AssertionError(f"{name} is out of reach")


def test_a_caller_is_written_down_by_keyboard(page: Any, operator: Any, sign_in_browser: Any, axe: Any) -> None:
    sign_in_browser(page, operator)
    page.goto("/admin/queue/call/")
    keys = Keys(page)
    expect(page.get_by_label("Телефон", exact=True)).to_be_focused()
    page.keyboard.type("8 900 123-45-67")
    expect(page.get_by_text("Раньше с этого номера не обращались")).to_be_visible()
    axe(page)
    keys.press("ArrowDown")
    page.keyboard.type("Сидорова")
    keys.press("Tab")
    page.keyboard.type("Анна")
    keys.to("q_name_no_middle")
    keys.press("Space")
    keys.to("q_place")
    keys.press("ArrowDown")
    keys.to("q_relation")
    keys.press("Space")
    keys.to("q_topics=c_money")
    keys.press("Space")
    expect(page.get_by_label("Какая выплата")).to_be_visible()
    keys.to("q_debts")
    page.keyboard.type("При ранении")
    keys.to("q_story")
    page.keyboard.type("Просит объяснить порядок.")
    keys.press("Control+Enter")
    # Nobody has read the consent: that is said, nothing typed is lost, and the focus is where it is wanted.
    page.get_by_role("alert").get_by_text("Пока не записано").wait_for()
    assert page.get_by_label("Своими словами").input_value() == "Просит объяснить порядок."
    axe(page)
    expect(page.get_by_label("Слова прочитаны, человек согласен")).to_be_focused()
    keys.press("Space")
    keys.press("Control+Enter")
    page.wait_for_url("**/call/*/")
    application = Application.objects.get()
    assert page.get_by_text(application.public_number).first.is_visible()
    assert keys.pressed <= MOST_PRESSES
    assert application.channel == "phone"
    axe(page)


def test_words_are_added_and_a_question_is_counted_by_keyboard(
    page: Any, operator: Any, sign_in_browser: Any, axe: Any
) -> None:
    application = make.new()
    sign_in_browser(page, operator)
    page.goto("/admin/queue/call/")
    page.keyboard.press("Alt+1")
    expect(page.get_by_text("сегодня 1")).to_be_visible()
    assert Tally.objects.count() == 1
    page.get_by_role("button", name="Отменить").press("Enter")
    expect(page.get_by_text("Отметка отменена.")).to_be_visible()
    page.get_by_label("Телефон", exact=True).focus()
    page.keyboard.type("8 900 000-00-00")
    expect(page.get_by_text(application.public_number)).to_be_visible()
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/queue/{application.pk}/add/**")
    axe(page)
    page.keyboard.type("Принесла справку.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/queue/{application.pk}/")
    assert Call.objects.get().text == "Принесла справку."
    axe(page)


def test_four_digits_find_whoever_calls(page: Any, operator: Any, sign_in_browser: Any, axe: Any) -> None:
    first = make.new(q_phone="+79001114567", q_story="Дрова на зиму")
    second = make.new(q_phone="+79501234567", q_story="Путёвка в санаторий")
    other = make.new(q_phone="+79001110000", q_story="Детский сад")
    sign_in_browser(page, operator)
    page.goto("/admin/queue/call/")
    phone = page.get_by_label("Телефон", exact=True)
    expect(phone).to_be_focused()
    # Three are anybody's; of four all numbers that end so are shown, each with its own number.
    page.keyboard.type("567")
    expect(page.locator("form#call[data-live]")).to_be_visible()
    expect(page.locator("[data-found] li")).to_have_count(0)
    phone.fill("4567")
    found = page.locator("[data-found]")
    expect(found.get_by_text("Номер кончается так же. Проверьте весь номер и имя")).to_be_visible()
    expect(found.get_by_role("listitem")).to_have_count(2)
    for application in (first, second):
        expect(found.get_by_role("link", name=application.public_number)).to_be_visible()
    expect(found.get_by_role("link", name=other.public_number)).to_have_count(0)
    axe(page)
    # A few digits choose nobody: Enter adds to nothing.
    expect(found.locator("[data-add]")).to_have_count(0)
    phone.press("Enter")
    expect(phone).not_to_be_focused()
    phone.fill("8 950 123-45-67")
    expect(found.get_by_role("listitem")).to_have_count(1)
    expect(found.get_by_role("link", name=second.public_number)).to_be_visible()
    expect(found.locator("[data-add]")).to_have_count(1)
    phone.press("Enter")
    page.wait_for_url(f"**/queue/{second.pk}/add/**")
