"""The queue in a browser: by keyboard alone, filters, columns, saved views, new items that move nothing."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forms.applications import actions, holding
from forms.applications.models import Application
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Гордеева", "Рябова", "Тарасенко")


@pytest.fixture
def reviewer(person: Callable[..., Any]) -> Any:
    user = person("lead", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def rows(reviewer: Any) -> list[Application]:
    made = [make.new(q_name={"last": name, "first": "Анна", "middle": ""}, q_story=f"Дрова, {name}") for name in NAMES]
    for number, application in enumerate(made):
        due = timezone.localdate() + timezone.timedelta(days=number - 1)
        Application.objects.filter(pk=application.pk).update(due_on=due)
    return made


def test_the_list_by_keyboard(page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any) -> None:
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    expect(page.locator("[data-keys-hint]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Гордеева А.")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Рябова А.")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Клавиши очереди")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Клавиши очереди")).to_be_hidden()
    page.get_by_role("link", name="Гордеева А.").focus()
    page.keyboard.press("KeyD")
    expect(page.get_by_role("row", name=rows[0].public_number).get_by_text("в работе")).to_be_visible(timeout=60_000)
    rows[0].refresh_from_db()
    assert rows[0].assignee == reviewer
    expect(page.get_by_role("link", name="Гордеева А.")).to_be_focused()
    page.keyboard.press("KeyU")
    page.keyboard.press("KeyV")
    page.wait_for_url("**/queue/?folder=mine")
    page.keyboard.press("KeyB")
    expect(page.get_by_role("textbox", name="Поиск обращений")).to_be_focused()
    page.keyboard.type("дрова рябовой")
    expect(page.get_by_role("row", name=rows[1].public_number)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name=rows[0].public_number)).to_have_count(0)


def test_what_was_taken_from_the_list_is_put_back(
    page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any, settings: Any
) -> None:
    settings.UNDO_SECONDS = 120
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    expect(page.locator("[data-keys-hint]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Гордеева А.")).to_be_focused()
    page.keyboard.press("KeyD")
    expect(page.get_by_text(f"Взято в работу: № {rows[0].public_number}")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name=rows[0].public_number).get_by_text("в работе")).to_be_visible()
    page.keyboard.press("KeyZ")
    expect(page.get_by_role("row", name=rows[0].public_number).get_by_text("новое")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Взято в работу:")).to_be_hidden()
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].assignee) == ("new", None)


def test_letters_are_off_where_the_account_says_so(
    page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any
) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(reviewer)
    profile.keyboard_shortcuts = False
    profile.save()
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Гордеева А.")).to_be_focused()
    page.keyboard.press("KeyD")
    page.keyboard.press("KeyB")
    expect(page.get_by_role("link", name="Гордеева А.")).to_be_focused()
    expect(page.locator("[data-keys-hint]")).to_be_hidden()
    assert Application.objects.get(pk=rows[0].pk).state == "new"


def test_new_items_come_without_a_reload_and_move_nothing(
    page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any
) -> None:
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    expect(page.get_by_role("link", name="Все открытые 3")).to_be_visible()
    late = make.new(q_name={"last": "Юдина", "first": "Анна", "middle": ""})
    page.evaluate("document.dispatchEvent(new Event('queue:look'))")
    button = page.get_by_role("button", name="Показать новые: 1")
    expect(button).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="Все открытые 4")).to_be_visible()
    expect(page.get_by_role("row", name=late.public_number)).to_have_count(0)
    button.click()
    expect(page.get_by_role("row", name=late.public_number)).to_be_visible(timeout=60_000)


def test_a_step_on_its_way_comes_and_goes_without_a_reload(
    page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any, settings: Any
) -> None:
    settings.UNDO_SECONDS = 600
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    row = page.get_by_role("row", name=rows[0].public_number)
    row.get_by_role("link").focus()
    held = actions.take(rows[0].pk, reviewer, 1)
    step = holding.hold("resolve", held.pk, reviewer, held.version, {"explanation": "Готово."})
    page.evaluate("document.dispatchEvent(new Event('queue:look'))")
    expect(row.get_by_text("шаг уходит")).to_be_visible()
    # The row was drawn anew where it stands, and the hand is still on it.
    expect(row.get_by_text("в работе")).to_be_visible()
    expect(row.get_by_role("link")).to_be_focused()
    holding.undo(held.pk, reviewer)
    page.evaluate("document.dispatchEvent(new Event('queue:look'))")
    expect(row.get_by_text("шаг уходит")).to_be_hidden()
    assert step is not None
    actions.resolve(held.pk, reviewer, held.version, "Готово.")
    page.evaluate("document.dispatchEvent(new Event('queue:look'))")
    expect(row.get_by_text("изменилось")).to_be_visible()
    expect(page.get_by_role("link", name="Все открытые 2")).to_be_visible()


def test_on_a_phone_every_row_says_who_and_when(
    new_page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any
) -> None:
    page = new_page(width=360)
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    for text in ("Гордеева А.", "Дрова, Гордеева", "просрочено на 1 день", rows[0].public_number, "новое"):
        box = page.locator("tr[data-row]").first.get_by_text(text).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360, (text, box)
    for name in ("Подборки", "Фильтр", "Столбцы"):
        page.locator("summary", has_text=name).click()
        box = page.locator("details[open] .q-pop").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360, (name, box)
    page.goto("/admin/queue/?folder=closed")
    expect(page.get_by_role("link", name="Закрытые")).to_be_in_viewport()


def test_filter_columns_and_view(page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any) -> None:
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    page.keyboard.press("KeyA")
    menu = page.locator("[data-filters]")
    menu.get_by_label("Форма", exact=True).select_option(label="Попросить о помощи")
    menu.get_by_role("button", name="Показать").click()
    expect(page.get_by_role("link", name="Убрать фильтр «Форма»")).to_be_visible(timeout=60_000)
    page.get_by_text("Столбцы", exact=True).click()
    page.get_by_role("checkbox", name="Кем вы приходитесь участнику").check()
    page.locator(".q-menu--end").get_by_role("button", name="Показать").click()
    expect(page.get_by_role("columnheader", name="Кем вы приходитесь участнику")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("cell", name="Мать или отец").first).to_be_visible()
    page.get_by_text("Подборки", exact=True).click()
    page.get_by_role("textbox", name="Название").fill("Помощь югу")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Подборка «Помощь югу» сохранена.")).to_be_visible(timeout=60_000)
    page.goto("/admin/queue/?folder=closed")
    page.get_by_text("Подборки", exact=True).click()
    page.get_by_role("link", name="Помощь югу").click()
    expect(page.get_by_role("link", name="Убрать фильтр «Форма»")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Убрать фильтр «Форма»").click()
    expect(page.get_by_role("link", name="Убрать фильтр «Форма»")).to_have_count(0)
    expect(page.get_by_role("row", name=rows[0].public_number)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (768, "light")])
def test_every_panel_before_axe(
    new_page: Any, reviewer: Any, rows: list[Application], sign_in_browser: Any, axe: Any, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    sign_in_browser(page, reviewer)
    address = f"/admin/queue/?folder=open&form={rows[0].form_id}&state=new"
    for number, text in enumerate(("", "Подборки", "Фильтр", "Столбцы")):
        page.goto(address)
        page.locator(".q-table").wait_for()
        if text:
            page.locator("summary", has_text=text).click()
            expect(page.locator("details[open] .q-pop")).to_be_visible()
        axe(page)
        _picture(page, f"{width}-{scheme}-{number}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, text
    page.goto(address)
    page.locator("[data-keys-open]").evaluate("node => node.click()")
    axe(page)
    _picture(page, f"{width}-{scheme}-keys")


def _picture(page: Any, name: str) -> None:
    """For whoever wants to look: QUEUE_PICTURES names a folder."""
    folder = os.environ.get("QUEUE_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")
