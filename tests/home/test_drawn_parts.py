"""Parts of public pages that a process keeps as drawn: always of what is published now, and of this visitor's look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Page

from home import appearance, finding
from home.models import NewsPage, StandardPage
from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def _shown(address: str, look: str = "") -> str:
    client = Client()
    client.cookies[appearance.COOKIE] = look
    return client.get(address).content.decode()


def _text(words: str) -> list[dict[str, str]]:
    return [{"type": "text", "value": f"<p>{words}</p>"}]


def test_a_body_says_what_is_in_it_even_if_this_process_was_told_nothing() -> None:
    """No callback of a commit runs here, so nothing that is kept is dropped."""
    page = make.standard(make.site(), body=_text("Разберёмся"))
    assert "Разберёмся" in _shown("/about/")
    page.body = _text("Назовём дату")
    page.save_revision().publish()
    assert "Назовём" in _shown("/about/")
    assert "Разберёмся" not in _shown("/about/")


def test_a_body_follows_what_it_only_names(commit: Any) -> None:
    """A document that gets another title, a page that moves: the text itself stays as it is."""
    with commit():
        home = make.site()
        document = get_document_model().objects.create(title="Порядок приёма", file="order.pdf")
        led = make.standard(home, title="Документы", slug="documents")
        link = {"title": "Дальше", "text": "", "page": led.pk, "address": ""}
        body = [
            {"type": "document", "value": {"document": document.pk, "title": ""}},
            {"type": "link", "value": link},
        ]
        make.standard(home, body=body)
    shown = _shown("/about/")
    assert "Порядок приёма" in shown
    assert 'href="/documents/"' in shown
    with commit():
        document.title = "Новый порядок"
        document.save()
    assert "Новый порядок" in _shown("/about/")
    with commit():
        led.slug = "papers"
        led.save_revision().publish()
    assert 'href="/papers/"' in _shown("/about/")


def test_parts_of_the_frame_follow_the_look_the_address_and_the_menu(commit: Any) -> None:
    with commit():
        make.whole_site()
    enlarged = appearance.SWITCHED_ON.cookie
    for _twice in range(2):
        assert "Версия для слабовидящих</span>" in _shown("/about/")
        assert "Обычная версия" in _shown("/about/", enlarged)
        assert 'name="next" value="/about/?a=1"' in _shown("/about/?a=1")
        assert '<a href="/news/" aria-current="page">Новости' in _shown("/news/")
        assert '<a href="/news/" aria-current="true">Новости' in _shown("/news/n0/")
        assert '<a href="/news/">Новости' in _shown("/about/")
        assert '<a href="/search/" aria-current="page">' in _shown("/search/")
        assert '<a href="/search/" aria-current="page">' not in _shown("/about/")
    with commit():
        news = Page.objects.get(slug="news").specific
        news.title = "Что нового"
        news.save_revision().publish()
    assert '<a href="/news/">Что нового' in _shown("/about/")


def test_a_preview_is_never_what_was_published_nor_the_other_way_round(commit: Any) -> None:
    with commit():
        page = make.standard(make.site(), body=_text("Опубликовано"))
    assert "Опубликовано" in _shown("/about/")
    draft = StandardPage.objects.get(pk=page.pk)
    draft.body = _text("Черновик")
    preview = draft.make_preview_request()
    assert "Черновик" in preview.render().content.decode()
    assert "Черновик" not in _shown("/about/")


def test_a_page_read_by_the_kept_statement_is_the_page(commit: Any) -> None:
    with commit():
        make.whole_site()
        make.answers()
    for page in Page.objects.filter(depth__gt=1).specific():
        read = finding._read(type(page), page.pk, page.url_path)
        assert read is not None
        assert type(read) is type(page)
        assert not read.get_deferred_fields()
        for field in page._meta.concrete_fields:
            value, expected = (field.value_to_string(each) for each in (read, page))
            assert value == expected, field
    news = NewsPage.objects.first()
    assert news is not None
    assert finding._read(NewsPage, news.pk, "/elsewhere/") is None
    NewsPage.objects.filter(pk=news.pk).update(live=False)
    assert finding._read(NewsPage, news.pk, news.url_path) is None
