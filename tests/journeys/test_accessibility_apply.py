"""Every state of the journey for everybody: axe, keyboard, no script, 320 px, a double click, two tabs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from forms.applications import codes
from forms.applications.models import Application, Team
from tests.factories.definitions import published_form
from tests.factories.services import TerritoryFactory
from tests.forms.apply.filling import FAMILY, YOU

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def help_form(live_server: Any) -> Iterator[None]:
    """«Попросить о помощи» with a municipality and a team."""
    TerritoryFactory(code="irkutsk", name="Иркутск")
    Team.objects.create(name="Отдел сопровождения", is_common=True)
    published_form()
    yield


def _send(page: Any) -> None:
    # With script the step may wait for what is being saved: the click alone says nothing.
    with page.expect_navigation():
        page.locator("main form .btn").first.click()


def _answer_you(page: Any) -> None:
    for name, value in YOU.items():
        if name != "q_place":
            page.fill(f"#id_{name}", value)
    page.select_option("#id_q_place", "irkutsk")
    _send(page)


def _answer_family(page: Any) -> None:
    page.check("#id_q_relation_1")
    page.fill("#id_q_wishes", FAMILY["q_wishes"])
    _send(page)


def _answer_help(page: Any) -> None:
    page.check("#id_q_topics_0")
    page.fill("#id_q_story", "Нужен психолог.")
    _send(page)


def _settled(page: Any) -> None:
    """The style is there and nothing is under the pointer, so that axe sees what a reader sees."""
    page.mouse.move(0, 0)
    page.wait_for_load_state("load")
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished)).then(() => true)")


def _states(page: Any, *, script: bool = True) -> Iterator[str]:
    """Walk through every state of the journey and stop at each."""
    page.goto("/apply/help/")
    yield "first step"
    _send(page)
    yield "first step, wrong"
    _answer_you(page)
    yield "second step"
    page.check("#id_q_relation_0")
    if not script:
        _send(page)
    page.locator("#id_q_birth_day").wait_for()
    yield "questions appeared"
    page.fill("#id_q_birth_day", "40")
    _send(page)
    yield "date, wrong"
    _answer_family(page)
    _send(page)
    yield "third step, wrong"
    with page.expect_navigation():
        page.get_by_role("button", name="Продолжить позже").click()
    yield "later"
    with page.expect_navigation():
        page.get_by_role("link", name="Продолжить сейчас").click()
    _answer_help(page)
    yield "check"
    _send(page)
    yield "check, wrong"
    page.check("#consent")
    _send(page)
    yield "receipt"
    page.goto("/requests/")
    yield "requests"
    _send(page)
    yield "requests, wrong"
    application = Application.objects.get()
    page.fill("#id_number", application.public_number)
    page.fill("#id_code", "1")
    _send(page)
    yield "requests, no such pair"
    page.fill("#id_code", codes.code_for(application))
    _send(page)
    yield "status"
    page.goto("/apply/help/receipt/")
    with page.expect_navigation():
        page.get_by_role("button", name="Готово").click()
    yield "forgotten"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_page: Callable[..., Any], axe: Callable[..., None], help_form: None, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    for state in _states(page):
        _settled(page)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), state


def test_large_type_on_a_small_screen(
    new_page: Callable[..., Any], axe: Callable[..., None], help_form: None, live_server: Any
) -> None:
    page = new_page(width=320)
    look = {"name": "look", "value": "black-on-white.3.sans.wide.on.closed", "url": live_server.url}
    page.context.add_cookies([look])
    for state in _states(page):
        _settled(page)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), state


def test_without_script(new_page: Callable[..., Any], help_form: None) -> None:
    page = new_page(width=360, java_script_enabled=False)
    assert list(_states(page, script=False))[-1] == "forgotten"
    assert Application.objects.count() == 1


def test_keyboard_only(new_page: Callable[..., Any], help_form: None) -> None:
    page = new_page()
    page.goto("/apply/help/")

    def reach(selector: str) -> None:
        for _step in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached with Tab on {page.url}")

    def type_into(name: str, text: str) -> None:
        reach(f"#id_{name}")
        page.keyboard.type(text)

    reach("main form .btn")
    page.keyboard.press("Enter")
    page.wait_for_selector(".oops")
    reach(".oops a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_q_name_last"
    page.keyboard.type("Иванова")
    type_into("q_name_first", "Мария")
    type_into("q_phone", "89000000000")
    reach("#id_q_place")
    page.keyboard.press("ArrowDown")
    reach("main form .btn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s_family/")
    reach("#id_q_relation_0")
    page.keyboard.press("ArrowDown")
    reach("main form .btn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s_help/")
    reach("#id_q_topics_0")
    page.keyboard.press("Space")
    type_into("q_story", "Нужен психолог.")
    reach("main form .btn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/")
    reach("#consent")
    page.keyboard.press("Space")
    reach("main form .btn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/")
    assert Application.objects.get().name == "Иванова Мария"


def test_double_click_and_two_tabs_send_once(new_page: Callable[..., Any], help_form: None) -> None:
    page = new_page()
    page.goto("/apply/help/")
    _answer_you(page)
    _answer_family(page)
    _answer_help(page)
    page.check("#consent")
    twin = page.context.new_page()
    twin.goto("/apply/help/check/")
    twin.check("#consent")
    page.locator("main form .btn").dblclick()
    page.wait_for_url("**/receipt/*")
    _send(twin)
    twin.wait_for_url("**/receipt/*")
    assert Application.objects.count() == 1
    assert twin.locator(".slip").inner_text() == page.locator(".slip").inner_text()
