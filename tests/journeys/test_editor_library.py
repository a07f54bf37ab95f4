"""The editor of forms takes a template, puts in a shared block, and meets no barrier on the way."""

import pytest

from forms.build.models import FormPage
from tests.factories.forms import form_index, form_page
from tests.journeys.publishing import publish

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(page, person, sign_in_browser, grant_page_rights):
    """The editor of forms, signed in, on a site with one form."""
    form_index()
    page.form = form_page()
    grant_page_rights()
    sign_in_browser(page, person("formeditor"))
    return page


def opened(editor) -> None:
    """The form in the editor."""
    editor.goto(f"/admin/pages/{editor.form.pk}/edit/")
    editor.locator("#steps-root .q-insert").first.wait_for(state="attached")


def state(editor) -> list[dict]:
    return editor.evaluate("document.getElementById('steps-root').rootBlock.getState()")


def test_a_shared_block_goes_into_a_step_and_asks_itself(editor, axe) -> None:
    opened(editor)
    before = len(state(editor)[1]["value"]["questions"])
    insert = editor.get_by_role("button", name="Вставить готовый блок").nth(1)
    insert.click()
    offered = editor.get_by_role("group", name="Готовые блоки вопросов")
    offered.get_by_role("button", name="Адрес").wait_for()
    axe(editor, include=".q-insert:has(.q-blocks:not([hidden]))")
    offered.get_by_role("button", name="Адрес").click()
    editor.get_by_text("Блок вставлен: Адрес").wait_for()
    questions = state(editor)[1]["value"]["questions"]
    assert [question["type"] for question in questions[before:]] == ["territory", "address", "yes_no", "address"]
    assert questions[-1]["value"]["show_if"]["q"] == questions[-2]["id"]
    editor.get_by_role("button", name="Показывать, если „Вы живёте там же, где прописаны?“ — это „Нет“").wait_for()
    insert.click()
    offered.get_by_role("button", name="Адрес").click()
    editor.get_by_role("button", name="Показывать, если „Вы живёте там же, где прописаны?“").nth(1).wait_for()
    ids = [question["id"] for question in state(editor)[1]["value"]["questions"]]
    assert len(set(ids)) == len(ids)
    publish(editor, editor.form.pk)
    page = FormPage.objects.get(pk=editor.form.pk).get_latest_revision_as_object()
    assert len(page.steps.get_prep_value()[1]["value"]["questions"]) == before + 8


def test_new_form_and_copy_are_open_to_everybody(editor, axe) -> None:
    editor.goto("/admin/form-build/new/")
    editor.get_by_role("button", name="Взять шаблон «Жалоба или благодарность»").wait_for()
    axe(editor, include="main")
    editor.get_by_role("button", name="Загрузить").click()
    editor.get_by_role("alert").get_by_text("Выберите файл").wait_for()
    axe(editor, include="main")
    editor.goto(f"/admin/form-build/{editor.form.pk}/copy/")
    axe(editor, include="main")
    editor.get_by_label("Название копии").fill("Помощь пожилым")
    editor.get_by_role("button", name="Скопировать форму").click()
    editor.locator("#steps-root .q-insert").first.wait_for(state="attached")
    assert FormPage.objects.get(slug="pomoshch-pozhilym").title == "Помощь пожилым"
