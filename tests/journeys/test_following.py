"""On one page, at once: rows counted by an answer, choices cut by it, words that hold it. The server decides again."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Draft, Team
from tests.factories import uploads
from tests.factories.definitions import help_json, published_form
from tests.forms.definitions.test_following_in_browser import form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path) -> str:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="follow", steps=form().to_json()["steps"])
    return f"{live_server.url}/apply/follow/s_one/"


def test_a_page_follows_its_answers(new_page: Callable[..., Any], address: str, axe: Callable[..., None]) -> None:
    page = new_page(width=360)
    page.goto(address)
    page.locator("form[data-live]").wait_for()
    one = page.locator("[data-q=q_one]")
    expect(one.locator("legend")).to_have_text("Вы: что покажете")
    expect(one.get_by_role("radio")).to_have_count(1)
    expect(page.get_by_role("group", name="Гость 1")).to_have_count(0)
    page.fill("#id_q_name_last", "Иванова")
    page.fill("#id_q_name_first", "Мария")
    page.fill("#id_q_count", "2")
    expect(one.locator("legend")).to_have_text("Иванова Мария: что покажете")
    expect(one.get_by_role("radio")).to_have_count(3)
    expect(page.locator("h2", has_text="Гости: 2")).to_be_visible()
    page.get_by_role("group", name="Гость 2").get_by_label("Имя").fill("Пётр")
    page.get_by_role("group", name="Гость 1").get_by_label("Имя").fill("Аня")
    expect(page.locator("#told")).to_contain_text("Гость 2")
    # What an answer cut off and brings back is as it was, unless something else was chosen meanwhile.
    one.get_by_label("Полис").check()
    page.locator("[data-q=q_main]").get_by_label("Пётр").check()
    expect(page.get_by_text("Итак, Пётр: ничего")).to_be_visible()
    page.fill("#id_q_count", "1")
    expect(page.get_by_role("group", name="Гость 2")).to_have_count(0)
    expect(one.get_by_role("radio")).to_have_count(2)
    page.fill("#id_q_count", "2")
    expect(page.get_by_role("group", name="Гость 2").get_by_label("Имя")).to_have_value("Пётр")
    expect(one.get_by_label("Полис")).to_be_checked()
    everything = page.locator("[data-q=q_all]")
    everything.get_by_label("Справка").check()
    everything.get_by_label("Паспорт").check()
    page.get_by_role("group", name="Паспорт").get_by_label("№").fill("11")
    page.get_by_role("group", name="Справка", exact=True).get_by_label("№").fill("22")
    page.get_by_label("Итак, Пётр: Паспорт, Справка").fill("так")
    total = page.locator("[data-q=q_sum] label")
    expect(total).to_have_text("Гость 1: Имя — Аня; Гость 2: Имя — Пётр; без бумаг; без фото; (по желанию)")
    page.locator("#id_q_docs_p_cert_later").check()
    expect(total).to_contain_text("Анкета: 2: принесут; без фото")
    page.set_input_files("#id_q_pics_files", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": uploads.picture()})
    expect(total).to_contain_text("принесут; 1 файл;")
    # The limit of a date is told as soon as the other date is known; a date beyond it is no answer yet.
    for part, text in (("day", "7"), ("month", "3"), ("year", "2026")):
        page.fill(f"#id_q_from_{part}", text)
    till = page.locator("[data-q=q_till]")
    expect(till.locator(".limits")).to_have_text(re.compile("^Не раньше 7 апреля 2026 года. Не позже"))
    for part, text in (("day", "1"), ("month", "4"), ("year", "2026")):
        page.fill(f"#id_q_till_{part}", text)
    expect(till.locator(".limits.bad")).to_have_text("Напишите дату не раньше 7 апреля 2026 года")
    axe(page)
    page.fill("#id_q_till_day", "8")
    expect(total).to_contain_text("1 файл; 8 апреля 2026 года")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("#id_q_phone", "8 900 000-00-00")
    page.get_by_role("button", name="Продолжить", exact=True).last.click()
    page.wait_for_url("**/check/")
    answers = Draft.objects.get().answers
    assert answers["q_guests"] == [{"id": "r1", "q_guest": "Аня"}, {"id": "r2", "q_guest": "Пётр"}]
    assert answers["q_papers"] == [{"id": "c_a", "q_no": "11"}, {"id": "c_c", "q_no": "22"}]
    assert (answers["q_one"], answers["q_main"]) == ("c_b", "r2")
    page.goto(address)
    page.locator("form[data-live]").wait_for()
    expect(page.get_by_role("group", name="Гость 2").get_by_label("Имя")).to_have_value("Пётр")
    expect(page.get_by_label("Итак, Пётр: Паспорт, Справка")).to_have_value("так")


def test_the_same_page_without_script(new_page: Callable[..., Any], address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    assert help_json()["title"] in page.title()
    page.fill("#id_q_count", "1")
    page.locator("[name=q_one][value=c_a]").check()
    page.locator("[name=q_all][value=none]").check()
    page.fill("#id_q_end", "так")
    page.fill("#id_q_phone", "8 900 000-00-00")
    page.get_by_role("button", name="Продолжить", exact=True).last.click()
    page.get_by_role("group", name="Гость 1").get_by_label("Имя").fill("Аня")
    page.get_by_role("button", name="Продолжить", exact=True).last.click()
    expect(page.get_by_role("radio", name="Аня")).to_have_count(1)
