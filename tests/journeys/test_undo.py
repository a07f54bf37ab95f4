"""Undo in a browser: a step on its way comes back with everything typed, a step taken at once is put back, a batch that
has not begun is stopped. The seconds are many here, so that a slow machine misses none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forms.applications.models import Application, Message, PendingMove
from forms.notifications.models import Outbox
from forms.review.batches import running as batches
from forms.review.models import Batch
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS = 600
ANSWER = "Дрова привезут 2 декабря.\n\nПеред выездом водитель позвонит."


@pytest.fixture
def lead(person: Callable[..., Any], settings: Any) -> Any:
    settings.UNDO_SECONDS = SECONDS
    user = person("lead", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def test_a_step_on_its_way_is_undone_by_one_key(page: Any, lead: Any, sign_in_browser: Any, axe: Any) -> None:
    application = make.in_work(lead)
    Outbox.objects.all().delete()
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/explain/?folder=mine")
    page.get_by_label("Объяснение простыми словами").fill(ANSWER)
    page.get_by_label("Что человеку делать дальше").fill("Возьмите паспорт.")
    page.get_by_role("button", name="Отправить и закрыть").click()
    page.wait_for_url(f"**/queue/{application.pk}/?folder=mine")
    held = page.locator("[data-held]")
    expect(held).to_contain_text("Уходит: Закрыть: разъяснено")
    expect(held.get_by_role("button", name="Отменить")).to_be_visible()
    axe(page)
    assert (Application.objects.get().state, Outbox.objects.count()) == ("in_work", 0)
    page.keyboard.press("KeyZ")
    # Back over the card, with everything that was typed.
    form = page.get_by_role("dialog", name="Закрыть: разъяснено")
    expect(form.get_by_label("Объяснение простыми словами")).to_have_value(ANSWER)
    expect(form.get_by_label("Что человеку делать дальше")).to_have_value("Возьмите паспорт.")
    expect(page.get_by_text("Отменено, ничего не ушло. Набранное цело.")).to_be_visible()
    assert (Application.objects.get().state, Outbox.objects.count()) == ("in_work", 0)
    form.get_by_role("button", name="Отправить и закрыть").click()
    expect(held).to_be_visible()
    # Once the moment has come nothing can be undone: the button goes, and the card shows what became of it.
    PendingMove.objects.update(due_at=timezone.now())
    page.reload()
    expect(page.get_by_role("complementary", name="События").get_by_text("Закрыто: разъяснено")).to_be_visible()
    expect(held).to_have_count(0)
    assert (Application.objects.get().state, Outbox.objects.count()) == ("explained", 1)


def test_when_the_seconds_are_over_the_button_goes(page: Any, lead: Any, sign_in_browser: Any) -> None:
    application = make.in_work(lead)
    sign_in_browser(page, lead)
    page.clock.install()
    page.goto(f"/admin/queue/{application.pk}/explain/")
    page.get_by_label("Объяснение простыми словами").fill(ANSWER)
    page.get_by_role("button", name="Отправить и закрыть").click()
    held = page.locator("[data-held]")
    expect(held.get_by_role("button", name="Отменить")).to_be_visible()
    expect(held.get_by_role("link", name="Обновить карточку")).to_be_hidden()
    page.clock.fast_forward((SECONDS + 1) * 1000)
    expect(held.get_by_role("link", name="Обновить карточку")).to_be_visible()
    expect(held.get_by_role("button", name="Отменить")).to_have_count(0)


def test_a_step_without_a_form_is_put_back(page: Any, lead: Any, sign_in_browser: Any) -> None:
    application = make.new()
    sign_in_browser(page, lead)
    page.goto(f"/admin/queue/{application.pk}/")
    page.get_by_role("button", name="Взять в работу").click()
    taken = page.locator("[data-taken]")
    expect(taken.get_by_text("Взято в работу")).to_be_visible()
    assert Application.objects.get().assignee == lead
    taken.get_by_role("button", name="Отменить").click()
    expect(page.get_by_text("Отменено, всё как было.")).to_be_visible()
    expect(page.get_by_role("button", name="Взять в работу")).to_be_visible()
    application.refresh_from_db()
    assert (application.state, application.assignee) == ("new", None)


def test_a_batch_is_stopped_before_anything_left(page: Any, lead: Any, sign_in_browser: Any, axe: Any) -> None:
    for number in range(2):
        make.in_work(lead, q_story=f"просьба {number}")
    sign_in_browser(page, lead)
    page.goto("/admin/queue/?folder=mine")
    page.get_by_label("Выбрать все на странице").check()
    bar = page.get_by_role("form", name="Действия с выбранными обращениями")
    expect(bar.get_by_text("Выбрано 2")).to_be_visible()
    bar.get_by_role("button", name="Написать").click()
    form = page.get_by_role("dialog", name="Написать")
    form.get_by_label("Письмо", exact=True).fill("Справки готовы.")
    form.get_by_label("Впишите число 2, чтобы подтвердить").fill("2")
    form.get_by_role("button", name="Написать", exact=True).click()
    expect(page.get_by_text("До этого ничего не уйдёт, и всё можно остановить.")).to_be_visible()
    axe(page)
    assert batches.drain() == 0
    page.get_by_role("button", name="Остановить").click()
    expect(page.get_by_text("Не начато")).to_have_count(2)
    axe(page)
    assert (Message.objects.count(), Batch.objects.get().state) == (0, "stopped")
    # And the same again, to its end.
    page.get_by_role("button", name="Повторить для остальных").click()
    form = page.get_by_role("dialog", name="Написать")
    form.get_by_label("Письмо", exact=True).fill("Справки готовы.")
    form.get_by_label("Впишите число 2, чтобы подтвердить").fill("2")
    form.get_by_role("button", name="Написать", exact=True).click()
    expect(page.get_by_text("До этого ничего не уйдёт, и всё можно остановить.")).to_be_visible()
    Batch.objects.filter(state="waiting").update(lease_until=None)
    assert batches.drain() == 1
    # Without a reload.
    expect(page.locator("dialog[data-batch-dialog]").get_by_text("Сделано 2 из 2")).to_be_visible()
    assert Message.objects.count() == 2
