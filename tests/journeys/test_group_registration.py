"""A mother with a phone: sees the seats, registers, gives the seat back; who waited is offered it and confirms."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications import journal
from forms.applications.models import Application
from forms.registrations import links, offers
from forms.registrations.models import Registration
from tests.factories import applications, registrations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def _whole(page: Any, axe: Callable[..., None]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    axe(page)


def test_a_seat_is_taken_given_back_and_offered_on(
    live_server: Any, new_page: Callable[..., Any], axe: Callable[..., None]
) -> None:
    applications.team()
    group = registrations.group(seats=1)
    page = new_page(**PHONE)
    page.goto("/groups/deti/")
    expect(page.get_by_text("Свободно").first).to_be_visible()
    _whole(page, axe)
    page.get_by_role("link", name="Записаться").first.click()
    expect(page.get_by_role("heading", level=1, name="Какая встреча")).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_checked()
    _whole(page, axe)
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Кто вы")).to_be_visible()
    page.get_by_label("Фамилия").first.fill("Иванова")
    page.get_by_label("Имя", exact=True).first.fill("Мария")
    page.get_by_label("Телефон").fill("8 900 000-00-00")
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Проверьте ответы")).to_be_visible()
    page.locator("#consent").check()
    page.get_by_role("button", name="Отправить заявку").click()
    expect(page.get_by_role("heading", level=1, name="Заявка принята")).to_be_visible()
    expect(page.get_by_text("Место подтверждено")).to_be_visible()
    _whole(page, axe)

    waiting = registrations.register(group, "Вера")
    page.goto("/groups/deti/")
    expect(page.get_by_text("Мест нет. В листе ожидания 1 человек")).to_be_visible()

    page.goto(links.path_of(Application.objects.order_by("pk").first()))
    _whole(page, axe)
    page.get_by_role("button", name="Отменить запись").click()
    expect(page.get_by_role("status")).to_contain_text("Запись отменена")
    offers.run()

    second = new_page(**PHONE)
    second.goto(links.path_of(waiting))
    expect(second.get_by_text("Место предложено")).to_be_visible()
    _whole(second, axe)
    second.get_by_role("button", name="Подтвердить место").click()
    expect(second.get_by_role("status")).to_contain_text("Место подтверждено")
    assert [row.state for row in Registration.objects.order_by("pk")] == ["cancelled", "confirmed"]
    assert not list(journal.problems())


def test_the_month_and_the_staff_screen_hold_on_every_width(
    live_server: Any,
    new_page: Callable[..., Any],
    axe: Callable[..., None],
    sign_in_browser: Callable[[Any, Any], None],
    person: Callable[..., Any],
) -> None:
    applications.team()
    group = registrations.group()
    registrations.register(group, "Анна")
    public = new_page(**PHONE)
    wide = new_page(width=1280)
    month = f"{registrations.session(group).starts:%Y-%m}"
    for page in (public, wide):
        page.goto(f"/groups/month/{month}/")
        expect(page.get_by_role("link", name="Группа для детей").first).to_be_visible()
        _whole(page, axe)
    staff = new_page(width=1280)
    sign_in_browser(staff, person("admin"))
    staff.goto("/admin/queue/meetings/")
    staff.locator(".m-table a").first.click()
    expect(staff.get_by_text("Занято 1 из 2")).to_be_visible()
    axe(staff, include="main")
    staff.get_by_role("link", name="Отменить или перенести встречу").click()
    staff.get_by_label("Встречи не будет").check()
    staff.get_by_label("Причина, её прочитают записанные").fill("Ведущий заболел")
    staff.get_by_role("button", name="Показать письмо").click()
    expect(staff.get_by_role("heading", name="Что узнают записанные")).to_be_visible()
    axe(staff, include="main")
    staff.get_by_role("button", name="Изменить встречу и разослать").click()
    expect(staff.get_by_text("Занято 0 из 2")).to_be_visible()
