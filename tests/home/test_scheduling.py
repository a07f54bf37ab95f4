"""Pages go live and end at their own time, and so does what visitors had kept of them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import PageLogEntry, Revision

from home import scheduling, tasks
from home.models import NewsPage, StandardPage
from portal import page_cache
from tests.factories import forms
from tests.factories import home as make

pytestmark = pytest.mark.django_db

BEFORE, AFTER = "2026-12-01 09:59:30+08:00", "2026-12-01 10:00:00+08:00"
MOMENT = datetime.fromisoformat(AFTER)


@pytest.fixture(autouse=True)
def kept(settings: Any) -> Iterator[None]:
    """As in production: what a visitor has seen is kept."""
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    yield
    page_cache.pages.clear()


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Callable[[], None]:
    """The worker's round of one minute."""

    def once() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tasks.keep_times_every_minute.call_local()

    return once


def _status(address: str) -> int:
    return Client().get(address).status_code


def test_news_for_ten_o_clock_is_there_at_ten(run: Callable[[], None]) -> None:
    make.whole_site()
    index = make.NewsIndexPage.objects.get()
    with time_machine.travel(BEFORE, tick=False):
        page = make.news(index, title="Приём в субботу", slug="subbota", live=False, go_live_at=MOMENT)
        page.save_revision().publish()
        run()
        assert _status("/news/subbota/") == 404
        assert "Приём в\u00a0субботу" not in Client().get("/news/").content.decode()
    with time_machine.travel(AFTER, tick=False):
        run()
        assert _status("/news/subbota/") == 200
        assert "Приём в\u00a0субботу" in Client().get("/news/").content.decode()
        run()
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 1


def test_a_later_wording_of_a_live_page_waits_for_its_time(run: Callable[[], None]) -> None:
    make.whole_site()
    page = StandardPage.objects.get(slug="about")
    with time_machine.travel(BEFORE, tick=False):
        page.lead, page.go_live_at = "Работаем по новым правилам.", MOMENT
        page.save_revision().publish()
        run()
        assert "новым правилам" not in Client().get("/about/").content.decode()
    with time_machine.travel(AFTER, tick=False):
        run()
        assert "новым правилам" in Client().get("/about/").content.decode()


def test_a_page_ends_at_its_time_and_its_kept_copy_with_it(run: Callable[[], None]) -> None:
    make.whole_site()
    with time_machine.travel(BEFORE, tick=False):
        page = NewsPage.objects.get(slug="n1")
        page.expire_at = MOMENT
        page.save_revision().publish()
        assert _status("/news/n1/") == 200
        run()
        assert _status("/news/n1/") == 200
    with time_machine.travel(AFTER, tick=False):
        run()
        assert _status("/news/n1/") == 404
        run()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert PageLogEntry.objects.filter(action="wagtail.unpublish.scheduled").count() == 1


def test_a_form_opens_and_closes_with_its_page(run: Callable[[], None]) -> None:
    with time_machine.travel(BEFORE, tick=False):
        page = forms.form_page()
        page.unpublish()
        page.go_live_at = MOMENT
        page.expire_at = datetime.fromisoformat("2026-12-02 10:00:00+08:00")
        forms.tried(page)
        page.save_revision().publish()
        run()
        assert _status("/forms/help/") == 404
    with time_machine.travel(AFTER, tick=False):
        run()
        assert _status("/forms/help/") == 200
        page.refresh_from_db()
        assert page.form.is_open
    with time_machine.travel("2026-12-02 10:00:30+08:00", tick=False):
        run()
        assert _status("/forms/help/") == 404
        page.form.refresh_from_db()
        assert not page.form.is_open


def test_one_page_that_fails_does_not_hold_the_others_back(monkeypatch: Any, run: Callable[[], None]) -> None:
    make.whole_site()
    index = make.NewsIndexPage.objects.get()
    with time_machine.travel(BEFORE, tick=False):
        for slug in ("first", "second"):
            page = make.news(index, title=slug, slug=slug, live=False, go_live_at=MOMENT)
            page.save_revision().publish()
    whole = Revision.publish

    def broken(self: Revision, *args: Any, **kwargs: Any) -> None:
        if self.content["slug"] == "first":
            raise ValueError
        whole(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", broken)
    with time_machine.travel(AFTER, tick=False):
        assert scheduling.keep_times() == 1
        assert (_status("/news/first/"), _status("/news/second/")) == (404, 200)
        monkeypatch.setattr(Revision, "publish", whole)
        run()
        assert _status("/news/first/") == 200
