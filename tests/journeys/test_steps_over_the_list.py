"""Steps open over the list by their letters: it stays, goes on at the next row, and gives everything typed back."""

from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application, PendingMove
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWER = "Дрова привезут 2 декабря."
NAMES = ("Гордеева", "Рябова")


@pytest.fixture
def lead(person: Any, settings: Any) -> Any:
    settings.UNDO_SECONDS = 600
    user = person("lead", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def rows(lead: Any) -> list[Application]:
    return [make.in_work(lead, q_name={"last": name, "first": "Анна", "middle": ""}) for name in NAMES]


@pytest.mark.parametrize("width", [1280, 360])
def test_sent_undone_and_refused(
    new_page: Any, lead: Any, rows: list[Application], sign_in_browser: Any, axe: Any, width: int
) -> None:
    page = new_page(width=width)
    sign_in_browser(page, lead)
    page.goto("/admin/queue/?folder=open&sort=received")
    expect(page.locator("[data-keymap]")).to_be_visible()
    first, second = (page.get_by_role("link", name=f"{name} А.") for name in NAMES)
    first.focus()
    page.keyboard.press("KeyP")
    form = page.get_by_role("dialog", name="Закрыть: решено")
    expect(form.get_by_label("Объяснение простыми словами")).to_be_focused()
    axe(page)
    # Escape keeps what was typed, and the hand is back on its row.
    page.keyboard.type(ANSWER)
    page.keyboard.press("Escape")
    page.get_by_text("Набранное сохранено").wait_for()
    expect(first).to_be_focused()
    assert PendingMove.objects.get().data["explanation"] == ANSWER
    page.keyboard.press("KeyP")
    expect(form.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    page.keyboard.press("Control+Enter")
    told = page.locator("[data-undo]")
    expect(told).to_contain_text(f"Уходит: Закрыть: решено, № {rows[0].public_number}")
    expect(second).to_be_focused()
    expect(page.get_by_role("row", name=rows[0].public_number).get_by_text("шаг уходит")).to_be_visible()
    axe(page)
    # Undo gives the form back with everything in it; what is not possible is told without leaving the list.
    page.keyboard.press("KeyZ")
    expect(form.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    page.keyboard.press("Escape")
    assert Application.objects.get(pk=rows[0].pk).state == "in_work"
    make.move("resolve", rows[1], lead)
    second.focus()
    page.keyboard.press("KeyJ")
    expect(told).to_contain_text("сейчас невозможно")
    assert page.url.endswith("/admin/queue/?folder=open&sort=received")
