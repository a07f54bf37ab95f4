"""A kept page goes the moment something on it changes: by an editor, by a visitor, by the clock, in another process."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from home.models import NewsIndexPage, NewsPage, SiteSettings, StandardPage
from portal import page_cache
from services.models import HoursException, SharedHours
from tests import processes
from tests.factories import home as make
from tests.factories import registrations, services

pytestmark = pytest.mark.django_db
DAYS = [(day, time(9), time(18), None, None) for day in range(7)]


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


def text(address: str) -> str:
    return Client().get(address).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def until() -> datetime:
    """The moment that the one kept page holds until."""
    (kept,) = page_cache.pages._kept.values()
    return kept.until


def test_an_exception_begins_and_ends_on_time() -> None:
    """Closed from noon of one day (until then as every day), as every day again from the next midnight on."""
    day = date(2026, 11, 26)
    short = HoursException(first_day=day, last_day=day, reason="Отключат воду", opens=time(9), closes=time(12))
    centre = services.centre(hours=DAYS, works_on_holidays=True, exceptions=[short])
    with time_machine.travel(datetime(2026, 11, 25, 20, tzinfo=centre.zone), tick=False) as clock:
        assert "Откроется завтра в 9:00" in text(centre.url)
        for hour, minute, says in (
            (8, 59, "Откроется сегодня в 9:00"),
            (9, 0, "Открыто до 12:00"),
            (11, 59, "Открыто до 12:00"),
            (12, 0, "Откроется завтра в 9:00"),
        ):
            clock.move_to(datetime(2026, 11, 26, hour, minute, tzinfo=centre.zone))
            assert says in text(centre.url), (hour, minute)
        assert "Отключат воду" in text(centre.url)
        clock.move_to(datetime(2026, 11, 26, 23, 59, 30, tzinfo=centre.zone))
        assert "Отключат воду" in text(centre.url)
        assert until() == datetime(2026, 11, 27, tzinfo=centre.zone)
        clock.move_to(datetime(2026, 11, 27, tzinfo=centre.zone))
        assert "Отключат воду" not in text(centre.url)


def test_an_exception_for_many_centres_shows_at_once_and_goes_with_its_withdrawal(commit: Any) -> None:
    centre = services.centre(hours=DAYS, works_on_holidays=True)
    now = datetime(2026, 11, 25, 12, tzinfo=centre.zone)
    with time_machine.travel(now, tick=False):
        assert "Открыто до 18:00" in text(centre.url)
        with commit():
            shared = SharedHours.objects.create(first_day=now.date(), last_day=now.date(), reason="Учения")
            shared.centres.add(centre)
        assert "Открыто до 18:00" not in text(centre.url)
        assert "Учения" in text(centre.url)
        with commit():
            shared.centres.remove(centre)
        assert "Открыто до 18:00" in text(centre.url)
        with commit():
            shared.centres.add(centre)
        assert "Учения" in text(centre.url)
        with commit():
            shared.delete()
        assert "Открыто до 18:00" in text(centre.url)


def test_seats_are_counted_down_on_the_kept_page(commit: Any) -> None:
    group = registrations.group(seats=2, waiting_seats=1)
    assert "Свободны все 2 места" in text(group.url)
    with commit():
        registrations.register(group, "Мария")
    assert "Осталось 1 место из 2" in text(group.url)
    with commit():
        registrations.register(group, "Ольга")
    assert "Мест нет. Можно встать в лист ожидания" in text(group.url)
    with commit():
        registrations.register(group, "Анна")
    assert "Мест нет, лист ожидания заполнен" in text(group.url)
    page_cache.pages.clear()
    assert "Мест нет, лист ожидания заполнен" in text(group.url)


@pytest.mark.parametrize("slot", [None, 30])
def test_nobody_is_invited_to_a_meeting_that_has_begun(slot: int | None) -> None:
    group = registrations.group(seats=2, slot_minutes=slot, minutes=60)
    begins = group.next_meetings(timezone.now(), 1)[0].starts
    with time_machine.travel(begins - timedelta(minutes=2), tick=False) as clock:
        page_cache.pages.clear()
        first = f"?meeting={registrations.key_of(group)}"
        assert first in text(group.url)
        assert until() == begins
        clock.move_to(begins)
        begun = text(group.url)
        assert first not in begun
        if slot:
            assert first.removesuffix("-0") + "-30" in begun
        clock.move_to(begins + timedelta(minutes=31))
        late = text(group.url)
        assert first.removesuffix("-0") + "-" not in late
        assert "Встреча уже идёт" in late
        clock.move_to(begins + timedelta(minutes=60))
        assert "Встреча уже идёт" not in text(group.url)


def test_menu_settings_and_the_urgent_notice(commit: Any) -> None:
    make.whole_site()
    page = StandardPage.objects.get(slug="about")
    news = "/news/n1/"
    assert ">О портале</a>" in text(news)
    page.title = "Кто мы"
    with commit():
        page.save_revision().publish()
    assert "Кто мы" in text(news)
    values = SiteSettings.for_site(Site.objects.get())
    with time_machine.travel(
        datetime(2026, 11, 25, 23, 58, tzinfo=timezone.get_default_timezone()), tick=False
    ) as clock:
        values.urgent_text, values.urgent_until = "Завтра центры закрыты.", date(2026, 11, 25)
        with commit():
            values.save()
        assert "Завтра центры закрыты." in text(news)
        clock.shift(timedelta(minutes=2))
        assert "Завтра центры закрыты." not in text(news)


def test_news_grow_old_at_midnight_on_their_page_and_in_the_list() -> None:
    make.whole_site()
    NewsPage.objects.filter(slug="n1").update(outdated_from=date(2026, 11, 26))
    with time_machine.travel(
        datetime(2026, 11, 25, 23, 58, tzinfo=timezone.get_default_timezone()), tick=False
    ) as clock:
        before = [text("/news/n1/"), text("/news/")]
        assert not any("старел" in each for each in before)
        clock.shift(timedelta(minutes=2))
        assert all("старел" in each for each in (text("/news/n1/"), text("/news/")))


def test_another_picture_is_shown_at_once(commit: Any) -> None:
    make.whole_site()
    image = get_image_model().objects.create(title="Кабинет", file=get_test_image_file())
    article = NewsPage.objects.get(slug="n1")
    article.photo, article.photo_alt = image, "Стол и два кресла"
    article.save_revision().publish()
    page_cache.pages.clear()
    before = text("/news/n1/")
    assert "Стол и два кресла" in before
    with commit():
        image.file = get_test_image_file(filename="another.png")
        image.save()
        image.renditions.all().delete()
    after = text("/news/n1/")
    assert "another" in after and after != before


def test_an_address_that_is_gone_leads_where_the_redirect_says(commit: Any) -> None:
    make.whole_site()
    page = StandardPage.objects.get(slug="about")
    assert Client().get("/about/").status_code == 200
    with commit():
        page.unpublish()
    assert Client().get("/about/").status_code == 404
    with commit():
        Redirect.objects.create(old_path="/about", redirect_link="/news/")
    answer = Client().get("/about/")
    assert (answer.status_code, answer["Location"]) == (301, "/news/")
    with commit():
        StandardPage.objects.get(pk=page.pk).save_revision().publish()
    assert Client().get("/about/").status_code == 200


def test_what_is_rolled_back_drops_nothing(commit: Any) -> None:
    make.whole_site()
    text("/about/")
    made_in = page_cache.generation()
    with commit() as callbacks:
        NewsIndexPage.objects.get().save_revision()
    assert page_cache.generation() == made_in
    with commit() as callbacks:
        StandardPage.objects.get(slug="about").save()
        assert page_cache.generation() == made_in
    assert callbacks
    assert page_cache.generation() != made_in


CHANGE = """
from home.models import StandardPage
page = StandardPage.objects.get(slug="about")
print("ready", flush=True)
input()
page.lead = "Так сказал другой процесс."
page.save_revision().publish()
print("done", flush=True)
"""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_published_by_another_process_shows_in_this_one(tmp_path: Path, settings: Any) -> None:
    """Through the file that both look at, and through Redis where the suite has one."""
    if "Redis" not in settings.CACHES["default"]["BACKEND"]:
        place = {"BACKEND": "portal.file_cache.FileCache", "LOCATION": str(tmp_path / "cache")}
        settings.CACHES = {**settings.CACHES, "default": place}
    cache.clear()
    make.whole_site()
    assert "другой процесс" not in text("/about/")
    (before,) = page_cache.pages._kept.values()
    assert text("/about/") and page_cache.pages._kept.popitem()[1] is before
    page_cache.pages.put(*_key_of(before))
    processes.together([processes.start(CHANGE, env=processes.environment(tmp_path))])
    assert "другой процесс" in text("/about/")


def _key_of(page: Any) -> Any:
    return (False, "testserver", "/about/", "", "", False), page
