"""What news are about: municipalities and pages, both ways; the list by municipality; the editor's panels."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import NewsPage
from services.models import NewsPlace, NewsSubject
from tests.factories import home as make
from tests.factories import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> NewsPage:
    """n0 is about a centre and Ангарск, n1 about the city's part and Ангарск; all of it published."""
    make.whole_site()
    city = services.TerritoryFactory(code="angarsk", name="Ангарск")
    part = services.TerritoryFactory(code="part", name="Район города", parent=city)
    services.TerritoryFactory(code="silent", name="Без новостей")
    centre = services.centre(title="Пункт в Ангарске", slug="punkt")
    first, second = NewsPage.objects.get(slug="n0"), NewsPage.objects.get(slug="n1")
    first.places = [NewsPlace(territory=city)]
    first.subjects = [NewsSubject(subject=centre), NewsSubject(subject=centre)]
    second.places = [NewsPlace(territory=part), NewsPlace(territory=city)]
    with django_capture_on_commit_callbacks(execute=True):
        for page in (first, second):
            page.save_revision().publish()
    return first


def _text(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_an_article_names_its_places_and_leads_on(told: NewsPage) -> None:
    html = _text("/news/n0/")
    assert "<span>Ангарск</span>" in html
    assert html.count('href="/centres/punkt/"') == 1
    assert "Подробнее об этом" not in _text("/news/n2/")


def test_what_is_invented_is_marked_under_the_article_too(
    told: NewsPage, django_capture_on_commit_callbacks: Any
) -> None:
    invented = services.measure(title="Вымышленная мера", slug="made-up", is_demo=True)
    told.subjects = [*told.subjects.all(), NewsSubject(subject=invented)]
    with django_capture_on_commit_callbacks(execute=True):
        told.save_revision().publish()
    below = _text("/news/n0/").split("Подробнее об этом")[1].split("</ul>")[0]
    assert [("demo" in row) for row in below.split("</li>")[:2]] == [False, True]


def test_the_page_it_is_about_shows_it_while_it_holds_and_asks_nothing_for_it(
    told: NewsPage, django_capture_on_commit_callbacks: Any
) -> None:
    assert "новость 0" in _text("/centres/punkt/")
    with CaptureQueriesContext(
        connection,
    ) as warm:
        _text("/centres/punkt/")
    assert not [query for query in warm.captured_queries if "newssubject" in query["sql"]]
    told.outdated_from = date(2026, 11, 24)
    with django_capture_on_commit_callbacks(execute=True):
        told.save_revision().publish()
    assert "новость 0" not in _text("/centres/punkt/")


def test_an_unpublished_article_leaves_the_page_it_was_about(
    told: NewsPage, django_capture_on_commit_callbacks: Any
) -> None:
    assert "новость 0" in _text("/centres/punkt/")
    with django_capture_on_commit_callbacks(execute=True):
        told.unpublish()
    assert "новость 0" not in _text("/centres/punkt/")


def test_the_list_of_one_municipality(told: NewsPage) -> None:
    whole = _text("/news/")
    assert "Ангарск" in whole and "Без новостей" not in whole
    assert "· Район города, Ангарск" in whole
    city = _text("/news/?territory=angarsk")
    assert "Нашлись <b>2 новости</b>" in city
    assert "новость 0" in city and "новость 1" in city and "новость 2" not in city
    part = _text("/news/?territory=part")
    assert "Нашлась <b>1 новость</b>" in part and "новость 1" in part
    assert "новость 2" in _text("/news/?territory=nowhere"), "an unknown place is passed over"


def test_a_longer_list_keeps_the_municipality_and_costs_the_same(
    told: NewsPage, django_assert_max_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    index = make.NewsIndexPage.objects.get()
    place = told.places.first().territory
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(14):
            page = make.news(index, title=f"Ещё {number}", slug=f"more{number}")
            page.places = [NewsPlace(territory=place)]
            page.save_revision().publish()
    assert 'href="?territory=angarsk&amp;page=2"' in _text("/news/?territory=angarsk")
    with django_assert_max_num_queries(6):
        _text("/news/?territory=angarsk&page=2")
    with django_assert_max_num_queries(7):
        _text("/news/n0/")


def test_only_centres_measures_and_groups_are_subjects(told: NewsPage) -> None:
    row = NewsSubject(news=told, subject=make.NewsIndexPage.objects.get())
    with pytest.raises(ValidationError, match="Выберите центр"):
        row.clean()


def test_the_editor_has_both_panels(told: NewsPage, signed_in: Any, grant_page_rights: Any) -> None:
    grant_page_rights()
    html = signed_in("press").get(f"/admin/pages/{told.pk}/edit/").content.decode()
    assert 'name="places-TOTAL_FORMS"' in html
    assert 'name="subjects-TOTAL_FORMS"' in html
    assert re.search(r"services\.centre.{0,20}services\.measure.{0,20}services\.supportgroup", html)


def test_a_preview_shows_what_is_chosen_and_not_published_yet(told: NewsPage) -> None:
    told.subjects = [NewsSubject(subject=services.measure(title="Путёвка", slug="putyovka"))]
    told.places = []
    html = told.make_preview_request().render().content.decode()
    assert "Путёвка" in html and "Пункт в" not in html
