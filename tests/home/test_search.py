"""The same cases on SQLite and on PostgreSQL (DATABASE_URL): Russian endings, ё, and nothing that breaks it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from home.search import excerpt, highlight, read, search_site
from home.stems import stem, stems
from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> None:
    home = make.site()
    make.standard(home, title="Группа для детей", slug="children", lead="Каждую среду.", body=[])
    make.standard(
        home,
        title="Деньги",
        slug="money",
        lead="",
        body=[("text", "<p>Какие <b>выплаты</b> положены при ранении?</p>")],
    )
    make.standard(home, title="Новогодняя ёлка", slug="tree", lead="Приглашаем семью на праздник.", body=[])
    make.news(make.news_index(home), title="Юрист принимает в Ангарске", slug="lawyer", lead="", body=[])


def _urls(query: str) -> list[str]:
    return [result.url for result in search_site(query).results]


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("дети", "/children/"),
        ("детям", "/children/"),
        ("ребёнок", "/children/"),
        ("ДЕТЕЙ", "/children/"),
        ("выплата", "/money/"),
        ("выплату", "/money/"),
        ("ранения", "/money/"),
        ("елка", "/tree/"),
        ("ёлки", "/tree/"),
        ("ЁЛКУ", "/tree/"),
        ("семья", "/tree/"),
        ("семей", "/tree/"),
        ("юристы Ангарск", "/news/lawyer/"),
        ("а юрист - в Ангарске?", "/news/lawyer/"),
        ("выплата космонавту", "/money/"),
    ],
)
def test_found_whatever_the_ending(pages: None, query: str, url: str) -> None:
    assert _urls(query) == [url]


@pytest.mark.parametrize("query", ["", "   ", "и", "в на с", "???", "💔", "крокодил"])
def test_nothing_to_find(pages: None, query: str) -> None:
    assert _urls(query) == []


HOSTILE = [
    '"', "'", "''; DROP TABLE home_newspage; --", "%", "_", "*", "дет*", "дети OR", "AND", "NOT дети",
    "NEAR(дети", "^дети", "title:дети", "дети:*", "(дети", ")", "{", "дети & | !", "<->", "\\", "\\'",
    "\x00\u0434\u0435\u0442\u0438", "\u0434\u0435\u0442\u0438\ud800", "-дети", "+дети",
    "<script>alert(1)</script>", "д" * 500, "дети " * 100, "{{ 7 }}",
    "\u0434\u0435\u0442\u0438\n\r\t\u0432\u044b\u043f\u043b\u0430\u0442\u044b", "&amp;q=2", "%00", "%D0",
    "🙂дети",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_only_words(pages: None, query: str) -> None:
    try:
        answer = Client().get("/search/", {"q": query})
    except UnicodeEncodeError:  # a lone surrogate cannot even be put into an address
        search_site(query)
        return
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_broken_percent_encoding(pages: None) -> None:
    assert Client().get("/search/?q=%D0%ff%00%&q=").status_code == 200
    assert Client().get("/search/?q[]=1&page=x").status_code == 200


def test_the_screen_marks_groups_and_offers_the_number(pages: None) -> None:
    text = Client().get("/search/?q=дети").content.decode()
    assert "Нашлась <b>1 страница</b>" in text
    assert "<mark>детей</mark>" in text
    assert "<h2>О портале</h2>" in text
    nothing = Client().get("/search/?q=крокодил").content.decode()
    assert "По запросу «крокодил» ничего не нашлось" in nothing
    assert "tel:+78006000000" in nothing.split('id="main"')[1].split("</main>")[0]


def test_drafts_and_private_pages_are_not_found(pages: None) -> None:
    make.StandardPage.objects.get(slug="children").unpublish()
    assert _urls("дети") == []


def test_an_edited_page_is_found_by_its_new_words(pages: None) -> None:
    page = make.StandardPage.objects.get(slug="children")
    page.title = "Группа для взрослых"
    page.save_revision().publish()
    assert _urls("дети") == []
    assert _urls("взрослый") == ["/children/"]


def test_queries_are_few(pages: None, django_assert_max_num_queries: Any) -> None:
    Client().get("/search/?q=дети")
    with django_assert_max_num_queries(6):
        Client().get("/search/?q=дети")


def test_stems() -> None:
    assert stem("Ёлки") == stem("елка")
    assert stems("Дети и семья — 37 мер") == "дет сем 37 мер"


def test_excerpt_is_cut_around_the_word() -> None:
    text = "слово " * 60 + "санаторий для семьи " + "хвост " * 60
    cut = excerpt(text, frozenset({stem("санаторий")}))
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "санаторий" in cut
    assert len(cut) < 200


def test_highlight_escapes() -> None:
    assert highlight("<b>дети</b>", frozenset({stem("дети")})) == "<mark>&lt;b&gt;дети&lt;/b&gt;</mark>"


def test_many_results_of_one_kind_do_not_bury_the_others(pages: None) -> None:
    index = make.NewsIndexPage.objects.get()
    for number in range(9):
        make.news(index, title=f"Встреча {number}", slug=f"m{number}", lead="Для детей.", body=[])
    text = Client().get("/search/?q=дети").content.decode()
    assert text.index("Группа для <mark>детей</mark>") < text.index("Встреча")  # the word stands in the title
    assert text.count('class="result"') == 6
    assert "Ещё 4 страницы" in text
    assert Client().get("/search/", {"q": "дети", "in": "Новости"}).content.decode().count('class="result"') == 9
    assert Client().get("/search/", {"q": "дети", "in": "Ничего"}).content.decode().count('class="result"') == 6


def test_a_title_is_first_however_many_long_texts_say_the_word_more_often(pages: None) -> None:
    index = make.NewsIndexPage.objects.get()
    body = [("text", f"<p>{'санаторий ' * 30}</p>")]
    for number in range(5):
        make.news(index, title=f"Встреча {number}", slug=f"m{number}", lead="Санаторий, санаторий.", body=body)
    long = " ".join(["Как", "получить", "место", "в", "санатории", *("слово" for _word in range(20))])
    make.news(index, title=long, slug="title", lead="Другое.", body=[("text", f"<p>{'слово ' * 900}</p>")])
    answer = search_site("санаторий", 3)
    assert answer.results[0].url == "/news/title/"
    assert len(answer.results) == 3


def test_what_is_behind_a_password_is_not_found(pages: None) -> None:
    page = make.StandardPage.objects.get(slug="children")
    assert _urls("дети") == ["/children/"]
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    cache.clear()
    assert _urls("дети") == []


def test_other_things_in_the_index_are_no_pages(pages: None) -> None:
    """Pictures and documents are indexed beside pages, under numbers that pages have too."""
    page = make.StandardPage.objects.get(slug="children")
    image = get_image_model()(pk=page.pk, title="крокодил", file=get_test_image_file())
    image.save()
    assert _urls("крокодил") == []
    assert _urls("дети") == ["/children/"]


def test_a_page_that_went_between_finding_and_drawing_is_left_out(pages: None) -> None:
    (found,) = search_site("дети").results
    make.StandardPage.objects.get(slug="children").delete()
    read([found])
    assert found.page is None
    assert found.excerpt == ""
