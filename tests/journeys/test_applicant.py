"""An applicant with a phone: asks for help, slips, mends it, sends, reads the receipt, comes back by its number."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications import actions, codes
from forms.applications.models import Application, Team
from tests.factories.definitions import published_form
from tests.factories.services import TerritoryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def help_form(live_server: Any) -> Iterator[None]:
    """«Попросить о помощи» with a municipality and a team."""
    TerritoryFactory(code="irkutsk", name="Иркутск")
    Team.objects.create(name="Отдел сопровождения", is_common=True)
    published_form()
    yield


def _fits(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def _fill(page: Any, script: bool) -> None:
    """From the first step to the receipt, with one mistake on the way."""
    page.goto("/apply/help/")
    expect(page).to_have_title(re.compile(r"^Шаг 1 из 3"))
    page.get_by_label("Фамилия").fill("Иванова")
    page.get_by_label("Имя", exact=True).fill("Мария")
    page.get_by_label("Телефон").fill("8 900")
    page.get_by_label("Где живёте").select_option(label="Иркутск")
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page).to_have_title(re.compile(r"^Ошибка: Шаг 1 из 3"))
    expect(page.get_by_role("alert")).to_be_visible()
    _fits(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#id_q_phone")).to_be_focused()
    expect(page.get_by_label("Фамилия")).to_have_value("Иванова")
    page.get_by_label("Телефон").fill("8 900 000-00-00")
    page.get_by_role("button", name="Продолжить", exact=True).click()

    page.get_by_label("Супруга или супруг").check()
    if script:
        page.get_by_role("group", name="Когда родился младший ребёнок").wait_for()
    else:
        page.get_by_role("button", name="Продолжить", exact=True).click()
        expect(page.get_by_text("появились ещё вопросы")).to_be_visible()
    page.get_by_role("button", name="Продолжить", exact=True).click()

    page.get_by_label("поговорить с психологом").check()
    page.get_by_label("Своими словами").fill("Нужен психолог для дочери.")
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page).to_have_title(re.compile(r"^Проверьте ответы"))
    _fits(page)
    page.get_by_role("link", name=re.compile(r"Изменить\s*: Телефон")).click()
    page.get_by_label("Телефон").fill("8 900 000-00-01")
    page.get_by_role("button", name="Сохранить и вернуться").click()
    expect(page.get_by_text("8 900 000-00-01")).to_be_visible()
    page.get_by_text("Полный текст согласия").click()
    expect(page.get_by_text("мои персональные данные")).to_be_visible()
    page.get_by_label("Разрешаю обработать").check()
    page.get_by_role("button", name="Отправить заявку").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_the_first_step_to_the_answer(
    new_page: Callable[..., Any], help_form: None, person: Callable[..., Any], script: bool
) -> None:
    page = new_page(**PHONE, java_script_enabled=script)
    _fill(page, script)
    expect(page.get_by_role("heading", name="Заявка принята")).to_be_visible()
    _fits(page)
    application = Application.objects.get()
    number, code = application.public_number, codes.shown(codes.code_for(application))
    expect(page.get_by_text(number)).to_be_visible()
    expect(page.get_by_text(code)).to_be_visible()
    page.go_back()
    page.reload()
    assert Application.objects.count() == 1
    page.goto("/apply/help/receipt/")
    page.get_by_role("button", name="Готово, забыть на этом устройстве").click()
    expect(page.get_by_text("заявки больше нет")).to_be_visible()

    reviewer = person("reviewer")
    Team.objects.get().members.add(reviewer)
    actions.take(application.pk, reviewer, expected=1)
    actions.explain(application.pk, reviewer, expected=2, explanation="Психолог ждёт вас 1 декабря.")
    page.get_by_role("link", name="Найти заявку").click()
    page.get_by_label("Номер заявки").fill(number)
    page.get_by_label("Код для проверки").fill(code)
    page.get_by_role("button", name="Посмотреть").click()
    expect(page.get_by_text("Психолог ждёт вас 1 декабря.")).to_be_visible()
    page.wait_for_url("**/requests/status/")
    _fits(page)
    page.get_by_role("button", name="Выйти").click()
    page.goto("/requests/status/")
    assert page.url.endswith("/requests/")
