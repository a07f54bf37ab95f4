"""A bad line, two tabs, a closed page: not a word is lost and nothing is sent twice."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application, Draft, Team
from tests.factories.definitions import published_form
from tests.factories.services import TerritoryFactory
from tests.forms.apply.filling import YOU

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60_000
SAVED = re.compile(r"Ответы сохранены в \d")


@pytest.fixture
def help_form(live_server: Any) -> Iterator[None]:
    """«Попросить о помощи»."""
    TerritoryFactory(code="irkutsk", name="Иркутск")
    Team.objects.create(name="Отдел сопровождения", is_common=True)
    published_form()
    yield


def opened(page: Any, step: str = "s_you") -> Any:
    """The step with its script at work."""
    page.goto(f"/apply/help/{step}/")
    page.locator("form[data-kept]").wait_for()
    return page


def saved(page: Any) -> None:
    """Wait until the page says that the server has it."""
    expect(page.locator(".saved")).to_have_text(SAVED, timeout=PATIENCE)
    expect(page.locator("#trouble")).to_be_hidden(timeout=PATIENCE)


def typed(name: str, step: str = "s_you") -> list[str]:
    """What the server holds of an input that is being typed."""
    draft = Draft.objects.first()
    return (draft.typed.get(step) or {}).get(name, []) if draft else []


def eventually(page: Any, check: Callable[[], bool]) -> None:
    """Wait until the server has heard of it."""
    end = time.monotonic() + PATIENCE / 1000
    while not check():
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def press(page: Any) -> None:
    page.locator("main form .btn").first.click()


def answer_you(page: Any) -> None:
    for name, value in YOU.items():
        if name != "q_place":
            page.fill(f"#id_{name}", value)
    page.select_option("#id_q_place", "irkutsk")


def test_the_first_word_is_kept_while_it_is_typed(page: Any, help_form: None, axe: Callable[..., None]) -> None:
    opened(page)
    page.fill("#id_q_name_last", "Ива")
    saved(page)
    axe(page)
    page.reload()
    assert page.input_value("#id_q_name_last") == "Ива"
    assert Draft.objects.count() == 1 and Draft.objects.get().answers == {}


def test_what_is_typed_before_the_script_comes_is_kept_too(page: Any, help_form: None) -> None:
    late: list[Any] = []

    def hold(route: Any) -> None:
        late.append(route)

    page.route("**/step*.js", hold)
    page.goto("/apply/help/s_you/", wait_until="commit")
    page.fill("#id_q_name_last", "Ива")
    eventually(page, lambda: bool(late))
    late.pop().continue_()
    saved(page)
    assert typed("q_name_last") == ["Ива"]


def test_leaving_the_page_at_once_keeps_the_words(page: Any, help_form: None) -> None:
    opened(page)
    page.fill("#id_q_name_last", "Иванова")
    page.goto("/requests/")
    eventually(page, lambda: typed("q_name_last") == ["Иванова"])
    page.evaluate("sessionStorage.clear()")
    opened(page)
    expect(page.locator("#id_q_name_last")).to_have_value("Иванова")


def test_a_lost_line_is_said_quietly_and_mended(page: Any, help_form: None, axe: Callable[..., None]) -> None:
    opened(page)
    page.context.set_offline(True)
    page.fill("#id_q_name_last", "Иванова")
    expect(page.locator("#trouble")).to_contain_text("Нет связи. Ответы остались", timeout=PATIENCE)
    axe(page)
    press(page)
    expect(page.locator("#trouble")).to_contain_text("шаг пока не отправлен", timeout=PATIENCE)
    assert page.url.endswith("/s_you/") and page.input_value("#id_q_name_last") == "Иванова"
    page.context.set_offline(False)
    saved(page)
    assert Draft.objects.get().typed["s_you"]["q_name_last"] == ["Иванова"]


def test_words_that_never_left_survive_a_reload(page: Any, help_form: None) -> None:
    opened(page)
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("#id_q_name_last", "Иванова")
    expect(page.locator("#trouble")).to_contain_text("Нет связи", timeout=PATIENCE)
    page.unroute("**/autosave/")
    page.evaluate("navigator.sendBeacon = () => false")
    page.reload()
    expect(page.locator("#id_q_name_last")).to_have_value("Иванова")
    saved(page)


def test_an_answer_of_the_server_that_got_lost_is_no_quarrel(page: Any, help_form: None) -> None:
    opened(page)

    def swallow(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/autosave/", swallow, times=1)
    page.fill("#id_q_name_last", "Иванова")
    expect(page.locator("#trouble")).to_contain_text("Нет связи", timeout=PATIENCE)
    page.fill("#id_q_name_first", "Мария")
    saved(page)
    typed = Draft.objects.get().typed["s_you"]
    assert typed["q_name_last"] == ["Иванова"] and typed["q_name_first"] == ["Мария"]


def test_a_step_lost_on_the_way_is_back_after_the_error_page(page: Any, help_form: None) -> None:
    opened(page)

    def broken(route: Any) -> None:
        route.fulfill(status=502, body="<p>Bad gateway") if route.request.method == "POST" else route.continue_()

    page.route("**/s_you/autosave/", lambda route: route.abort())
    page.route("**/s_you/", broken)
    page.evaluate("navigator.sendBeacon = () => false")
    answer_you(page)
    # Past the script's own doubts about the line.
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('form[data-step]'))")
    page.get_by_text("Bad gateway").wait_for(timeout=PATIENCE)
    page.unroute("**/s_you/")
    page.unroute("**/s_you/autosave/")
    opened(page)
    expect(page.locator("#id_q_phone")).to_have_value(YOU["q_phone"])
    press(page)
    page.wait_for_url("**/s_family/")
    assert Draft.objects.get().answers["q_phone"] == "+79000000000"


def test_two_tabs_and_neither_loses_a_word(page: Any, help_form: None) -> None:
    opened(page)
    answer_you(page)
    press(page)
    page.wait_for_url("**/s_family/")
    opened(page, "s_you")
    twin = opened(page.context.new_page(), "s_you")
    page.fill("#id_q_name_first", "Мария")
    page.fill("#id_q_name_middle", "Павловна")
    eventually(page, lambda: typed("q_name_middle") == ["Павловна"])
    twin.fill("#id_q_name_first", "Анна")
    expect(twin.locator("#trouble")).to_contain_text("в другой вкладке", timeout=PATIENCE)
    press(twin)
    expect(twin.get_by_role("alert")).to_contain_text("В другой вкладке на эти вопросы ответили иначе")
    assert twin.input_value("#id_q_name_first") == "Анна"
    assert typed("q_name_middle") == ["Павловна"]
    press(twin)
    twin.wait_for_url("**/s_family/")
    assert Draft.objects.get().answers["q_name"]["first"] == "Анна"


def test_a_double_click_on_every_button_sends_once(page: Any, help_form: None) -> None:
    opened(page)
    answer_you(page)
    page.locator("main form .btn").first.dblclick()
    page.wait_for_url("**/s_family/")
    page.locator("form[data-live]").wait_for()
    page.check("#id_q_relation_1")
    page.locator("main form .btn").first.dblclick()
    page.wait_for_url("**/s_help/")
    page.locator("form[data-live]").wait_for()
    page.check("#id_q_topics_0")
    page.fill("#id_q_story", "Нужен психолог.")
    page.locator("main form .btn").first.dblclick()
    page.wait_for_url("**/check/")
    page.check("#consent")
    page.locator("main form .btn").first.dblclick()
    page.wait_for_url("**/receipt/*")
    assert Application.objects.count() == 1 and Draft.objects.count() == 1
    assert page.evaluate("Object.keys(sessionStorage).length") == 0


def test_the_back_button_shows_the_answers(page: Any, help_form: None) -> None:
    opened(page)
    answer_you(page)
    press(page)
    page.wait_for_url("**/s_family/")
    page.go_back()
    expect(page.locator("#id_q_phone")).to_have_value(YOU["q_phone"])
    page.locator("form[data-kept]").wait_for()
    page.fill("#id_q_phone", "8 900 000-00-01")
    press(page)
    page.wait_for_url("**/s_family/")
    assert Draft.objects.get().answers["q_phone"] == "+79000000001"
