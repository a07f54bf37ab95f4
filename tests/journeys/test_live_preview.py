"""The preview of a step runs its conditions while the editor tries answers; nothing of it leaves the tab."""

from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from forms.applications.models import Application, Draft, Upload
from tests.factories.family import family_json
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
    # What was tried is there again when the preview is drawn anew; «Продолжить» sends nothing.
    drawn.get_by_role("button", name="Продолжить").click()
    show(modes, drawn, 3, "Семья: заявитель")
    expect(drawn.get_by_label("Имя").first).to_have_value("Миша", timeout=60_000)
    assert not (Draft.objects.exists() or Application.objects.exists() or Upload.objects.exists())
