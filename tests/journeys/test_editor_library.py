"""The editor of forms takes a template, puts in a shared block, and meets no barrier on the way."""

from contextlib import suppress

import pytest
from django.utils import timezone
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from forms.applications.models import FormCount
from forms.build.models import FormPage, SharedBlock
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


def test_new_form_funnel_and_copy_are_open_to_everybody(editor, axe) -> None:
    editor.goto("/admin/form-build/new/")
    editor.get_by_role("button", name="Взять шаблон «Жалоба или благодарность»").wait_for()
    axe(editor, include="main")
    editor.get_by_role("button", name="Загрузить").click()
    editor.get_by_role("alert").get_by_text("Выберите файл").wait_for()
    axe(editor, include="main")
    step = editor.form.form.versions.get().document["steps"][0]
    for about, kind in ((step["key"], "left"), (f"{step['fields'][1]['key']}:blank", "wrong")):
        FormCount.objects.create(form=editor.form.form, day=timezone.localdate(), kind=kind, about=about, count=9)
    editor.goto(f"/admin/form-build/{editor.form.pk}/funnel/")
    editor.get_by_role("heading", name="В чём ошибаются").wait_for()
    axe(editor, include="main")
    editor.goto(f"/admin/form-build/{editor.form.pk}/copy/")
    axe(editor, include="main")
    editor.get_by_label("Название копии").fill("Помощь пожилым")
    editor.get_by_role("button", name="Скопировать форму").click()
    editor.locator("#steps-root .q-insert").first.wait_for(state="attached")
    assert FormPage.objects.get(slug="pomoshch-pozhilym").title == "Помощь пожилым"


def show(modes, drawn, mode: str, heading: str) -> None:
    """Pick a preview mode; while an update of the preview is under way Wagtail does not hear of it, so again."""
    for _try in range(6):
        modes.select_option(label="Начальная страница")
        modes.select_option(label=mode)
        with suppress(PlaywrightTimeout):
            drawn.get_by_role("heading", name=heading, exact=True).wait_for(timeout=10_000)
            return
    expect(drawn.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def test_a_step_that_was_just_added_has_its_preview_narrow_and_wide(editor, axe) -> None:
    opened(editor)
    editor.evaluate("document.getElementById('steps-root').rootBlock.duplicateBlock(1)")
    place = editor.evaluate("document.getElementById('steps-root').rootBlock.children[2].prefix")
    title = editor.locator(f"[name='{place}-value-title']")
    title.fill("Ещё шаг")
    editor.locator("[data-side-panel-toggle=preview]").click()
    drawn = editor.frame_locator("#w-preview-iframe")
    expect(drawn.get_by_role("heading", level=1)).to_have_text("Попросить о помощи", timeout=60_000)
    modes = editor.get_by_label("Режим предпросмотра")
    modes.focus()
    expect(modes.locator("option")).to_have_text(
        ["Начальная страница", "На бумаге", "Кто вы", "Семья", "Ещё шаг", "Какая помощь нужна"]
    )
    show(modes, drawn, "Ещё шаг", "Ещё шаг")
    expect(drawn.get_by_role("radiogroup", name="Кем вы приходитесь участнику")).to_be_visible(timeout=60_000)
    expect(drawn.get_by_text("Появится, если").first).to_be_visible()
    widths = set()
    for size in ("mobile", "desktop"):
        editor.locator(f"[data-w-preview-target='size'][value='{size}']").check(force=True)
        widths.add(drawn.locator("html").evaluate("each => each.clientWidth"))
    assert min(widths) < 400 < 1000 < max(widths)
    show(modes, drawn, "На бумаге", "1. Кто вы")


@pytest.mark.parametrize("width", [360, 1280])
def test_paper_is_open_to_everybody(editor, new_page, axe, width: int) -> None:
    visitor = new_page(width=width)
    visitor.goto("/forms/help/")
    visitor.get_by_role("link", name="Распечатать и заполнить от руки").click()
    visitor.get_by_role("heading", name="Согласие и подпись").wait_for()
    axe(visitor)
    assert visitor.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_condition_inside_of_a_shared_block_is_picked_from_its_own_questions(editor, axe) -> None:
    block = SharedBlock.objects.get(name="Адрес")
    editor.goto(f"/admin/snippets/form_build/sharedblock/edit/{block.pk}/")
    editor.locator("#questions-root .q-insert").first.wait_for(state="attached")
    place = editor.evaluate("document.getElementById('questions-root').rootBlock.children[3].prefix")
    editor.get_by_role("region", name="Адрес по паспорту").get_by_role(
        "button", name="Переключить раздел"
    ).first.click()
    picker = editor.locator(f".q-cond:has([name='{place}-value-show_if'])")
    picker.get_by_role("button", name="Показывать, если „Вы живёте там же, где прописаны?“ — это „Нет“").click()
    offered = picker.get_by_label("Вопрос", exact=True)
    expect(offered.locator("option")).to_have_text(
        ["Где вы живёте", "Адрес, где вы живёте", "Вы живёте там же, где прописаны?"]
    )
    axe(editor, include=".q-cond:has(fieldset)")
