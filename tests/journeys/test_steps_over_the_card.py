"""Steps open over the card: by keyboard alone, nothing typed is lost, the focus comes back, axe finds nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications import actions
from forms.applications.models import AnswerTemplate, Application, PendingMove
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWER = "Дрова привезут 2 декабря."


@pytest.fixture
def lead(person: Callable[..., Any]) -> Any:
    user = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", user)
    return user


def _dialog(page: Any, name: str) -> Any:
    return page.get_by_role("dialog", name=name)


def test_take_ask_and_resolve_by_keyboard_alone(page: Any, lead: Any, sign_in_browser: Any) -> None:
    application = make.new()
    sign_in_browser(page, lead)
    page.goto("/admin/queue/?folder=unassigned")
    expect(page.locator("[data-keys-hint]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Иванова М. П.")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/queue/{application.pk}/**")
    expect(page.get_by_role("button", name="Взять в работу")).to_be_visible()
    page.keyboard.press("KeyD")
    page.get_by_text("теперь ваше").wait_for()
    page.keyboard.press("KeyC")
    dialog = _dialog(page, "Спросить заявителя")
    expect(dialog.get_by_role("radio", name="Задать вопрос")).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_label("Что прочтёт заявитель")).to_be_focused()
    page.keyboard.type("Когда вам удобно говорить?")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Больше не ждать").wait_for()
    application.refresh_from_db()
    assert application.state == "waiting_applicant"
    page.keyboard.press("KeyP")
    dialog = _dialog(page, "Закрыть: решено")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Объяснение простыми словами").focus()
    page.keyboard.type(ANSWER)
    expect(dialog.get_by_role("region", name="Так увидит заявитель").get_by_text(ANSWER)).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.get_by_text("закрыто.").first.wait_for()
    expect(dialog).to_be_hidden()
    application.refresh_from_db()
    assert (application.state, application.explanation) == ("resolved", ANSWER)


def test_nothing_typed_is_nothing_kept(page: Any, lead: Any, sign_in_browser: Any) -> None:
    application = make.in_work(lead)
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/?folder=mine")
    expect(page.get_by_role("link", name="Отложить")).to_be_visible()
    page.keyboard.press("KeyJ")
    expect(_dialog(page, "Отложить")).to_be_visible()
    page.keyboard.press("Escape")
    expect(_dialog(page, "Отложить")).to_be_hidden()
    assert not PendingMove.objects.exists()


def test_escape_keeps_what_was_typed_and_gives_the_focus_back(page: Any, lead: Any, sign_in_browser: Any) -> None:
    application = make.in_work(lead)
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/?folder=mine")
    opener = page.get_by_role("link", name="Отложить")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = _dialog(page, "Отложить")
    dialog.get_by_label("Что прочтёт заявитель").fill("Ждём ответа района")
    # Letters of the keyboard map are letters here, and nothing behind the dialog acts.
    dialog.get_by_role("heading", name="Отложить").click()
    page.keyboard.press("KeyP")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    page.get_by_text("Набранное сохранено").wait_for()
    assert PendingMove.objects.get().data["notice"] == "Ждём ответа района"
    page.keyboard.press("KeyJ")
    expect(dialog.get_by_label("Что прочтёт заявитель")).to_have_value("Ждём ответа района")
    dialog.get_by_role("button", name="Закрыть окно").click()
    expect(dialog).to_be_hidden()
    page.reload()
    page.get_by_role("link", name="Открыть набранное").click()
    expect(dialog.get_by_label("Что прочтёт заявитель")).to_have_value("Ждём ответа района")
    assert page.url.endswith(f"/queue/{application.pk}/?folder=mine")


def test_what_is_wrong_stale_or_lost_keeps_the_text(
    page: Any, lead: Any, person: Any, sign_in_browser: Any, axe: Any
) -> None:
    application, other = make.in_work(lead), person("lead", "other", last_name="Лапин", first_name="Денис")
    make.team("Иркутск", other)
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/")
    page.keyboard.press("KeyP")
    dialog = _dialog(page, "Закрыть: решено")
    dialog.get_by_role("button", name="Отправить и закрыть").click()
    dialog.get_by_role("alert").get_by_text("Напишите, что сделано").wait_for()
    expect(dialog.get_by_label("Объяснение простыми словами")).to_be_focused()
    axe(page)
    page.keyboard.type(ANSWER)
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Отправить и закрыть").click()
    dialog.get_by_role("alert").get_by_text("Набранное цело").wait_for()
    expect(dialog.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    page.context.set_offline(False)
    actions.explain(application.pk, other, 2, "Уже объяснили.")
    dialog.get_by_role("button", name="Отправить и закрыть").click()
    dialog.get_by_text("карточку только что изменили").wait_for()
    expect(dialog.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    axe(page)


def test_enter_in_a_line_shows_and_sends_nothing(page: Any, lead: Any, sign_in_browser: Any) -> None:
    application = make.in_work(lead)
    AnswerTemplate.objects.create(title="Не положено", action="refuse", text="Другое")
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/")
    page.get_by_text("Ещё", exact=True).click()
    page.get_by_role("link", name="Закрыть: отказано").click()
    dialog = _dialog(page, "Закрыть: отказано")
    dialog.get_by_label("Объяснение простыми словами").fill(ANSWER)
    dialog.get_by_label("Что человеку делать дальше").fill("Подайте заявление.")
    dialog.get_by_label("Норма").fill("Пункт 4")
    page.keyboard.press("Enter")
    dialog.get_by_text("Письмо на почту").wait_for()
    expect(dialog.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    assert Application.objects.get(pk=application.pk).state == "in_work"


def test_undo_opens_the_form_again(page: Any, lead: Any, sign_in_browser: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 600
    application = make.in_work(lead)
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/")
    page.keyboard.press("KeyP")
    dialog = _dialog(page, "Закрыть: решено")
    dialog.get_by_label("Объяснение простыми словами").fill(ANSWER)
    dialog.get_by_role("button", name="Посмотреть, как прочтёт заявитель").click()
    dialog.get_by_text("Письмо на почту").wait_for()
    dialog.get_by_role("button", name="Отправить и закрыть").click()
    page.get_by_text("до этого заявитель ничего не увидит").wait_for()
    page.keyboard.press("KeyZ")
    expect(dialog.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    assert Application.objects.get(pk=application.pk).state == "in_work"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_every_step_before_axe(
    new_page: Any, lead: Any, sign_in_browser: Any, axe: Any, width: int, scheme: str
) -> None:
    application, page = make.in_work(lead), new_page(width=width, color_scheme=scheme)
    make.team("Братск", codes=("bratsk",))
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/")
    page.locator("[data-step-said]").wait_for(state="attached")
    for link in page.locator(".q-moves a[data-step-link]").all():
        link.evaluate("node => node.click()")
        dialog = page.locator("dialog[data-step-dialog][open]")
        dialog.locator("form[data-step]").wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, link
        assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth"), link
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
