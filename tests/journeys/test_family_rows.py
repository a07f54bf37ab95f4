"""Family members in rows on the narrowest screen, and what may stand in the way: axe at each state, Enter goes on."""

from collections.abc import Callable
from typing import Any

import pytest

from forms.applications.models import Team
from forms.definitions.models import Form
from tests.factories.definitions import published_form
from tests.factories.family import family_json

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_rows_stops_and_a_closed_form(new_page: Callable[..., Any], axe: Callable[..., None], live_server: Any) -> None:
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="family", **family_json())
    page = new_page(width=320)

    def fine() -> None:
        page.mouse.move(0, 0)
        page.wait_for_load_state("load")
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished)).then(() => true)")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    page.goto("/apply/family/s_who/")
    page.check("[value=c_other]")
    page.fill("#id_q_name", "Мария")
    page.press("#id_q_name", "Enter")
    page.get_by_role("heading", name="Эта форма не подойдёт").wait_for()
    fine()
    page.get_by_role("link", name="Изменить ответы").click()
    page.check("[value=c_wife]")
    page.press("#id_q_name", "Enter")
    page.get_by_role("button", name="Добавить ребёнка").click()
    child = page.get_by_role("group", name="Ребёнок 1")
    child.get_by_label("Имя").fill("Миша")
    page.get_by_role("button", name="Скопировать «Ребёнок 1»").click()
    page.wait_for_url("**/s_family/#id_q_kids.r2")
    fine()
    page.press("[name='q_kids.r2.q_kid']", "Enter")
    page.locator(".oops").wait_for()
    fine()
    page.get_by_role("link", name="Ребёнок 2. Когда родился Миша").click()
    assert page.evaluate("document.activeElement.name") == "q_kids.r2.q_born_day"
    for row in ("2", "1"):
        page.get_by_role("button", name=f"Убрать «Ребёнок {row}»").click()
        page.get_by_role("group", name=f"Ребёнок {row}").wait_for(state="detached")
    page.get_by_role("button", name="Продолжить", exact=True).last.click()
    page.wait_for_url("**/s_contact/")
    Form.objects.update(is_open=False)
    page.reload()
    page.get_by_role("heading", name="Приём заявок закрыт").wait_for()
    fine()
