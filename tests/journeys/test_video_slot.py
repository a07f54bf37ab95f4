"""Whoever loads the demo books a talk by video at a support point: page, form, seat, staff, and the seat goes on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from forms.applications import actions, journal
from forms.applications.models import Application
from forms.definitions import versions
from forms.registrations import links, offers
from forms.registrations.models import Registration, Session
from tests.factories.answering import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
TITLE = "Специалист по\u00a0видеосвязи в\u00a0Ангарске"


@pytest.fixture
def irkutsk() -> None:
    call_command("load_region", "irkutsk", verbosity=0)


def _next(page: Any, heading: str) -> None:
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def _whole(page: Any, axe: Callable[..., None]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    axe(page)


def _somebody_else(key: str) -> Application:
    """Sends the same form for the same time, past the browser."""
    version, definition = versions.current("video")
    named = {each.type: each.key for each in definition.fields}
    given = {named["meeting"]: key, named["full_name"]: {"last": "Петрова", "first": "Вера", "middle": ""}}
    return actions.submit_answers(version, fill(definition, lambda _count: 0, **given), 1, "api", "Вера")


def test_a_slot_is_booked_seen_given_back_and_offered_on(
    irkutsk: None,
    new_page: Callable[..., Any],
    axe: Callable[..., None],
    sign_in_browser: Callable[[Any, Any], None],
    person: Callable[..., Any],
) -> None:
    page = new_page(**PHONE)
    page.goto("/groups/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("Выберите время").first).to_be_visible()
    _whole(page, axe)
    page.locator(".slot").first.click()
    expect(page.get_by_role("heading", level=1, name="Когда прийти")).to_be_visible()
    expect(page.get_by_role("combobox", name="Свободное время")).to_have_value(
        re.compile("^Вторник.+, 10:00. Специалист")
    )
    key = page.locator("select[data-seek]").first.input_value()
    page.get_by_label("Ничего особенного").check()
    _whole(page, axe)
    _next(page, "О чём поговорить")
    page.get_by_label("К психологу").check()
    page.get_by_label("Что хотите спросить").fill("Как помочь сыну заснуть")
    page.get_by_label("Нет", exact=True).check()
    _next(page, "Кто придёт")
    page.get_by_label("Фамилия").first.fill("Иванова")
    page.get_by_label("Имя", exact=True).first.fill("Мария")
    page.get_by_label("Телефон").fill("8 900 000-00-00")
    page.get_by_role("combobox", name="Где вы живёте").fill("Ангар")
    page.get_by_role("option", name="Ангарский городской округ").click()
    page.get_by_label("Сколько ещё человек придёт с вами").fill("0")
    page.get_by_label("Я", exact=True).check()
    _next(page, "Проверьте ответы")
    page.locator("#consent").check()
    page.get_by_role("button", name="Отправить заявку").click()
    expect(page.get_by_role("heading", level=1, name="Заявка принята")).to_be_visible()
    expect(page.get_by_text("Место подтверждено")).to_be_visible()
    _whole(page, axe)
    vera = _somebody_else(key)
    page.goto("/groups/video-angarsk/")
    expect(page.locator(".slot.wait").first).to_contain_text("занято, можно ждать")

    staff = new_page(width=1280)
    sign_in_browser(staff, person("admin"))
    staff.goto("/admin/queue/meetings/")
    staff.locator(f"a[href*='/meetings/{key}/']").click()
    expect(staff.get_by_text("Занято 1 из 1")).to_be_visible()
    expect(staff.get_by_text("Иванова Мария")).to_be_visible()
    axe(staff, include="main")

    page.goto(links.path_of(Application.objects.order_by("pk").first()))
    page.get_by_role("button", name="Отменить запись").click()
    expect(page.get_by_role("status")).to_contain_text("Запись отменена")
    offers.run()
    page.goto(links.path_of(vera))
    expect(page.get_by_text("Место предложено")).to_be_visible()
    page.get_by_role("button", name="Подтвердить место").click()
    expect(page.get_by_role("status")).to_contain_text("Место подтверждено")
    assert [row.state for row in Registration.objects.order_by("pk")] == ["cancelled", "confirmed"]
    assert Session.objects.get().taken == 1 and not list(journal.problems())
