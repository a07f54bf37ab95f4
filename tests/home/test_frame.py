"""The frame of every page: read once, kept, dropped when what it shows changes."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory

from home.models import SiteSettings
from home.settings import address_of, frame
from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_what_it_holds() -> None:
    make.whole_site()
    shown = frame(RequestFactory().get("/news/n1/?x=1"))
    assert (shown.brand, shown.region, shown.number_prefix) == (
        "Поддержка семей участников СВО",
        "Иркутская область",
        "38",
    )
    assert (shown.phone_href, shown.phone_shown) == ("tel:+78006000000", "8 800 6 000 000")
    assert [(link.title, link.url, link.current) for link in shown.nav] == [
        ("Новости", "/news/", "true"),
        ("Моё обращение", "/requests/", ""),
    ]
    assert [link.url for link in shown.about] == ["/about/"]
    assert [link.url for link in shown.rules] == ["/privacy/"]
    assert shown.has_news
    assert shown.here == "/news/n1/?x=1"


def test_no_query_while_warm(django_assert_num_queries: Any) -> None:
    make.whole_site()
    frame(None)
    with django_assert_num_queries(0):
        frame(None)
        frame(RequestFactory().get("/"))


def test_a_changed_number_shows_at_once(commit: Any) -> None:
    make.whole_site()
    assert frame(None).phone_shown == "8 800 6 000 000"
    settings = SiteSettings.objects.get()
    settings.phone_shown = "8 800 7 000 000"
    with commit():
        settings.save()
    assert frame(None).phone_shown == "8 800 7 000 000"


def test_where_calls_are_recorded_every_number_says_so_before_the_call() -> None:
    make.whole_site()
    make.answers()
    pages = ("/", "/about/", "/search/", "/answers/", "/no/such/page/")
    assert not any("аписыва" in Client().get(page).content.decode() for page in pages)
    values = SiteSettings.objects.get()
    values.phone_is_recorded = values.phone_hours_is_demo = True
    values.save()
    cache.clear()
    for page in pages:
        html = Client().get(page).content.decode().replace("&nbsp;", " ").replace("\xa0", " ")
        header, footer = html.split("</header>")[0], html.split('class="foot"')[1]
        assert "<small>разговор записываем" in header and ', разговор записываем"' in header
        assert "Разговоры записываем" in footer and 'class="demo"' in footer
    assert html.count("Разговоры записываем") == 2, "beside the number of the page itself as well"


def test_the_menu_follows_publishing(commit: Any) -> None:
    home = make.whole_site()
    assert "Карта помощи" not in [link.title for link in frame(None).nav]
    with commit():
        page = make.standard(home, title="Карта помощи", slug="help-map", show_in_menus=True)
        page.save_revision().publish()
    assert "Карта помощи" in [link.title for link in frame(None).nav]
    with commit():
        page.unpublish()
    assert "Карта помощи" not in [link.title for link in frame(None).nav]


def test_a_deleted_page_leaves_the_footer(commit: Any) -> None:
    make.whole_site()
    about = make.StandardPage.objects.get(slug="about")
    assert frame(None).about
    with commit():
        about.delete()
    assert not frame(None).about


def test_an_urgent_notice_ends_by_itself() -> None:
    make.site(urgent_text="Центры закрыты.", urgent_until=date(2026, 12, 31))
    with time_machine.travel("2026-12-31 23:00+08:00", tick=False):
        assert frame(None).notice is not None
    with time_machine.travel("2027-01-01 00:30+08:00", tick=False):
        assert frame(None).notice is None


def test_an_empty_site_still_answers() -> None:
    """`--region none`: no page, no settings; the frame stands and says where it is."""
    answer = Client().get("/map/")
    assert answer.status_code == 200
    assert "Портал поддержки" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"urgent_text": "Важно"}, "urgent_until"),
        ({"urgent_link": "//evil.example"}, "urgent_link"),
        ({"urgent_link": "javascript:alert(1)"}, "urgent_link"),
        ({"phone": "8 800"}, "phone"),
        ({"number_prefix": "3"}, "number_prefix"),
    ],
)
def test_settings_say_what_to_do(fields: dict[str, Any], where: str) -> None:
    from django.core.exceptions import ValidationError

    make.site()
    settings = SiteSettings.objects.get()
    for name, value in fields.items():
        setattr(settings, name, value)
    with pytest.raises(ValidationError) as refused:
        settings.full_clean()
    assert set(refused.value.message_dict) == {where}


def test_addresses_of_sections_without_a_query(django_assert_num_queries: Any) -> None:
    make.whole_site()
    frame(None)
    with django_assert_num_queries(0):
        assert address_of(make.NewsIndexPage) == "/news/"
        assert address_of(make.NewsPage) == ""
