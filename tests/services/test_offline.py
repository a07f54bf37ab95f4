"""What is kept for the time without a line: all places, a version of it, and nobody's data."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from services.models import Centre, CentrePhone
from tests.factories import services as make

pytestmark = pytest.mark.django_db


def _page() -> str:
    return Client().get("/offline/").content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def _worker() -> str:
    return Client().get("/sw.js").content.decode()


@pytest.fixture
def place() -> Centre:
    centre = make.centre(title="Центр сопровождения", address="Иркутск, ул. Софьи Перовской, 30/1")
    centre.phones = [CentrePhone(number="+79016679448", purpose="Запись")]
    centre.save()
    return centre


def test_every_place_with_address_telephones_and_hours(place: Centre, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        make.centre(title=f"Пункт {number}", slug=f"p{number}", kind=Centre.Kind.POINT)
    make.centre(title="Переехавший", slug="old", state=Centre.State.MOVED)
    html = _page()
    assert "Софьи Перовской, 30/1" in html and 'href="tel:+79016679448"' in html
    assert "Понедельник – пятница" in html and "9:00–18:00" in html
    assert html.index("Центр сопровождения") < html.index("Пункт 0") < html.index("Пункт 4")
    assert "Переехавший" not in html and "csrfmiddlewaretoken" not in html
    with django_assert_max_num_queries(7):
        _page()


def test_the_worker_has_another_version_when_what_it_keeps_changes(
    place: Centre, django_capture_on_commit_callbacks: Any
) -> None:
    answer = Client().get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert not answer.cookies
    before = _worker()
    assert before == _worker()
    with django_capture_on_commit_callbacks(execute=True):
        Centre.objects.filter(pk=place.pk).update(checked_on=date(2026, 11, 28))
    cache.clear()
    assert _worker() != before


def test_the_worker_leaves_alone_what_is_somebodys(place: Centre) -> None:
    script = _worker()
    for path in ("admin", "requests", "apply", "forms", "api", "documents"):
        assert path in script.split("NOT_OURS = ")[1].split(";")[0]
    assert 'request.method !== "GET"' in script
    assert ".put(" not in script, "nothing is kept but what stands in its list"
    assert 'credentials: "omit"' in script, "the page is fetched as a stranger: no session, no look, nobody's data"


def test_the_kept_page_is_the_same_for_everybody_and_says_what_is_recorded(place: Centre, signed_in: Any) -> None:
    place.phones = [CentrePhone(number="+78006000000", purpose="Вопросы", is_recorded=True)]
    place.save()
    assert "Разговор записываем" in _page()
    assert signed_in("press").get("/offline/").content == Client().get("/offline/").content
