"""The preview of a step runs its conditions while the editor tries answers; nothing of it leaves the tab."""

from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from forms.applications.models import Application, Draft, Upload
from tests.factories.definitions import question
from tests.factories.family import family_json, step
from tests.factories.forms import form_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def show(modes: Any, drawn: Any, index: int, heading: str) -> None:
    """Pick a mode of the preview; the panel may be drawing another one at the moment and forget it."""
    wanted = drawn.get_by_role("heading", name=heading, exact=True, level=1)
    for _try in range(6):
        modes.select_option(index=0 if index else 1)
        modes.select_option(index=index)
        with suppress(PlaywrightTimeout):
            wanted.wait_for(timeout=10_000)
            return
    expect(wanted).to_be_visible()


def test_an_editor_tries_a_step_in_its_preview(
    page: Any, person: Any, sign_in_browser: Any, grant_page_rights: Any, axe: Any
) -> None:
    form = form_page("family", **family_json(team=None, rules=[]))
    grant_page_rights()
    sign_in_browser(page, person("formeditor"))
    page.goto(f"/admin/pages/{form.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").click()
    modes = page.get_by_label("Режим предпросмотра")
    drawn = page.frame_locator("#w-preview-iframe")
    expect(drawn.get_by_role("heading", level=1)).to_have_text("Семья", timeout=60_000)
    show(modes, drawn, 3, "Семья: заявитель")
    drawn.locator("form[data-live]").wait_for(timeout=60_000)
    child = drawn.get_by_role("group", name="Ребёнок 1")
    # A question inside of the row appears by its answer, words follow, rows come by ticks: as an applicant will see it.
    expect(child.get_by_label("Где учится")).to_have_count(0)
    child.get_by_label("Имя").fill("Миша")
    born = child.get_by_role("group", name="Когда родился Миша")
    for part, text in (("День", "7"), ("Месяц", "3"), ("Год", "2020")):
        born.get_by_label(part).fill(text)
    child.get_by_label("Где учится").wait_for()
    drawn.get_by_label("Свидетельство").check()
    drawn.get_by_role("group", name="Свидетельство").get_by_label("Номер").wait_for()
    axe(page.locator("#w-preview-iframe").element_handle().content_frame())
    assert drawn.locator("html").evaluate("each => each.scrollWidth <= window.innerWidth")
    drawn.get_by_role("button", name="Скопировать «Ребёнок 1»").click()
    second = drawn.get_by_role("group", name="Ребёнок 2")
    expect(second.get_by_label("Имя")).to_have_value("Миша")
    second.get_by_label("Где учится").wait_for()
    drawn.get_by_role("button", name="Убрать «Ребёнок 1»").click()
    expect(drawn.get_by_role("group", name="Ребёнок 1").get_by_label("Имя")).to_have_value("Миша")
    drawn.get_by_role("button", name="Добавить ребёнка").click()
    drawn.get_by_role("group", name="Ребёнок 2").get_by_label("Имя").fill("Оля")
    drawn.get_by_role("group", name="Когда родился Оля").wait_for()
    drawn.get_by_role("button", name="Убрать «Ребёнок 1»").click()
    drawn.get_by_role("group", name="Ребёнок 1").get_by_label("Имя").fill("Миша")
    drawn.get_by_role("button", name="Добавить ребёнка").click()
    drawn.get_by_role("group", name="Ребёнок 2").get_by_label("Имя").fill("Вера")
    # What was tried is there again when the preview is drawn anew, rows too; «Продолжить» sends nothing.
    drawn.get_by_role("button", name="Продолжить").click()
    show(modes, drawn, 3, "Семья: заявитель")
    expect(drawn.get_by_label("Имя").first).to_have_value("Миша", timeout=60_000)
    expect(drawn.get_by_role("group", name="Ребёнок 2").get_by_label("Имя")).to_have_value("Вера")
    assert not (Draft.objects.exists() or Application.objects.exists() or Upload.objects.exists())


def test_the_preview_plays_stops_and_checks_and_says_earlier_answers(
    page: Any, person: Any, sign_in_browser: Any, grant_page_rights: Any, axe: Any
) -> None:
    rich = {"op": "all", "of": [{"q": "q_sum", "op": "gt", "v": 100}, {"q": "q_kid", "op": "eq", "v": False}]}
    less = {"q": "q_sum", "op": "lt", "to": {"q": "q_least"}}
    rules = [
        {"key": "k_a", "kind": "stop", "if": rich, "message": "Доход слишком большой.", "link": "/", "hard": True},
        {"key": "k_b", "kind": "check", "if": less, "message": "Доход меньше наименьшего", "fields": ["q_sum"]},
    ]
    first = step("s_a", question("q_name", "short_text", "Имя"), question("q_kid", "yes_no", "Есть дети"))
    asked = [question("q_least", "whole_number", "Наименьший"), question("q_sum", "whole_number", "Доход")]
    second = step("s_b", *asked, question("q_phone", "phone", "Телефон"), title="Помощь: {q_name|вам}")
    form = form_page("plays", steps=[first, second | {"lead": "Детей нет? {q_kid|Не знаем}"}], rules=rules)
    grant_page_rights()
    sign_in_browser(page, person("formeditor"))
    page.goto(f"/admin/pages/{form.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").click()
    drawn = page.frame_locator("#w-preview-iframe")
    expect(drawn.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    show(page.get_by_label("Режим предпросмотра"), drawn, 3, "Помощь: вам")
    drawn.locator("form[data-live]").wait_for(timeout=60_000)
    plays = drawn.locator("#plays")
    expect(plays).to_be_hidden()
    drawn.get_by_text("Ответы на прежние шаги").click()
    drawn.get_by_label("Имя").fill("Анне")
    expect(drawn.get_by_role("heading", level=1)).to_have_text("Помощь: Анне")
    drawn.get_by_label("Нет", exact=True).check()
    expect(drawn.locator("p.lead")).to_have_text("Детей нет? Нет")
    drawn.get_by_label("Доход").fill("200")
    expect(plays).to_contain_text("форма ему не подойдёт")
    expect(plays).to_contain_text("Доход слишком большой.")
    drawn.get_by_label("Наименьший").fill("300")
    expect(plays).to_contain_text("Шаг не примут")
    expect(plays).to_contain_text("Доход: Доход меньше наименьшего")
    axe(page.locator("#w-preview-iframe").element_handle().content_frame())
    drawn.get_by_label("Наименьший").fill("100")
    drawn.get_by_label("Да", exact=True).check()
    expect(plays).to_be_hidden()
