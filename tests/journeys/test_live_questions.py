"""Questions appear and disappear on the page itself, in rows too; nothing typed is lost by it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Draft, Team
from forms.definitions import versions
from forms.definitions.models import Form
from tests.factories.definitions import published_form, question
from tests.factories.family import family, step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YES = {"q": "q_more", "op": "eq", "v": True}


@pytest.fixture
def address(live_server: Any) -> str:
    """A first step of every kind of change, and a second and third one that hang on its answers."""
    Team.objects.create(name="Отдел", is_common=True)
    first = step(
        "s_one",
        question("q_more", "yes_no", "Рассказать больше?"),
        question("q_born", "date", "Когда родились", required=False, show_if=YES),
        question(
            "q_age",
            "computed",
            "Вам",
            required=False,
            options={"expr": {"fn": "age", "of": [{"q": "q_born"}]}, "shown": True, "unit": "лет"},
        ),
        question("q_job", "short_text", "Где работаете", show_if={"q": "q_age", "op": "ge", "v": 18}),
        question("q_note", "short_text", "Примечание", required=False, required_if={"q": "q_job", "op": "answered"}),
    )
    steps = [
        first,
        step("s_two", question("q_two", "short_text", "Второе"), show_if=YES),
        step("s_three", question("q_phone", "phone", "Телефон")),
    ]
    published_form(slug="live", steps=steps)
    return f"{live_server.url}/apply/live/s_one/"


def live(page: Any, address: str) -> Any:
    """Open a step and wait until its rules are at work."""
    page.goto(address)
    page.locator("form[data-live]").wait_for()
    return page


def test_questions_appear_in_a_chain_and_keep_what_was_typed(page: Any, address: str, axe: Callable[..., None]) -> None:
    live(page, address)
    assert page.locator("#id_q_born_day").count() == 0
    assert page.locator(".where b").inner_text() == "Шаг 1 из 2."
    page.get_by_label("Да", exact=True).check()
    page.locator("#id_q_born_day").wait_for()
    assert page.evaluate("document.activeElement.value") == "yes", "the focus stays where it was"
    assert page.locator(".where b").inner_text() == "Шаг 1 из 3." and page.title().startswith("Шаг 1 из 3.")
    assert page.locator(".track i").count() == 3
    assert "Появился вопрос: Когда родились" in page.locator("#told").inner_text()
    for part, text in (("day", "7"), ("month", "марта"), ("year", "1980")):
        page.fill(f"#id_q_born_{part}", text)
    page.get_by_label("Где работаете").wait_for()
    assert int(page.locator("output").inner_text().removesuffix(" лет")) >= 46
    note = page.locator("[data-q=q_note] label")
    assert "(по желанию)" in note.inner_text()
    page.get_by_label("Где работаете").fill("Школа")
    expect(note).not_to_contain_text("по желанию")
    axe(page)
    page.get_by_label("Нет", exact=True).check()
    page.locator("#id_q_job").wait_for(state="detached")
    assert page.locator("#id_q_born_day").count() == 0 and page.locator("output").count() == 0
    page.get_by_label("Да", exact=True).check()
    assert page.get_by_label("Где работаете").input_value() == "Школа"
    page.fill("#id_q_note", "примечание")
    page.locator("main form .btn").click()
    page.wait_for_url("**/s_two/")
    assert Draft.objects.get().answers["q_born"] == "1980-03-07"


def test_what_is_hidden_is_not_sent(page: Any, address: str) -> None:
    live(page, address)
    page.get_by_label("Да", exact=True).check()
    page.fill("#id_q_born_year", "что-то")
    page.get_by_label("Нет", exact=True).check()
    page.locator("main form .btn").click()
    page.wait_for_url("**/s_three/")
    assert Draft.objects.get().answers == {"q_more": False}


def test_a_wrong_page_is_live_too(page: Any, address: str) -> None:
    live(page, address)
    page.get_by_label("Да", exact=True).check()
    page.fill("#id_q_born_year", "19")
    page.locator("main form .btn").click()
    page.locator(".oops").wait_for()
    page.locator("form[data-live]").wait_for()
    assert page.input_value("#id_q_born_year") == "19"
    page.get_by_label("Нет", exact=True).check()
    page.locator("#id_q_born_day").wait_for(state="detached")


def test_a_row_has_its_own_questions(page: Any, live_server: Any) -> None:
    form = Form.objects.create(slug="family", title="Семья")
    versions.publish(form, family())
    page.goto(f"{live_server.url}/apply/family/s_who/")
    page.locator("#id_q_who_0").check()
    page.fill("#id_q_name", "Анна")
    page.locator("main form .btn:not(.two)").click()
    page.wait_for_url("**/s_family/")
    for number in (1, 2, 3):
        page.get_by_role("button", name="Добавить ребёнка").click()
        page.locator(f"[id='id_q_kids.r{number}.q_kid']").wait_for()
    page.locator("form[data-live]").wait_for()
    for number, year in ((1, "2020"), (2, "1990"), (3, "2021")):
        page.fill(f"[id='id_q_kids.r{number}.q_kid']", "Имя")
        page.fill(f"[id='id_q_kids.r{number}.q_born_day']", "1")
        page.fill(f"[id='id_q_kids.r{number}.q_born_month']", "1")
        page.fill(f"[id='id_q_kids.r{number}.q_born_year']", year)
    page.locator("[id='id_q_kids.r1.q_school']").wait_for()
    page.locator("[id='id_q_kids.r3.q_school']").wait_for()
    assert page.locator("[id='id_q_kids.r2.q_school']").count() == 0
    assert page.locator("#id_q_tired").count() == 0, "two children under 18"
    page.fill("[id='id_q_kids.r2.q_born_year']", "2019")
    page.locator("#id_q_tired").wait_for()
    assert page.locator("[id='id_q_kids.r2.q_school']").is_visible()
