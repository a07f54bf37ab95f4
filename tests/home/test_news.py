"""News: what an article tells and until when; and the urgent notice above every page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import NewsPage, SiteSettings
from portal import page_cache
from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    """As in production: what a visitor has seen is kept."""
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    yield
    page_cache.pages.clear()


def _text(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_what_is_not_true_any_more_says_so_and_leaves_the_home_page(kept: None) -> None:
    make.whole_site()
    NewsPage.objects.filter(slug="n1").update(outdated_from=date(2026, 12, 1))
    with time_machine.travel("2026-11-30 23:59+08:00", tick=False):
        assert "устарела" not in _text("/news/n1/")
        assert "устарела" not in _text("/news/")
        assert "новость 1" in _text("/")
    with time_machine.travel("2026-12-01 00:00+08:00", tick=False):
        assert "неактуальны с 1 декабря 2026" in _text("/news/n1/")
        assert _text("/news/").count("· устарела") == 1
        assert "новость 1" not in _text("/")


def test_news_cannot_be_outdated_before_its_day() -> None:
    make.whole_site()
    page = NewsPage.objects.get(slug="n1")
    page.outdated_from = date(2026, 11, 1)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {"outdated_from"}


def test_the_urgent_notice_stands_on_every_page_and_is_gone_after_its_last_day(kept: None) -> None:
    make.whole_site()
    make.site(urgent_text="Центры закрыты.", urgent_until=date(2026, 12, 31), urgent_link="/news/")
    addresses = ("/", "/about/", "/news/", "/news/n1/", "/map/", "/search/", "/requests/")
    with time_machine.travel("2026-12-31 23:59+08:00", tick=False):
        for address in addresses:
            html = _text(address)
            assert html.count('aria-label="Срочное сообщение"') == 1, address
            assert html.index("Центры закрыты.") > html.index("<main"), address
    with time_machine.travel("2027-01-01 00:00+08:00", tick=False):
        for address in addresses:
            assert "Центры закрыты." not in _text(address), address


def test_the_press_service_writes_the_urgent_notice(
    kept: None, signed_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make.whole_site()
    assert "Приём 5 декабря" not in _text("/about/")
    values = SiteSettings.objects.get()
    posted = {field.name: getattr(values, field.name) or "" for field in SiteSettings._meta.fields if field.editable}
    posted |= {"urgent_text": "Приём 5 декабря перенесён.", "urgent_until": ""}
    press = signed_in("press")
    address = f"/admin/settings/home/sitesettings/{values.site_id}/"
    refused = press.post(address, posted)
    assert "Укажите последний день показа" in refused.content.decode()
    assert "Приём 5 декабря перенесён." in refused.content.decode(), "what was typed stays"
    with django_capture_on_commit_callbacks(execute=True):
        saved = press.post(address, posted | {"urgent_until": "2099-12-05"})
    assert saved.status_code == 302, saved.content.decode()[:2000]
    assert "Приём 5 декабря перенесён." in _text("/about/")
