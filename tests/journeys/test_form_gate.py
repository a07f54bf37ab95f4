"""From a slip in a draft to a published form: the editor sees what is wrong, tries the form out and publishes it."""

import datetime
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forms.applications import actions
from forms.applications.models import Application, Draft
from forms.build.models import FormPage
from forms.definitions import versions
from forms.definitions.models import Form
from tests.factories.applications import team
from tests.factories.forms import answers_by_key, form_page, publish
from tests.factories.services import TerritoryFactory
from tests.journeys.publishing import PATIENCE, press_publish

pytestmark = pytest.mark.browser

# Into a question that is folded away.
TYPE = "(input, words) => { input.value = words; input.dispatchEvent(new Event('input', {bubbles: true})); }"


@pytest.fixture
def form(grant_page_rights):
    TerritoryFactory(code="irkutsk", name="Иркутск")
    page = form_page()
    grant_page_rights()
    return page


@pytest.fixture
def open_editor(form, new_page, person, sign_in_browser):
    """Open the editor of the form in a window of this look."""
    user = person("formeditor")

    def opened(**look):
        page = new_page(**look)
        sign_in_browser(page, user)
        page.goto(f"/admin/pages/{form.pk}/edit/")
        until(page, "!!document.getElementById('steps-root')?.rootBlock")
        # What is typed before Wagtail has taken stock of the form is not seen as a change.
        until(page, "!!window.wagtail?.app?.queryController('w-unsaved')?.initialFormData")
        return page

    return opened


def until(page, expression: str) -> None:
    """Wait until it is true; the policy of the admin lets no polling expression into the page."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(100)


def label_of(form: FormPage, words: str) -> str:
    """Selector of the input with the words of a question."""
    blocks = form.steps.get_prep_value()
    found = next(q["id"] for step in blocks for q in step["value"]["questions"] if q["value"]["label"] == words)
    return f"[id='block-{found}-section'] [data-contentpath='label'] input"


def test_findings_follow_the_draft_and_lead_to_their_question(form, open_editor, axe) -> None:
    editor = open_editor()
    findings = editor.locator("#form-findings")
    expect(findings).to_contain_text("Ошибок в форме нет")
    axe(editor, include="#form-findings")
    field = editor.locator(label_of(form, "Телефон"))
    field.evaluate(TYPE, "")
    expect(findings).to_contain_text("1 ошибка", timeout=PATIENCE)
    expect(findings.get_by_role("status")).to_contain_text("1 ошибка")
    axe(editor, include="#form-findings")
    expect(field).not_to_be_visible()
    findings.get_by_role("link", name="Напишите вопрос").click()
    expect(field).to_be_focused(timeout=PATIENCE)
    field.fill("Ваш телефон")
    expect(findings).to_contain_text("Ошибок в форме нет", timeout=PATIENCE)
    editor.get_by_role("tab", name="Согласие и приём").click()
    editor.get_by_label("что будет дальше").fill("")
    expect(findings.locator("li")).to_have_count(1, timeout=PATIENCE)
    editor.get_by_role("tab", name="Вопросы").click()
    findings.get_by_role("link", name="Напишите, что будет после отправки").click()
    expect(editor.get_by_label("что будет дальше")).to_be_focused(timeout=PATIENCE)


def answer_everything(page) -> None:
    """Fill the help form in and come to the page with all answers."""
    page.get_by_label("Фамилия").fill("Иванова")
    page.get_by_label("Имя", exact=True).fill("Мария")
    page.get_by_label("Отчество").first.fill("Петровна")
    page.get_by_label("Телефон").fill("89000000000")
    page.get_by_label("Где живёте").select_option(label="Иркутск")
    page.get_by_role("button", name="Продолжить", exact=True).click()
    page.get_by_label("Мать или отец").check()
    page.get_by_role("button", name="Продолжить", exact=True).click()
    page.get_by_label("юрист").check()
    page.get_by_label("Своими словами").fill("Нужна помощь")
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page.get_by_role("heading", name="Проверьте ответы")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("look", [{"width": 1280}, {"width": 360, "color_scheme": "dark"}], ids=["wide", "narrow-dark"])
def test_an_editor_tries_a_change_out_and_publishes_it(form, open_editor, axe, look) -> None:
    editor = open_editor(width=1280, color_scheme=look.get("color_scheme", "light"))
    field = editor.locator(label_of(form, "Когда удобно говорить"))
    field.evaluate(
        "(i) => { i.value = 'В какое время звонить'; i.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    press_publish(editor)
    editor.set_viewport_size({"width": look["width"], "height": 800})
    expect(editor.get_by_role("heading", name="Осталось 1 из 9")).to_be_visible(timeout=PATIENCE)
    change = editor.get_by_text("Вопрос «Когда удобно говорить» теперь звучит так: «В какое время звонить»")
    expect(change).to_be_visible()
    expect(editor.get_by_role("button", name="Опубликовать", exact=True)).to_have_count(0)
    axe(editor)
    assert editor.evaluate("document.documentElement.scrollWidth") <= look["width"]
    editor.get_by_role("button", name="Пройти пробную заявку").click()
    mark = editor.get_by_role("note", name="Проба")
    expect(mark).to_be_visible(timeout=PATIENCE)
    axe(editor)
    answer_everything(editor)
    expect(mark).to_be_visible()
    editor.locator("#consent").check()
    editor.get_by_role("button", name="Отправить заявку").click()
    expect(editor.get_by_role("heading", name="Проба прошла")).to_be_visible(timeout=PATIENCE)
    axe(editor)
    assert editor.evaluate("document.documentElement.scrollWidth") <= look["width"]
    assert not Application.objects.exists() and not Draft.objects.exists()
    editor.get_by_role("link", name="К готовности формы").click()
    expect(editor.get_by_role("heading", name="Всё готово")).to_be_visible(timeout=PATIENCE)
    axe(editor)
    editor.get_by_role("button", name="Опубликовать", exact=True).click()
    expect(editor.get_by_text("опубликована, версия 2")).to_be_visible(timeout=PATIENCE)
    assert "В какое время звонить" in {field.label for field in versions.current("help")[1].fields}


def test_a_form_with_everything_missing_says_so(form, open_editor, axe) -> None:
    form.receipt_text = form.consent_text = ""
    form.retention_months = 0
    form.save_revision()
    editor = open_editor(color_scheme="dark")
    expect(editor.locator("#form-findings li.is-error")).to_have_count(3)
    axe(editor, include="#form-findings")
    editor.goto(f"/admin/form-build/{form.pk}/ready/")
    expect(editor.get_by_role("heading", name="Осталось 4 из 9")).to_be_visible()
    axe(editor)
    editor.get_by_role("link", name="Слова после отправки").click()
    expect(editor.get_by_label("что будет дальше")).to_be_focused(timeout=PATIENCE)


@pytest.mark.parametrize("look", [{"width": 1280}, {"width": 360, "color_scheme": "dark"}], ids=["wide", "narrow-dark"])
def test_dry_run_and_versions_have_no_violation(form, new_page, person, sign_in_browser, axe, look) -> None:
    team()
    version = versions.latest("help")
    actions.submit_answers(version, answers_by_key(version), 1, "api", "one-of-the-past")
    steps = form.steps.get_prep_value()
    draft = publish(form, title="Помощь семье", steps=FormPage._meta.get_field("steps").to_python(steps[::2]))
    draft.steps = FormPage._meta.get_field("steps").to_python(steps[:1])
    draft.save_revision()
    page = new_page(**look)
    sign_in_browser(page, person("admin"))
    for place, words in (
        ("dry-run/?n=50", "Не было бы шага"),
        ("versions/", "первая публикация"),
        ("versions/1/", "Вернуть эту версию"),
        ("versions/2/", "сейчас на сайте"),
        ("ready/", "Примерить на прошлых заявках"),
    ):
        page.goto(f"/admin/form-build/{form.pk}/{place}")
        expect(page.get_by_text(words).first).to_be_visible()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= look["width"], place


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": timezone.make_aware(datetime.datetime(2126, 12, 1, 9, 0))},
        {"closes_at": timezone.make_aware(datetime.datetime(2020, 12, 1, 9, 0))},
        {"most_applications": 0},
    ],
    ids=["early", "late", "full"],
)
def test_a_form_that_takes_nothing_now_says_so_everywhere(form, new_page, axe, fields) -> None:
    page = new_page(width=360)
    page.goto(f"/apply/{form.slug}/")
    page.get_by_label("Фамилия").fill("Иванова")
    FormPage.objects.filter(pk=form.pk).update(**fields)
    Form.objects.update(**fields, closed_message="Позвоните в центр: 8 800 000-00-00.")
    page.get_by_role("button", name="Продолжить", exact=True).click()
    expect(page.get_by_text("Позвоните в центр")).to_be_visible(timeout=PATIENCE)
    axe(page)
    page.goto("/forms/help/")
    expect(page.get_by_role("link", name="Начать")).to_have_count(0)
    axe(page)
