"""From one device to another: the letter's link leaves no secret in the address, the history or the server's ears."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Draft, Team
from forms.notifications.models import Outbox
from tests.factories.definitions import published_form
from tests.factories.services import TerritoryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def help_form(live_server: Any, settings: Any) -> None:
    """«Попросить о помощи»; letters name the server that the browser knows."""
    settings.PUBLIC_URL = live_server.url
    TerritoryFactory(code="irkutsk", name="Иркутск")
    Team.objects.create(name="Отдел сопровождения", is_common=True)
    published_form()


def _fine(page: Any, axe: Callable[..., None]) -> None:
    page.mouse.move(0, 0)
    page.wait_for_load_state("load")
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished)).then(() => true)")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def _begin(page: Any) -> None:
    page.goto("/apply/help/s_you/")
    page.fill("#id_q_name_last", "Иванова")
    page.get_by_role("button", name="Продолжить позже").click()
    page.get_by_role("heading", name="Ответы сохранены").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_by_the_letter(new_page: Callable[..., Any], axe: Callable[..., None], help_form: None, script: bool) -> None:
    page = new_page(width=320, java_script_enabled=script)
    _begin(page)
    page.get_by_role("button", name="Прислать ссылку").click()
    page.get_by_role("alert").wait_for()
    if script:
        _fine(page, axe)
    page.get_by_label("Почта").fill("anna@example.ru")
    page.get_by_role("button", name="Прислать ссылку").click()
    page.get_by_text("Письмо со ссылкой уже в пути").wait_for()
    if script:
        _fine(page, axe)
    letter = Outbox.objects.get().body
    link, code = re.search(r"https?://\S+", letter)[0], re.search(r"Код: (\d{4} \d{4})", letter)[1]

    phone, heard = new_page(width=360, java_script_enabled=script), []
    phone.on("request", lambda request: heard.append(request.url + str(request.headers.get("referer"))))
    phone.goto(link)
    secret = code.replace(" ", "")
    if script:
        expect(phone.get_by_label("Код", exact=True)).to_have_value(secret)
        assert secret not in phone.url and phone.evaluate("history.length") <= 2
        _fine(phone, axe)
    else:
        phone.get_by_label("Номер", exact=True).fill(re.search(r"Номер: (\S+)", letter)[1])
        phone.get_by_label("Код", exact=True).fill(code)
    phone.get_by_role("button", name="Открыть ответы").click()
    expect(phone.locator("#id_q_name_last")).to_have_value("Иванова")
    assert not [each for each in heard if secret in each.partition("#")[0]]
    assert Draft.objects.count() == 1


def test_a_wrong_pair(page: Any, axe: Callable[..., None], help_form: None) -> None:
    page.goto("/apply/help/resume/")
    page.get_by_label("Номер", exact=True).fill("0-000-001")
    page.get_by_label("Код", exact=True).fill("1234 5678")
    page.get_by_role("button", name="Открыть ответы").click()
    expect(page.get_by_role("alert")).to_contain_text("Такой пары номера и кода нет")
    _fine(page, axe)
