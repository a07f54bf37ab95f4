"""Every address of staff that draws a page, before axe: the list is the one that the matrix of rights walks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts import access_keys
from forms.applications import tallies
from forms.applications.models import Absence, AnswerTemplate, TallyKind
from tests.forms.review.test_staff_addresses import ANSWERS, ROLES, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Answered with a file, with data for a script, or with a part of a page that another address draws whole.
NO_PAGE = frozenset({"batch_result", "export_file", "entered_slip", "file", "fresh", "people", "queue_results"})
# Of Wagtail's own making, with our words: the first page, and what leads keep.
BESIDE = (
    "/admin/",
    "/admin/snippets/form_applications/answertemplate/",
    "/admin/snippets/form_applications/answertemplate/add/",
    "/admin/snippets/form_applications/tallykind/",
)


def _pages(world: World, role: str) -> list[str]:
    drawn = [
        name
        for name, (method, answers) in ANSWERS.items()
        if name.startswith("form_review:")
        and method == "GET"
        and answers.split()[ROLES.index(role)].startswith("200")
        and name.removeprefix("form_review:") not in NO_PAGE
    ]
    return [world.address(name, 0) for name in drawn]


@pytest.mark.parametrize(("role", "width", "scheme"), [("lead", 1280, "light"), ("lead", 360, "dark")])
def test_no_page_of_staff_has_a_violation_or_is_wider_than_the_screen(
    new_page: Any,
    person: Callable[..., Any],
    sign_in_browser: Any,
    axe: Any,
    settings: Any,
    tmp_path: Any,
    role: str,
    width: int,
    scheme: str,
) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    world = World(person, role)
    Absence.objects.create(person=world.user, starts_on="2026-11-01", ends_on="2036-11-01")
    AnswerTemplate.objects.create(title="Уход на дому", action="explain", text="Здравствуйте, {имя}.", tags="быт")
    tallies.count(TallyKind.objects.order_by("pk").first().pk, world.user, "phone", "key")
    page = new_page(width=width, color_scheme=scheme)
    sign_in_browser(page, world.user)
    wide = []
    for address in [*_pages(world, role), *BESIDE]:
        answer = page.goto(address)
        assert answer.status == 200, address
        axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert not wide


def test_the_journal_has_none_either(
    new_page: Any, person: Callable[..., Any], sign_in_browser: Any, axe: Any, settings: Any, tmp_path: Any
) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    world = World(person, "manager")
    for width, scheme in ((1280, "dark"), (360, "light")):
        page = new_page(width=width, color_scheme=scheme)
        sign_in_browser(page, world.user)
        page.goto("/admin/queue/journal/")
        page.locator(".l-table").wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keys_for_programs_have_none(
    new_page: Any, person: Callable[..., Any], sign_in_browser: Any, axe: Any
) -> None:
    admin = person("admin")
    key, _text = access_keys.make(admin, "Колл-центр", date(2100, 1, 1), admin)
    for width, scheme in ((1280, "light"), (360, "dark")):
        page = new_page(width=width, color_scheme=scheme)
        sign_in_browser(page, admin)
        for address in ("/admin/keys/", f"/admin/keys/{key.pk}/revoke/", "/admin/keys/docs/"):
            assert page.goto(address).status == 200
            page.locator(".k-main").wait_for()
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
