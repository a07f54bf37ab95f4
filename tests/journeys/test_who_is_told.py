"""The screens that say who would be told before anything is published, before axe: wide and narrow, light and dark."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from services.models import MeetingException, SupportGroup
from tests.factories import registrations as make
from tests.factories import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _waiting(author: Any) -> SupportGroup:
    """A draft without its first meeting, for which somebody is registered, waits for an approval."""
    group = make.group(venue=services.centre())
    group.save_revision().publish()
    make.register(group, "Анна")
    make.register(group, "Вера", letters=False)
    group.exceptions.add(MeetingException(date=group.starts_on, reason="Ремонт"))
    group.save_revision()
    task = GroupApprovalTask.objects.create(name="Проверка", active=True)
    task.groups.add(Group.objects.get(name="Администратор"))
    workflow = Workflow.objects.create(name="Проверка страниц", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=group.get_parent())
    workflow.start(SupportGroup.objects.get(), author)
    return group


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_none_of_them_has_a_violation_or_is_wider_than_the_screen(
    new_page: Any, person: Callable[..., Any], sign_in_browser: Any, axe: Any, width: int, scheme: str
) -> None:
    admin = person("admin")
    group = _waiting(admin)
    page = new_page(width=width, color_scheme=scheme)
    sign_in_browser(page, admin)
    told = page.get_by_text("2 записанных на 1 встречу получат письмо об отмене.")
    page.goto(f"{reverse('form_build:group', args=[group.pk])}?approve=1")
    told.wait_for()
    _is_sound(page, axe, width)
    page.goto(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={group.pk}&next=/admin/")
    page.locator("form button[type=submit].button").last.click()
    told.wait_for()
    _is_sound(page, axe, width)
    page.goto(reverse("wagtailsnippets_services_sharedhours:add"))
    page.locator("#id_first_day").fill(f"{group.starts_on}")
    page.locator("#id_last_day").fill(f"{group.starts_on}")
    page.locator("#id_reason").fill("Мороз")
    page.keyboard.press("Escape")
    page.get_by_label("центр", exact=True).check()
    page.get_by_role("button", name="Сохранить").first.click()
    told.wait_for()
    _is_sound(page, axe, width)


def _is_sound(page: Any, axe: Any, width: int) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
