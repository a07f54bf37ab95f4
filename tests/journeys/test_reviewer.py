"""A reviewer's morning: what burns, one taken, one closed with an explanation, by keyboard and without script too."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from forms.applications import actions
from forms.applications.models import Application
from forms.notifications import delivery
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWER = "Дрова привезут 2 декабря.\n\nПеред выездом водитель позвонит."


@pytest.fixture
def reviewer(person: Callable[..., Any]) -> Any:
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def application(reviewer: Any) -> Application:
    made = make.new(q_story="Дрова на зиму для родителей")
    Application.objects.filter(pk=made.pk).update(due_on=timezone.localdate())
    return made


def test_from_the_menu_to_the_letter(page: Any, reviewer: Any, application: Application, sign_in_browser: Any) -> None:
    sign_in_browser(page, reviewer)
    page.goto("/admin/")
    page.get_by_role("link", name="Очередь").click()
    assert page.get_by_role("link", name="Горит сегодня 1").get_attribute("aria-current") == "page"
    row = page.get_by_role("row", name=application.public_number)
    assert row.get_by_text("сегодня").is_visible()
    row.get_by_role("link", name="Иванова М. П.").click()
    page.get_by_role("heading", name="Дрова на зиму для родителей").wait_for()
    page.get_by_role("button", name="Взять в работу").click()
    page.get_by_text(f"Обращение {application.public_number} теперь ваше.").wait_for()
    page.get_by_role("link", name="Закрыть: решено").click()
    page.get_by_label("Объяснение простыми словами").fill(ANSWER)
    seen = page.get_by_role("region", name="Так увидит заявитель")
    assert seen.get_by_text("Помощь оказана").is_visible()
    assert seen.get_by_text("Перед выездом водитель позвонит.").is_visible()
    page.get_by_role("button", name="Отправить и закрыть").click()
    page.get_by_text(f"Обращение {application.public_number} закрыто.").wait_for()
    assert page.get_by_role("group", name="Действия с обращением").count() == 0
    page.get_by_role("complementary", name="События").get_by_text("Закрыто: решено").wait_for()
    assert delivery.drain() == 2
    letter = mail.outbox[-1]
    assert ANSWER in letter.body
    assert "Павлова" not in letter.body


def test_moves_need_no_script(new_page: Any, reviewer: Any, application: Application, sign_in_browser: Any) -> None:
    page = new_page(java_script_enabled=False)
    sign_in_browser(page, reviewer)
    page.goto(f"/admin/queue/{application.pk}/")
    page.get_by_role("button", name="Взять в работу").click()
    page.get_by_role("link", name="Закрыть: разъяснено").click()
    page.get_by_role("button", name="Отправить и закрыть").click()
    assert page.get_by_role("alert").get_by_text("Напишите, что сделано").is_visible()
    page.get_by_label("Объяснение простыми словами").fill(ANSWER)
    page.get_by_role("button", name="Посмотреть, как прочтёт заявитель").click()
    assert page.get_by_role("region", name="Так увидит заявитель").get_by_text("Дрова привезут").count() == 2
    assert page.get_by_label("Объяснение простыми словами").input_value() == ANSWER
    page.get_by_role("button", name="Отправить и закрыть").click()
    assert page.get_by_text(f"Обращение {application.public_number} закрыто.").is_visible()


def test_by_keyboard_alone(page: Any, reviewer: Any, application: Application, sign_in_browser: Any) -> None:
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/")
    _tab_to(page, "Иванова М. П.")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/queue/{application.pk}/**")
    _tab_to(page, "Взять в работу")
    page.keyboard.press("Enter")
    page.get_by_text("теперь ваше").wait_for()
    _tab_to(page, "Закрыть: решено")
    page.keyboard.press("Enter")
    # The step opens over the card with the hand on its first field.
    expect(page.get_by_label("Объяснение простыми словами")).to_be_focused()
    page.keyboard.type("Готово, дрова у вас.")
    _tab_to(page, "Отправить и закрыть")
    page.keyboard.press("Enter")
    page.get_by_text("закрыто.").first.wait_for()
    application.refresh_from_db()
    assert application.explanation == "Готово, дрова у вас."


def test_search_and_filter_without_a_reload(page: Any, reviewer: Any, sign_in_browser: Any) -> None:
    first = make.new(q_name={"last": "Ёлкина", "first": "Анна", "middle": ""})
    taken = make.in_work(reviewer)
    sign_in_browser(page, reviewer)
    page.goto("/admin/queue/?folder=open")
    page.get_by_role("row", name=taken.public_number).wait_for()
    page.get_by_role("textbox", name="Поиск обращений").press_sequentially("елкина")
    page.get_by_text("Ищем «елкина» во всех папках").wait_for()
    assert page.get_by_role("row", name=first.public_number).is_visible()
    assert page.get_by_role("row", name=taken.public_number).count() == 0
    page.get_by_role("link", name="Сбросить поиск").click()
    page.wait_for_url(lambda address: "q=" not in address)
    page.get_by_role("row", name=taken.public_number).wait_for()
    page.locator("[data-filters] summary").click()
    page.get_by_role("checkbox", name="в работе").check()
    page.locator("[data-filters]").get_by_role("button", name="Показать").click()
    page.wait_for_url("**state=in_work**")
    page.get_by_role("row", name=taken.public_number).wait_for()
    page.get_by_role("row", name=first.public_number).wait_for(state="detached")
    assert "folder=open" in page.url
    assert "state=in_work" in page.url


def test_two_people_on_one_card(new_page: Any, reviewer: Any, person: Callable[..., Any], sign_in_browser: Any) -> None:
    lead = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", lead)
    application = make.in_work(reviewer)
    page = new_page()
    sign_in_browser(page, reviewer)
    page.goto(f"/admin/queue/{application.pk}/explain/")
    page.get_by_label("Объяснение простыми словами").fill(ANSWER)
    actions.resolve(application.pk, lead, 2, "Уже привезли.")
    page.get_by_role("button", name="Отправить и закрыть").click()
    alert = page.get_by_role("alert").filter(has_text="карточку только что изменили")
    alert.wait_for()
    assert alert.get_by_text("Закрыто: решено, Левченко А.").is_visible()
    assert page.get_by_label("Объяснение простыми словами").input_value() == ANSWER


def _tab_to(page: Any, wanted: str) -> None:
    """Press Tab until the focus stands on the control of this id, or whose name begins so (its key may follow)."""
    for _press in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "wanted => { const { id, innerText } = document.activeElement;"
            " return id === wanted || (innerText ?? '').trim().startsWith(wanted) }",
            wanted,
        )
        if found:
            return
    raise AssertionError(f"the keyboard never reached {wanted}")
