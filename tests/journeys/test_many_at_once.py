"""A lead chooses rows by keyboard, gives them to a colleague, exports a view, and a manager reads the journal."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application
from forms.review.batches import running as batches
from forms.review.exporting import running as exports
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Гордеева", "Рябова", "Тарасенко", "Юдина")


@pytest.fixture
def lead(person: Any, settings: Any, tmp_path: Path) -> Any:
    settings.EXPORTS_DIR = tmp_path / "exports"
    user = person("lead", last_name="Павлова", first_name="Ирина")
    colleague = person("reviewer", last_name="Соколова", first_name="Мария")
    make.team("Иркутск", user, colleague)
    for name in NAMES:
        make.new(q_name={"last": name, "first": "Анна", "middle": ""}, q_story=f"Дрова, {name}")
    return user


def _shot(page: Any, name: str) -> None:
    folder = os.environ.get("PORTAL_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark")])
def test_assigning_many_by_keyboard(
    new_page: Any, lead: Any, sign_in_browser: Any, axe: Any, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    sign_in_browser(page, lead)
    page.goto("/admin/queue/?folder=open")
    bar = page.get_by_role("form", name="Действия с выбранными обращениями")
    expect(bar).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(bar.get_by_text("Выбрано 1")).to_be_visible()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(bar.get_by_text("Выбрано 3")).to_be_visible()
    page.keyboard.press("Space")
    expect(bar.get_by_text("Выбрано 2")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _shot(page, f"bulk-bar-{width}")
    # All of it over the list, which is not left.
    page.keyboard.press("KeyY")
    form = page.get_by_role("dialog", name="Назначить")
    expect(form.get_by_text("Выбрано обращений: 2")).to_be_visible()
    axe(page)
    _shot(page, f"bulk-assign-{width}")
    form.get_by_label("Кому").select_option(label="Соколова М.")
    form.get_by_role("button", name="Назначить").click()
    going = page.locator("dialog[data-batch-dialog]")
    expect(going.get_by_text("Сделано 0 из 2")).to_be_visible()
    axe(page)
    going.get_by_role("link", name="Работать дальше, не ждать").click()
    line = page.locator("[data-batch-line]")
    expect(line).to_contain_text("Сделано 0 из 2")
    expect(bar).to_be_hidden()
    axe(page)
    _shot(page, f"bulk-line-{width}")
    batches.drain()
    # The list and the line follow without a reload.
    expect(line).to_contain_text("Сделано 2 из 2")
    expect(page.get_by_role("row", name="Соколова М.")).to_have_count(2)
    line.get_by_role("button", name="Показать").click()
    expect(going.get_by_role("row", name="Назначено")).to_have_count(2)
    axe(page)
    _shot(page, f"bulk-done-{width}")
    assert Application.objects.filter(assignee__last_name="Соколова").count() == 2
    going.get_by_role("link", name="Вернуться к очереди").click()
    expect(line).to_be_hidden()
    page.get_by_label("Выбрать все на странице").check()
    expect(bar.get_by_text("Выбрано 4")).to_be_visible()
    bar.get_by_role("button", name="Написать").click()
    expect(page.get_by_label("Впишите число 4, чтобы подтвердить")).to_be_visible()
    axe(page)
    _shot(page, f"bulk-letter-{width}")
    assert page.url.endswith("/admin/queue/?folder=open")


def test_a_batch_is_stopped_put_back_and_tried_again_over_the_list(page: Any, lead: Any, sign_in_browser: Any) -> None:
    sign_in_browser(page, lead)
    page.goto("/admin/queue/?folder=open")
    expect(page.locator("[data-keys-hint]")).to_be_visible()
    page.get_by_label("Выбрать все на странице").check()
    page.get_by_role("button", name="Метка").click()
    form = page.get_by_role("dialog", name="Поставить метку")
    form.get_by_role("button", name="Поставить метку").click()
    # What is wrong is said in the form, which stays open.
    expect(form.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Назначить").click()
    form = page.get_by_role("dialog", name="Назначить")
    form.get_by_label("Кому").select_option(label="Соколова М.")
    form.get_by_role("button", name="Назначить").click()
    going = page.locator("dialog[data-batch-dialog]")
    going.get_by_role("button", name="Остановить").click()
    expect(going.get_by_text("Остановлено")).to_be_visible()
    expect(going.get_by_role("row", name="Не начато")).to_have_count(4)
    going.get_by_role("button", name="Повторить для остальных").click()
    form.get_by_label("Кому").select_option(label="Соколова М.")
    form.get_by_role("button", name="Назначить").click()
    expect(going.get_by_text("Сделано 0 из 4")).to_be_visible()
    batches.drain()
    expect(going.get_by_text("Сделано 4 из 4")).to_be_visible()
    going.get_by_role("button", name="Вернуть как было").click()
    expect(going.get_by_role("heading", name="Возвращаем как было")).to_be_visible()
    # The page may be left: the line is there again.
    page.reload()
    expect(page.locator("[data-batch-line]")).to_contain_text("Сделано 0 из 4")
    batches.drain()
    expect(page.locator("[data-batch-line]")).to_contain_text("Сделано 4 из 4")
    assert Application.objects.filter(assignee=None).count() == 4
    # What is not theirs, or was put away, is not asked for again.
    page.evaluate(
        "address => sessionStorage.setItem('portal-batch', address)",
        "/admin/queue/batches/0b63d0d3-4f80-4837-b4a0-2545131c2e41/",
    )
    with page.expect_response(lambda answer: answer.status == 404):
        page.reload()
    expect(page.locator("[data-batch-body][data-job]")).to_have_count(0)
    assert page.evaluate("sessionStorage.getItem('portal-batch')") is None
    expect(page.locator("[data-batch-line]")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 768])
def test_an_export_and_the_journal(
    new_page: Any, lead: Any, person: Any, sign_in_browser: Any, axe: Any, width: int
) -> None:
    page = new_page(width=width)
    sign_in_browser(page, person("manager", last_name="Белова", first_name="Нина"))
    page.goto("/admin/queue/?folder=open&channel=site")
    page.get_by_role("link", name="Выгрузить").click()
    expect(page.get_by_text("Все открытые; Откуда пришло: сайт")).to_be_visible()
    axe(page)
    _shot(page, f"export-new-{width}")
    page.get_by_role("button", name="Подготовить файл").click()
    expect(page.get_by_role("heading", name="Файл ждёт очереди")).to_be_visible()
    axe(page)
    exports.drain()
    link = page.get_by_role("link", name="Скачать файл")
    expect(link).to_be_visible()
    axe(page)
    _shot(page, f"export-done-{width}")
    with page.expect_download() as fetched:
        link.click()
    assert fetched.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Все выгрузки").click()
    axe(page)
    _shot(page, f"exports-{width}")
    page.goto("/admin/queue/journal/")
    expect(page.get_by_role("cell", name="Выгрузка скачана")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _shot(page, f"journal-{width}")
    page.get_by_role("link", name="Выгрузки").click()
    expect(page.get_by_role("cell", name="Обращение получено")).to_have_count(0)
