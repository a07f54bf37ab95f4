"""Editors of the site cannot touch the forms, editors of forms cannot touch the site, staff see neither."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from accounts import roles
from tests.factories import forms
from tests.factories import home as site

pytestmark = pytest.mark.django_db
_STAFF = ("operator", "reviewer", "lead", "manager")


@pytest.fixture
def pages(db: None) -> dict[str, Page]:
    """A site with one section, one page in it, and one form."""
    home = site.site()
    news = site.news_index(home)
    found = {
        "home": home,
        "section": news,
        "news": site.news(news),
        "forms": forms.form_index(),
        "form": forms.form_page(),
    }
    roles.grant_page_rights()
    return found


def _doors(page: Page) -> list[str]:
    return [
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        for name in ("edit", "delete", "copy", "move", "unpublish", "set_privacy", "history", "lock")
    ]


def _bulk(page: Page, action: str) -> str:
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}&next=/admin/"


def _assert_shut_out(client: Client, page: Page) -> None:
    before = Page.objects.values().get(pk=page.pk)
    for address in _doors(page):
        for send in (client.get, client.post):
            answer = send(address)
            refused = answer.status_code in {403, 405} or (
                answer.status_code == 302 and answer["Location"] == "/admin/"
            )
            assert refused, (address, answer.status_code)
    for action in ("delete", "publish", "unpublish", "move"):
        client.post(_bulk(page, action), {"include_descendants": "on", "chooser": page.get_parent().pk})
    assert Page.objects.values().get(pk=page.pk) == before


@pytest.mark.parametrize("which", ["forms", "form"])
def test_press_cannot_touch_a_form(signed_in: Callable[[str], Client], pages: dict[str, Page], which: str) -> None:
    _assert_shut_out(signed_in("press"), pages[which])


@pytest.mark.parametrize("which", ["home", "section", "news"])
def test_a_form_editor_cannot_touch_the_site(signed_in: Any, pages: dict[str, Page], which: str) -> None:
    _assert_shut_out(signed_in("formeditor"), pages[which])


@pytest.mark.parametrize("role", _STAFF)
def test_staff_see_no_page_at_all(signed_in: Any, pages: dict[str, Page], role: str) -> None:
    client = signed_in(role)
    for page in pages.values():
        _assert_shut_out(client, page)
    answer = client.get(reverse("wagtailadmin_explore_root"), follow=True)
    assert "Открыт новый пункт" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "which"),
    [("press", "home"), ("press", "section"), ("press", "news"), ("formeditor", "forms"), ("formeditor", "form")],
)
def test_each_edits_its_own(signed_in: Any, pages: dict[str, Page], role: str, which: str) -> None:
    page = pages[which]
    client = signed_in(role)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    tester = page.permissions_for_user(client.user)
    assert tester.can_publish()
    assert tester.can_lock()


def test_press_finds_the_site_without_the_forms_in_the_tree(signed_in: Any, pages: dict[str, Page]) -> None:
    client = signed_in("press")
    tree = client.get(reverse("wagtailadmin_explore", args=[pages["home"].pk]), follow=True).content.decode()
    assert "Новости" in tree
    assert f"/admin/pages/{pages['forms'].pk}/" not in tree
    own = signed_in("formeditor").get(reverse("wagtailadmin_explore_root"), follow=True).content.decode()
    assert pages["form"].title in own
    assert "Новости" not in own


def test_a_section_that_press_creates_is_its_own_at_once(signed_in: Any, pages: dict[str, Page]) -> None:
    client = signed_in("press")
    made = site.standard(pages["home"])
    assert not made.permissions_for_user(client.user).can_edit()
    from wagtail import hooks

    for hook in hooks.get_hooks("after_create_page"):
        hook(None, made)
    user = type(client.user).objects.get(pk=client.user.pk)
    assert made.permissions_for_user(user).can_edit()


def test_the_rights_are_granted_once(pages: dict[str, Page]) -> None:
    from wagtail.models import GroupPagePermission

    before = GroupPagePermission.objects.count()
    roles.grant_page_rights()
    assert GroupPagePermission.objects.count() == before
