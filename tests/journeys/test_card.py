"""The card in a browser: a note by keyboard, whom it calls, texts that survive, two people at one card."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forms.applications import actions, labelling, staffing
from forms.applications.models import Application, Note, PendingMove, UnsentText
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "light"), (1280, "dark"), (768, "light")]


@pytest.fixture
def people(person: Callable[..., Any]) -> list[Any]:
    named = (("reviewer", "Павлова", "Ирина"), ("lead", "Лапин", "Денис"))
    users = [person(role, last_name=last, first_name=first, job_title="психолог") for role, last, first in named]
    make.team("Иркутск", *users)
    return users


@pytest.fixture
def rows(people: list[Any]) -> list[Application]:
    """Two of a form that asks staff, in work; with a note, labels, a changed urgency."""
    document = definitions.help_json()
    kinds = [{"key": "yes", "label": "Да, до 30 ноября"}, {"key": "no", "label": "Не нужен"}]
    asked = [
        definitions.question("q_agreed", "short_text", "Что согласовано с районом"),
        definitions.question("q_visit", "choice", "Нужен выезд на дом", options={"choices": kinds}),
        definitions.question("q_day", "date", "Когда выезд"),
    ]
    document["steps"][2]["fields"] += [each | {"staff": True} for each in asked]
    version = definitions.published_form(steps=document["steps"])
    made = []
    for number in range(2):
        answers = definitions.help_answers(q_story=f"Дрова на зиму {number}")
        new = actions.submit_answers(version, answers, 1, "site", f"key {number}")
        Application.objects.filter(pk=new.pk).update(due_on=timezone.localdate() + timezone.timedelta(days=number))
        made.append(actions.take(new.pk, people[0], 1))
    labels = labelling.named(["печное отопление", "пожилые", "многодетные"])
    labelling.put(made[0], labels[:2])
    wanted = staffing.Wanted(raw={"q_agreed": "Дрова: 5 куб. м"}, urgency=1, reason="Печь треснула")
    staffing.save(made[0].pk, people[0], made[0].version, wanted)
    return [Application.objects.get(pk=each.pk) for each in made]


def test_a_note_by_keyboard_calls_a_colleague(page: Any, people: Any, rows: Any, sign_in_browser: Any) -> None:
    sign_in_browser(page, people[0])
    page.goto(f"/admin/queue/{rows[0].pk}/?folder=mine")
    page.keyboard.press("KeyR")
    note = page.get_by_label("Увидят только сотрудники")
    expect(note).to_be_focused()
    page.keyboard.type("@лап")
    expect(page.get_by_role("option", name="Денис Лапин, психолог")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.type("в районе обещали дрова")
    expect(note).to_have_value("@Лапин Д. в районе обещали дрова")
    page.keyboard.press("Escape")
    page.keyboard.press("KeyN")
    letter = page.get_by_role("textbox", name="Письмо заявителю")
    expect(letter).to_be_focused()
    # What was meant for colleagues never stands in the letter.
    expect(letter).to_have_value("")
    expect(note).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("KeyR")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Позвали: Лапин Д.").wait_for()
    shown = page.get_by_role("complementary", name="События").get_by_role("listitem").filter(has_text="обещали дрова")
    expect(shown.locator(".q-at")).to_have_text("@Лапин Д.")
    assert Note.objects.filter(text__contains="обещали").count() == 1
    page.get_by_text("Заметки", exact=True).click()
    expect(page.get_by_text("Взято в работу")).to_be_hidden()
    page.keyboard.press("KeyL")
    page.wait_for_url(f"**/queue/{rows[1].pk}/?folder=mine")
    page.keyboard.press("Shift+KeyL")
    page.wait_for_url(f"**/queue/{rows[0].pk}/?folder=mine")
    page.keyboard.press("Escape")
    page.wait_for_url("**/queue/?folder=mine")


def test_what_is_typed_survives_the_page(page: Any, people: Any, rows: Any, sign_in_browser: Any) -> None:
    sign_in_browser(page, people[0])
    page.goto(f"/admin/queue/{rows[0].pk}/")
    page.get_by_label("Увидят только сотрудники").fill("Начало заметки")
    page.get_by_text("Черновик сохранён, не отправлен").wait_for()
    page.locator(".q-switch").get_by_text("Письмо заявителю").click()
    page.get_by_role("textbox", name="Письмо заявителю").fill("Здравствуйте")
    page.goto(f"/admin/queue/{rows[1].pk}/")
    page.goto(f"/admin/queue/{rows[0].pk}/")
    expect(page.get_by_label("Увидят только сотрудники")).to_have_value("Начало заметки")
    page.locator(".q-switch").get_by_text("Письмо заявителю").click()
    expect(page.get_by_role("textbox", name="Письмо заявителю")).to_have_value("Здравствуйте")
    page.get_by_role("button", name="Проверить и отправить").click()
    dialog = page.get_by_role("dialog", name="Спросить заявителя")
    expect(dialog.get_by_label("Что прочтёт заявитель")).to_have_value("Здравствуйте")
    dialog.get_by_label("Что прочтёт заявитель").fill("Здравствуйте, Мария")
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Письмо заявителю")).to_be_focused()
    expect(page.get_by_role("textbox", name="Письмо заявителю")).to_have_value("Здравствуйте, Мария")
    page.keyboard.press("Control+Enter")
    expect(dialog.get_by_label("Что прочтёт заявитель")).to_have_value("Здравствуйте, Мария")
    # Sent at once after its last word: what the page keeps while it is typed must not come back as a draft.
    dialog.get_by_label("Что прочтёт заявитель").fill("Здравствуйте, Мария. Ждём вас")
    dialog.get_by_role("button", name="Отправить", exact=True).click()
    page.locator(".q-ev").get_by_text("Здравствуйте, Мария. Ждём вас").wait_for()
    expect(page.locator("#letter-text")).to_have_value("")
    assert not UnsentText.objects.filter(kind="letter").exists()
    assert not PendingMove.objects.exists()


def test_two_people_at_one_card(new_page: Any, people: Any, rows: Any, sign_in_browser: Any) -> None:
    pages = [new_page(), new_page()]
    for page, user in zip(pages, people, strict=True):
        sign_in_browser(page, user)
        page.goto(f"/admin/queue/{rows[0].pk}/")
    mine, theirs = pages
    expect(theirs.get_by_text("Павлова И. смотрит")).to_be_visible()
    mine.evaluate("document.dispatchEvent(new Event('card:look'))")
    expect(mine.get_by_text("Лапин Д. смотрит")).to_be_visible()
    theirs.goto("/admin/queue/?folder=open")
    expect(theirs.get_by_text("Павлова И. смотрит")).to_be_visible()
    mine.evaluate("document.dispatchEvent(new Event('card:look'))")
    expect(mine.get_by_text("Лапин Д. смотрит")).to_be_hidden()
    staffing.save(rows[0].pk, people[1], rows[0].version, staffing.Wanted(raw={"q_agreed": "Иначе"}))
    mine.evaluate("document.dispatchEvent(new Event('card:look'))")
    expect(mine.get_by_text("Карточку изменили.")).to_be_visible()
    mine.get_by_label("Что согласовано с районом").fill("Моё")
    mine.get_by_role("button", name="Сохранить", exact=True).click()
    expect(mine.get_by_text("карточку только что изменили")).to_be_visible()
    expect(mine.get_by_label("Что согласовано с районом")).to_have_value("Моё")


def test_everything_without_a_script(new_page: Any, people: Any, rows: Any, sign_in_browser: Any) -> None:
    page = new_page(java_script_enabled=False)
    sign_in_browser(page, people[0])
    page.goto(f"/admin/queue/{rows[0].pk}/?folder=mine")
    page.get_by_label("Увидят только сотрудники").fill("@Лапин, без скрипта")
    page.get_by_role("button", name="Сохранить заметку").click()
    page.get_by_text("Позвали: Лапин Д.").wait_for()
    page.get_by_label("Нужен выезд на дом").select_option(label="Не нужен")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.get_by_text("Нужен выезд на дом: пусто → Не нужен").first.wait_for()
    page.get_by_role("link", name="Следующее обращение").click()
    page.wait_for_url(f"**/queue/{rows[1].pk}/?folder=mine")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_violation(new_page: Any, people: Any, rows: Any, sign_in_browser: Any, axe: Any, width, scheme) -> None:
    page = new_page(width=width, color_scheme=scheme)
    sign_in_browser(page, people[0])
    page.goto(f"/admin/queue/{rows[0].pk}/?folder=mine")
    page.get_by_label("Увидят только сотрудники").fill("@лап")
    page.locator(".q-offer [role=option]").first.wait_for()
    _seen(page, f"card-{width}-{scheme}")
    axe(page)
    page.keyboard.press("Escape")
    page.locator(".q-switch").get_by_text("Письмо заявителю").click()
    page.get_by_text("Добавить метку").click()
    axe(page)
    page.get_by_label("Срочность", exact=True).select_option(label="немедленно")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.get_by_text("Напишите, почему меняете").wait_for()
    axe(page)
    _seen(page, f"card-wrong-{width}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _seen(page: Any, name: str) -> None:
    """For the eye: PORTAL_SHOTS names a folder."""
    if folder := os.environ.get("PORTAL_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
