"""Family members with a paper each, on a phone: progress, a condition inside of the row, copying, and no script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application, Team, Upload
from tests.factories import uploads
from tests.factories.definitions import published_form
from tests.forms.apply.test_files_in_rows import kids_json

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEP = "/apply/kids/s_kids/"


@pytest.fixture(autouse=True)
def _form(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="kids", **kids_json())


def picture(name: str) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": uploads.picture()}


def test_a_paper_for_each_child(new_page: Callable[..., Any], axe: Callable[..., None]) -> None:
    page = new_page(width=320)
    page.goto(STEP)
    first = page.get_by_role("group", name="Ребёнок 1", exact=True)
    first.get_by_label("Имя").fill("Оля")
    first.get_by_label("Выбрать файл Свидетельство о рождении").set_input_files(picture("оля.jpg"))
    first.get_by_role("button", name="Убрать файл оля.jpg").wait_for()
    expect(first.get_by_label("приложу сейчас").first).to_be_checked()
    first.get_by_label("принесу").nth(1).check()
    # A question that the row brings takes a file as well, with progress, before anything is sent.
    first.get_by_label("Да").check()
    first.get_by_label("Выбрать файл", exact=True).set_input_files(picture("справка.jpg"))
    first.get_by_role("button", name="Убрать файл справка.jpg").wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Скопировать «Ребёнок 1»").click()
    second = page.get_by_role("group", name="Ребёнок 2", exact=True)
    second.get_by_label("Имя").fill("Миша")
    expect(first.get_by_role("button", name="Убрать файл оля.jpg")).to_be_visible()
    expect(second.get_by_role("button", name="Убрать файл")).to_have_count(0)
    second.get_by_label("Нет").check()
    second.get_by_label("уже есть у вас").first.check()
    page.get_by_label("Телефон").fill("8 900 000-00-00")
    page.get_by_role("button", name="Продолжить", exact=True).last.click()
    page.wait_for_url("**/check/")
    axe(page)
    page.check("[name=consent]")
    page.get_by_role("button", name="Отправить заявку").click()
    page.wait_for_url("**/receipt/")
    kept = {upload.field_key: upload.name for upload in Upload.objects.filter(application=Application.objects.get())}
    assert kept == {"q_kids.r1.q_docs": "оля.jpg", "q_kids.r1.q_photo": "справка.jpg"}


def test_the_same_without_script(new_page: Callable[..., Any]) -> None:
    page = new_page(width=360, java_script_enabled=False)
    page.goto(STEP)
    child = page.get_by_role("group", name="Ребёнок 1", exact=True)
    child.get_by_label("Имя").fill("Оля")
    child.get_by_label("Выбрать файл Свидетельство о рождении").set_input_files(picture("оля.jpg"))
    page.get_by_role("button", name="Добавить ещё").click()
    expect(child.get_by_role("button", name="Убрать файл оля.jpg")).to_be_visible()
    page.get_by_role("button", name="Убрать «Ребёнок 2»").click()
    child.get_by_label("приложу сейчас").first.check()
    child.get_by_label("принесу").nth(1).check()
    page.get_by_label("Телефон").fill("8 900 000-00-00")
    page.get_by_role("button", name="Продолжить", exact=True).last.click()
    page.wait_for_url("**/check/")
    expect(page.locator("main")).to_contain_text("Свидетельство о рождении: 1 файл")
