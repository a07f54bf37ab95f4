"""Feeds, maps, and the pages people meet when something is missing."""

import xml.etree.ElementTree as ET

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.factories import home as make

pytestmark = pytest.mark.django_db


def test_rss() -> None:
    make.whole_site()
    answer = Client().get("/news/rss/")
    assert answer["Content-Type"].startswith("application/rss+xml")
    channel = ET.fromstring(answer.content).find("channel")
    assert channel is not None
    assert channel.findtext("title") == "Поддержка семей участников СВО, Иркутская область"
    assert len(channel.findall("item")) == 3
    assert 'href="/news/rss/"' in Client().get("/").content.decode()


def test_sitemap_for_machines() -> None:
    make.whole_site()
    answer = Client().get("/sitemap.xml", headers={"host": "localhost"})
    assert answer.status_code == 200
    assert "http://localhost/news/n1/" in answer.content.decode()


def test_robots() -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_map_for_people() -> None:
    home = make.whole_site()
    about = make.StandardPage.objects.child_of(home).get(slug="about")
    make.standard(about, title="История", slug="history")
    text = Client().get("/map/").content.decode()
    assert 'href="/about/history/"' in text
    assert 'href="/news/"' in text
    assert "/news/n1/" not in text
    assert 'href="/map/"' in Client().get("/").content.decode()


def test_favicon_for_old_browsers() -> None:
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/portal/favicon.svg")


def test_a_missing_page_helps_on() -> None:
    make.site()
    answer = Client().get("/no/such/page/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "Такой страницы нет" in text
    assert 'action="/search/"' in text
    assert "8 800 6 000 000" in text


def test_the_page_of_a_failure_needs_neither_context_nor_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        text = get_template("500.html").render()
    assert "У нас неполадка" in text
    assert "112" in text


@pytest.mark.parametrize("address", ["/search/", "/map/", "/robots.txt", "/news/rss/", "/favicon.ico"])
def test_reading_only(address: str) -> None:
    assert Client().post(address).status_code in {405, 403} or address == "/news/rss/"
