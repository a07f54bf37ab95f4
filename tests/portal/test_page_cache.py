"""Kept pages: the same for whoever may see the same, gone the moment they are no longer true, nobody's data in them."""

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import SiteSettings, StandardPage
from portal import kept_pages, page_cache
from tests.factories import forms, services
from tests.factories import home as make

pytestmark = pytest.mark.django_db
LOOK = "black-on-white.2.sans.normal.on.open"


@pytest.fixture(autouse=True)
def cached(settings: Any) -> Iterator[None]:
    """As in production: the page cache is the outermost middleware."""
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    yield
    page_cache.pages.clear()


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def free(django_assert_num_queries: Any) -> Callable[[], Any]:
    """What comes from the cache asks the database nothing."""
    return lambda: django_assert_num_queries(0)


def _about() -> StandardPage:
    make.whole_site()
    return StandardPage.objects.get(slug="about")


def test_a_second_visitor_gets_the_kept_page_and_a_browser_that_has_it_gets_no_body(free: Any) -> None:
    _about()
    first = Client().get("/about/")
    with free():
        second = Client().get("/about/")
        again = Client().get("/about/", headers={"If-None-Match": second["ETag"]})
        other = Client().get("/about/", headers={"If-None-Match": '"something else"'})
        head = Client().head("/about/")
    assert first.content == second.content == other.content
    assert dict(first.items()) == dict(second.items())
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", second["ETag"])
    assert head.status_code == 200
    assert second["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(second["Vary"].split(", "))
    assert second["Content-Security-Policy"]
    assert not second.cookies


def test_what_is_published_shows_at_once_and_a_draft_changes_nothing(free: Any, commit: Any) -> None:
    page = _about()
    Client().get("/about/")
    page.lead = "Черновик лида"
    with commit():
        revision = page.save_revision()
    with free():
        assert "Черновик лида" not in Client().get("/about/").content.decode()
    with commit():
        revision.publish()
    assert "Черновик лида" in Client().get("/about/").content.decode()
    with commit():
        StandardPage.objects.get(pk=page.pk).unpublish()
    assert Client().get("/about/").status_code == 404


def test_settings_of_the_site_and_deleted_pages_show_at_once(commit: Any) -> None:
    page = _about()
    assert "8 800 6 000 000" in Client().get("/about/").content.decode()
    values = SiteSettings.objects.get()
    values.phone_shown = "8 800 111 22 33"
    with commit():
        values.save()
    assert "8 800 111 22 33" in Client().get("/about/").content.decode()
    with commit():
        page.delete()
    assert Client().get("/about/").status_code == 404


def test_who_signed_in_neither_gets_nor_leaves_a_kept_page(free: Any, person: Any) -> None:
    _about()
    staff = Client()
    staff.force_login(person("press", "press1"))
    staff.get("/about/")
    assert not page_cache.pages._kept
    Client().get("/about/")
    assert len(page_cache.pages._kept) == 1
    assert "ETag" not in staff.get("/about/")


@pytest.mark.parametrize(
    "other",
    [
        {"headers": {"Cookie": f"look={LOOK}"}},
        {"headers": {"Accept-Encoding": "gzip"}},
        {"headers": {"Host": "127.0.0.1"}},
        {"query_params": {"page": "2"}},
        {"secure": True},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_makes_pages_differ_tells_them_apart(other: dict[str, Any]) -> None:
    _about()
    plain = Client().get("/about/")
    different = Client().get("/about/", **other)
    assert len(page_cache.pages._kept) == 2
    assert Client().get("/about/").content == plain.content
    assert Client().get("/about/", **other).content == different.content


def test_other_cookies_do_not_tell_pages_apart(free: Any) -> None:
    _about()
    Client().get("/about/")
    with free():
        Client().get("/about/", headers={"Cookie": "draft_help=x; look=<script>"})


def test_a_private_page_is_never_kept(commit: Any) -> None:
    page = _about()
    Client().get("/about/")
    with commit():
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    assert "secret" not in Client().get("/about/").content.decode()
    answer = Client().get("/about/")
    assert answer.templates[0].name != "home/standard_page.html"
    assert not page_cache.pages._kept


@pytest.mark.parametrize("address", ["/requests/", "/search/?q=дети", "/apply/help/", "/nowhere/", "/healthz"])
def test_nothing_else_is_kept(address: str) -> None:
    make.whole_site()
    forms.form_page()
    Client().get(address, follow=True)
    assert not page_cache.pages._kept


def test_the_pill_turns_with_the_clock(free: Any) -> None:
    centre = services.centre(hours=[(day, time(9), time(18), None, None) for day in range(5)], works_on_holidays=True)
    evening = datetime(2026, 11, 25, 17, 58, tzinfo=centre.zone)
    with time_machine.travel(evening, tick=False) as clock:
        assert "Открыто до 18:00" in Client().get(centre.url).content.decode()
        with free():
            Client().get(centre.url)
        clock.move_to(evening + timedelta(minutes=2))
        assert "Открыто до 18:00" not in Client().get(centre.url).content.decode()


def test_nothing_outlives_midnight_or_ten_minutes(free: Any) -> None:
    _about()
    night = datetime(2026, 11, 25, 23, 55, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(night, tick=False) as clock:
        Client().get("/about/")
        (kept,) = page_cache.pages._kept.values()
        assert kept.until == night + timedelta(minutes=5)
        clock.move_to(night + timedelta(minutes=5))
        Client().get("/about/")
        (kept,) = page_cache.pages._kept.values()
        assert kept.until == night + timedelta(minutes=15)


def test_a_form_that_closes_says_so_on_time(free: Any) -> None:
    page = forms.form_page()
    page.closes_at = timezone.now() + timedelta(minutes=3)
    page.save_revision().publish()
    Client().get("/forms/help/")
    (kept,) = page_cache.pages._kept.values()
    assert kept.until == page.closes_at
    page_cache.pages.clear()
    page.most_applications = 10
    page.save_revision().publish()
    Client().get("/forms/help/")
    assert not page_cache.pages._kept


def test_another_process_drops_the_pages_of_this_one() -> None:
    _about()
    Client().get("/about/")
    (before,) = page_cache.pages._kept.values()
    page_cache.drop_all()
    Client().get("/about/")
    (after,) = page_cache.pages._kept.values()
    assert before.generation != after.generation


def test_memory_is_bounded() -> None:
    pages = page_cache.Pages()
    until = datetime.max.replace(tzinfo=UTC)
    body = b"x" * (kept_pages.MOST_BYTES // 5)
    for number in range(12):
        pages.put((True, "host", f"/{number}/", "", "", True), kept_pages.Kept((), body, "g", until))
    assert len(pages._kept) == 4
    assert pages._bytes <= kept_pages.MOST_BYTES
    assert pages.get((True, "host", "/11/", "", "", True), "g", timezone.now())
    assert not pages.get((True, "host", "/0/", "", "", True), "g", timezone.now())


def test_short_pages_under_thousands_of_addresses_take_no_more_than_they_may() -> None:
    """What is kept beside a body costs as much as a short body: it is counted, and measured here."""
    pages = page_cache.Pages()
    until = datetime.max.replace(tzinfo=UTC)
    tracemalloc.start()
    for number in range(9_000):
        headers = tuple((f"Name-{field}", f"{number}" * 12) for field in range(16))
        page = kept_pages.Kept(headers, b"x" * 500, "g", until)
        pages.put((False, "host", "/", f"x={number}", "", True), page)
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken <= kept_pages.MOST_BYTES * 1.2
    assert pages._bytes == sum(page.size for page in pages._kept.values())
    assert 2000 < len(pages._kept) < 9_000
