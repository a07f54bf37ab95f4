"""Public pages of this room: what they show, in how many queries, and what never stands in them."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from home import sections
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from tests.factories import home as make

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/about/", "/privacy/", "/news/", "/news/n0/", "/search/", "/search/?q=дети", "/map/", "/appearance/"]

INLINE_SCRIPT = re.compile(r'<script(?! src=| type="application/)')


@pytest.fixture
def no_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_providers", {})


@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_without_cookies_tokens_scripts_or_inline_style(address: str) -> None:
    make.whole_site()
    answer = Client().get(address)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in text
    assert not INLINE_SCRIPT.search(text)
    assert " style=" not in text
    assert "<style" not in text
    assert text.count("<h1") == 1
    assert "8 800 6 000 000" in text


@pytest.mark.parametrize(
    ("address", "most"), [("/", 2), ("/about/", 1), ("/news/", 3), ("/news/n0/", 4), ("/map/", 3), ("/search/", 0)]
)
def test_queries_with_a_warm_frame(
    address: str, most: int, no_sections: None, django_assert_max_num_queries: Any
) -> None:
    make.whole_site()
    Client().get(address)
    with django_assert_max_num_queries(most):
        Client().get(address)


def test_home_hides_what_nobody_provides(no_sections: None) -> None:
    make.whole_site()
    text = Client().get("/").content.decode()
    assert "Найти свой центр" not in text
    assert "Что у" not in text
    assert "Ближайшие встречи" not in text
    assert text.count("Выплаты на\u00a0детей: новость") == 3


def test_home_shows_what_upper_rooms_provide(no_sections: None) -> None:
    make.whole_site()
    sections.register(
        "centres_finder", lambda request: sections.CentresFinder("/centres/", (("bratsk", "Братск"),), 34, 42)
    )
    sections.register("situations", lambda request: [sections.Situation("Ранение", "Лечение", 4, "/measures/?x=1")])
    sections.register("measures_count", lambda request: sections.MeasuresCount(37, date(2026, 11, 24), "/measures/"))
    meeting = sections.Meeting("Клуб", "/groups/club/", date(2026, 12, 12), "Суббота, 12:00", "Запись не нужна", True)
    sections.register("meetings", lambda request: sections.Meetings((meeting,), "/groups/"))
    text = Client().get("/").content.decode()
    assert '<option value="bratsk">Братск</option>' in text
    assert "34 центра и&nbsp;пункта поддержки в&nbsp;42&nbsp;муниципалитетах" in text
    assert "<em>4 меры</em>" in text
    assert "<b>37</b> мер поддержки действуют сегодня" in text
    assert "<b>12</b>декабря" in text


def test_an_urgent_notice_stands_under_the_hero() -> None:
    make.site(
        urgent_text="Центры закрыты.", urgent_until=date(2999, 1, 1), urgent_link="/centres/", urgent_link_text="Часы"
    )
    text = Client().get("/").content.decode()
    assert "<b>Центры закрыты.</b>" in text
    assert '<a href="/centres/">Часы</a>' in text


def test_every_block_is_shown() -> None:
    make.whole_site()
    text = Client().get("/about/").content.decode()
    for part in (
        '<h2 id="kto-pomozhet">Кто поможет</h2>', '<ol class="steps">', '<ul class="ticks">', "note warn",
        '<dl class="facts">', '<a class="row" href="/measures/">', "<blockquote>", "<summary>Можно ли",
        "24\u00a0ноября 2026\u00a0года",
    ):  # fmt: skip
        assert part in text, part


def test_news_are_paged_newest_first_and_a_wrong_page_is_the_nearest() -> None:
    index = make.news_index(make.site())
    for number in range(14):
        make.news(index, title=f"Новость {number}", slug=f"n{number}", date=date(2026, 11, 1) + timedelta(days=number))
    first = Client().get("/news/").content.decode()
    assert first.index("Новость\u00a0" if "Новость\u00a0" in first else "Новость 13") < first.index("Новость 2<")
    assert "Страница 1 из 2" in first
    assert "Новость 0<" in Client().get("/news/?page=2").content.decode()
    for wrong in ("0", "99", "x", "-1", "%00"):
        assert Client().get(f"/news/?page={wrong}").status_code == 200


def test_a_draft_is_not_public() -> None:
    index = make.news_index(make.site())
    make.news(index, title="Черновик", slug="draft", live=False)
    assert Client().get("/news/draft/").status_code == 404
    assert "Черновик" not in Client().get("/news/").content.decode()
    assert "Черновик" not in Client().get("/news/rss/").content.decode()


def test_a_photo_needs_words() -> None:
    from wagtail.images.models import Image
    from wagtail.images.tests.utils import get_test_image_file

    index = make.news_index(make.site())
    image = Image.objects.create(title="x", file=get_test_image_file())
    page = NewsPage(title="С фото", slug="photo", photo=image)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "photo_alt" in refused.value.message_dict
    page.photo_alt = "Двое у окна"
    page.clean()
    index.add_child(instance=page)
    assert 'alt="Двое у окна"' in Client().get("/news/photo/").content.decode()


def test_page_types_belong_where_they_belong() -> None:
    home = make.site()
    index = make.news_index(home)
    assert set(StandardPage.allowed_subpage_models()) == {StandardPage}
    assert NewsPage.allowed_parent_page_models() == [NewsIndexPage]
    assert not NewsPage.allowed_subpage_models()
    assert not HomePage.can_create_at(home)
    assert not HomePage.can_create_at(home.get_parent())
    assert not NewsIndexPage.can_create_at(home)
    assert NewsPage.can_create_at(index)


def test_a_page_made_private_is_private_at_once(django_capture_on_commit_callbacks: Any) -> None:
    home = make.whole_site()
    assert Client().get("/about/").status_code == 200
    about = StandardPage.objects.child_of(home).get(slug="about")
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get("/about/").status_code == 302
    assert 'href="/about/"' not in Client().get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.all().delete()
    assert Client().get("/about/").status_code == 200


def test_private_news_stay_out_of_lists(django_capture_on_commit_callbacks: Any) -> None:
    make.whole_site()
    Client().get("/")
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(
            page=NewsPage.objects.get(slug="n1"), restriction_type=PageViewRestriction.LOGIN
        )
    for address in ("/", "/news/", "/news/rss/", "/search/?q=дети", "/map/"):
        assert "/news/n1/" not in Client().get(address).content.decode(), address
