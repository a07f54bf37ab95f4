"""Every screen of the queue before axe: light and dark, wide and narrow, filled, empty, wrong and stale."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from forms.applications import actions, tallies
from forms.applications.models import Absence, Application, TallyKind
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(1280, "light"), (1280, "dark"), (768, "light")]


@pytest.fixture
def addresses(person: Callable[..., Any]) -> tuple[Any, list[str]]:
    """A reviewer and the addresses of screens in every state."""
    reviewer = person("reviewer", last_name="Павлова", first_name="Ирина")
    colleague = person("reviewer", "colleague", last_name="Лапин", first_name="Денис")
    make.team("Иркутск", reviewer, colleague)
    new, mine, closed = make.new(), make.in_work(reviewer), make.resolved(reviewer)
    theirs = make.in_work(colleague)
    today = timezone.localdate()
    for number, application in enumerate((new, mine, theirs)):
        Application.objects.filter(pk=application.pk).update(due_on=today + timezone.timedelta(days=number - 1))
    Outbox.objects.filter(about=f"application:{new.pk}").update(state=Outbox.State.FAILED)
    cards = [f"/admin/queue/{application.pk}/" for application in (new, mine, closed, theirs)]
    lists = [f"/admin/queue/?folder={key}" for key in ("today", "mine", "open", "closed")]
    empty = ["/admin/queue/?q=нетничего", "/admin/queue/?folder=open&state=resolved", "/admin/queue/?q=Иванова"]
    return reviewer, [*lists, *empty, *cards, f"{cards[1]}resolve/"]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_screen_has_a_violation(
    new_page: Any, addresses: tuple[Any, list[str]], sign_in_browser: Any, axe: Any, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    reviewer, screens = addresses
    sign_in_browser(page, reviewer)
    for address in screens:
        page.goto(address)
        page.locator(".q-app").first.wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [1280, 360])
def test_absences_and_the_report_of_questions_by_keyboard(
    new_page: Any, person: Callable[..., Any], sign_in_browser: Any, axe: Any, width: int
) -> None:
    lead = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", lead)
    today = timezone.localdate()
    Absence.objects.create(person=lead, starts_on=today, ends_on=today)
    kind = TallyKind.objects.get(name="Рассказали, как отправить посылку")
    tallies.count(kind.pk, lead, "phone", "key")
    page = new_page(width=width)
    sign_in_browser(page, lead)
    page.goto("/admin/queue/absences/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Изменить отсутствие: Левченко А.").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Изменить отсутствие").wait_for()
    axe(page)
    page.get_by_role("button", name="Записать").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Новые обращения в эти дни достанутся другим.").wait_for()
    page.goto("/admin/queue/call/report/")
    summary = page.locator("summary", has_text="отправить посылку")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("columnheader", name="Сколько").wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_errors_and_refusals_have_none_either(
    new_page: Any, person: Callable[..., Any], sign_in_browser: Any, axe: Any, scheme: str
) -> None:
    lead = person("lead")
    reviewer = person("reviewer")
    make.team("Иркутск", lead, reviewer)
    application, new = make.in_work(reviewer), make.new()
    page = new_page(color_scheme=scheme)
    sign_in_browser(page, reviewer)
    page.goto(f"/admin/queue/{application.pk}/resolve/")
    page.get_by_role("button", name="Отправить и закрыть").click()
    page.get_by_role("alert").first.wait_for()
    axe(page)
    page.get_by_label("Объяснение простыми словами").fill("Ответ")
    actions.resolve(application.pk, lead, 2, "Иначе")
    page.get_by_role("button", name="Отправить и закрыть").click()
    page.get_by_text("карточку только что изменили").wait_for()
    axe(page)
    page.goto(f"/admin/queue/{new.pk}/")
    actions.take(new.pk, lead, 1)
    page.get_by_role("button", name="Взять в работу").click()
    page.get_by_text("карточку только что изменили").wait_for()
    axe(page)
