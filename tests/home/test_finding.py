"""A page that was found before is found by one query, and is never another page than Wagtail would find."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from home import finding
from home.models import StandardPage
from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def _get(address: str, host: str = "localhost") -> tuple[int, str]:
    answer = Client().get(address, headers={"host": host})
    return answer.status_code, answer.content.decode()


def _warm(*addresses: str) -> None:
    for address in addresses:
        assert _get(address)[0] == 200
    assert {key[-1] for key in finding._places} >= {address.lstrip("/") for address in addresses}


def test_the_second_visitor_costs_one_query_and_reads_the_same(django_assert_num_queries: Any) -> None:
    make.whole_site()
    first = _get("/about/")
    with django_assert_num_queries(1):
        assert _get("/about/") == first


def test_unpublished_deleted_or_moved_is_seen_by_a_process_that_was_told_nothing() -> None:
    """No callback of a commit runs here, so the memory is as old as that of another process may be."""
    home = make.whole_site()
    make.standard(home, title="Структура", slug="structure")
    _warm("/about/", "/privacy/", "/structure/", "/news/n0/")
    StandardPage.objects.get(slug="about").unpublish()
    StandardPage.objects.get(slug="privacy").delete()
    StandardPage.objects.get(slug="structure").move(Page.objects.get(slug="news"), pos="last-child")
    for address in ("/about/", "/privacy/"):
        assert _get(address)[0] == 404
    # Wagtail leads on to where it is now.
    assert _get("/structure/")[0] == 301
    assert _get("/news/structure/")[0] == 200


def test_a_page_that_takes_the_address_of_another_is_shown_at_once() -> None:
    home = make.whole_site()
    _warm("/about/")
    about = StandardPage.objects.get(slug="about")
    about.slug = "old"
    about.save()
    make.standard(home, title="Новый портал", slug="about")
    assert "<title>Новый портал" in _get("/about/")[1]
    assert "<title>О портале" in _get("/old/")[1]
    # The way to the pages below it changes with the page above.
    _warm("/news/n1/")
    news = Page.objects.get(slug="news").specific
    news.slug = "events"
    news.save()
    assert _get("/news/n1/")[0] == 404
    assert _get("/events/n1/")[0] == 200


def test_what_is_changed_is_shown_and_not_what_was_found() -> None:
    make.whole_site()
    _warm("/about/")
    StandardPage.objects.filter(slug="about").update(lead="Изменили.")
    assert "Изменили." in _get("/about/")[1]


def test_every_site_has_its_own_page_at_the_same_address(settings: Any, commit: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    home = make.whole_site()
    other = Page.objects.get(depth=1).add_child(instance=StandardPage(title="Второй портал", slug="second"))
    make.standard(other, title="О втором портале")
    with commit():
        site = Site.objects.create(hostname="second.test", port=80, root_page=other)
    for _time in range(2):
        assert "<title>О портале" in _get("/about/")[1]
        assert "<title>О втором портале" in _get("/about/", "second.test")[1]
    with commit():
        site.root_page = home
        site.save()
    assert "<title>О портале" in _get("/about/", "second.test")[1]


def test_a_private_page_still_asks_who_is_there(commit: Any) -> None:
    make.whole_site()
    _warm("/about/")
    with commit():
        PageViewRestriction.objects.create(
            page=StandardPage.objects.get(slug="about"), restriction_type=PageViewRestriction.LOGIN
        )
    assert [_get("/about/")[0] for _time in range(2)] == [302, 302]


def test_addresses_of_nothing_are_not_kept_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    make.whole_site()
    monkeypatch.setattr(finding, "KEPT", 2)
    finding._places.clear()
    for number in range(5):
        assert _get(f"/nothing-{number}/")[0] == 404
    assert not finding._places
    for address in ("/", "/about/", "/privacy/", "/news/"):
        assert _get(address)[0] == 200
    assert len(finding._places) <= 2
