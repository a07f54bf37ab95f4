"""The journey by keyboard, by ear, through a keyhole and over a slow line; changes on the way back from the check."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application, Draft, Team
from tests.factories.definitions import published_form
from tests.factories.family import family_json
from tests.factories.services import TerritoryFactory
from tests.forms.apply.filling import YOU

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60_000
# Every input of the page: its role, its name, its description, and whether it is marked as wrong.
HEARD = """() => [...document.querySelectorAll('main form :is(input,select,textarea)')]
  .filter(each => each.type !== 'hidden' && each.offsetParent)
  .map(each => ({
    id: each.id,
    name: each.labels[0] ? each.labels[0].textContent.trim() : '',
    group: each.closest('fieldset') ? each.closest('fieldset').querySelector('legend').textContent.trim() : null,
    radio: each.type === 'radio',
    wrong: each.getAttribute('aria-invalid') === 'true'
      || !!each.closest('[role=radiogroup][aria-invalid=true]'),
    said: [...document.querySelectorAll((each.getAttribute('aria-describedby')
        || (each.closest('[aria-describedby]') || each).getAttribute('aria-describedby') || 'none')
      .split(' ').map(id => `[id='${id}']`).join(','))].map(one => one.textContent).join(' '),
  }))"""


@pytest.fixture
def help_form(live_server: Any) -> Iterator[None]:
    """«Попросить о помощи»."""
    TerritoryFactory(code="irkutsk", name="Иркутск")
    Team.objects.create(name="Отдел сопровождения", is_common=True)
    published_form()
    yield


def press(page: Any) -> None:
    page.locator("main form .btn:not(.two)").first.click()


def fill(page: Any) -> None:
    """All three steps up to the check."""
    page.goto("/apply/help/s_you/")
    for name, value in YOU.items():
        if name != "q_place":
            page.fill(f"#id_{name}", value)
    page.select_option("#id_q_place", "irkutsk")
    press(page)
    page.wait_for_url("**/s_family/", timeout=PATIENCE)
    page.check("#id_q_relation_1")
    press(page)
    page.wait_for_url("**/s_help/", timeout=PATIENCE)
    page.check("#id_q_topics_0")
    page.fill("#id_q_story", "Нужен психолог.")
    press(page)
    page.wait_for_url("**/check/", timeout=PATIENCE)


def test_the_keyboard_reaches_a_question_that_appears(page: Any, help_form: None) -> None:
    page.goto("/apply/help/s_you/")
    fill(page)
    page.goto("/apply/help/s_family/")
    page.locator("form[data-live]").wait_for()
    page.locator("#id_q_relation_1").focus()
    page.keyboard.press("ArrowUp")
    page.locator("#id_q_birth_day").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_q_relation_0"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_q_birth_day"
    page.keyboard.type("7")
    page.locator("#id_q_relation_0").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#id_q_birth_day").wait_for(state="detached")
    assert page.evaluate("document.activeElement.id") == "id_q_relation_1"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_what_a_screen_reader_says(new_page: Callable[..., Any], live_server: Any, script: bool) -> None:
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="family", **family_json())
    page = new_page(width=320, java_script_enabled=script)

    def all_named(wrong: bool = False) -> None:
        heard = page.evaluate(HEARD)
        assert heard
        for each in heard:
            assert each["name"], each
            assert each["group"] or not each["radio"], each
            assert not each["wrong"] or "Ошибка" in each["said"], each
        assert any(each["wrong"] for each in heard) is wrong
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto("/apply/family/s_who/")
    if not script:
        page.get_by_label("Как вас зовут").fill("Анна")
        assert page.get_by_role("radiogroup", name="Кем вы приходитесь").count() == 1
        return
    all_named()
    press(page)
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    all_named(wrong=True)
    page.check("[value=c_wife]")
    page.get_by_label("Как вас зовут").fill("Анна")
    press(page)
    page.get_by_role("button", name="Добавить ребёнка").click()
    page.get_by_role("group", name="Ребёнок 1").get_by_label("Имя").fill("Миша")
    all_named()
    press(page)
    page.get_by_role("alert").wait_for()
    all_named(wrong=True)


def test_a_slow_line(page: Any, help_form: None) -> None:
    wire = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 20_000, "uploadThroughput": 8_000}
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", slow)
    page.context.set_default_timeout(PATIENCE)
    fill(page)
    page.check("#consent")
    page.locator("main form .btn").first.dblclick()
    page.wait_for_url("**/receipt/*", timeout=PATIENCE)
    assert Application.objects.count() == 1 and Draft.objects.count() == 1


def test_each_answer_is_changed_and_the_way_back_is_short(page: Any, help_form: None) -> None:
    fill(page)
    links = page.locator(".answers .edit a")
    for number in range(links.count()):
        link = links.nth(number)
        anchor = link.get_attribute("href").partition("#")[2]
        link.click()
        page.locator("form[data-kept]").wait_for()
        assert page.locator(f"[id='{anchor}']").count() == 1, anchor
        page.get_by_role("button", name="Сохранить и вернуться").click()
        page.wait_for_url("**/check/", timeout=PATIENCE)
    page.get_by_role("link", name=re.compile(r"Изменить\s*: Телефон")).click()
    page.locator("form[data-kept]").wait_for()
    with page.expect_response(lambda response: response.url.endswith("/autosave/"), timeout=PATIENCE):
        page.fill("#id_q_phone", "8 900 000-00-0")
    page.get_by_role("link", name="Назад, к проверке ответов").click()
    expect(page.get_by_role("status").filter(has_text="остались изменения")).to_be_visible()
    expect(page.locator("#id_q_phone")).to_have_value("8 900 000-00-0")
    page.fill("#id_q_phone", "8 900 000-00-07")
    page.get_by_role("button", name="Сохранить и вернуться").click()
    page.wait_for_url("**/check/", timeout=PATIENCE)
    assert page.get_by_text("8 900 000-00-07").is_visible()
