"""Questions and answers: by topic, found by the search, and «Помогло?» that counts and keeps nobody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from home import opinions
from home.models import AnswerPage, AnswersPage, Opinion
from portal import page_cache
from tests.factories import home as make

pytestmark = pytest.mark.django_db
ADDRESS = "/helped/"


@pytest.fixture
def answer() -> AnswerPage:
    make.whole_site()
    return make.answers()[0]


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    yield
    page_cache.pages.clear()


def _say(answer: AnswerPage, said: str, address: str = "10.0.0.1", **headers: str) -> Any:
    return Client(REMOTE_ADDR=address).post(ADDRESS, {"answer": answer.pk, "helped": said}, headers=headers)


def test_by_topic_in_the_editors_order(answer: AnswerPage, django_assert_max_num_queries: Any) -> None:
    html = Client().get("/answers/").content.decode().replace("\xa0", " ")
    assert html.index("<h2>Приём") < html.index("Можно ли прийти") < html.index("<h2>Документы")
    assert list(AnswersPage.objects.get().topics()) == ["Приём", "Документы"]
    Client().get("/answers/q0/")
    with django_assert_max_num_queries(5):
        Client().get("/answers/")
    with django_assert_max_num_queries(7):
        Client().get("/answers/q0/")


def test_the_search_shows_answers_under_their_name(answer: AnswerPage) -> None:
    html = Client().get("/search/?q=запись").content.decode()
    assert "Ответы на вопросы" in html and "/answers/q0/" in html


def test_an_opinion_is_counted_and_the_page_thanks(answer: AnswerPage) -> None:
    done = _say(answer, "no")
    assert (done.status_code, done["Location"]) == (303, "/answers/q0/?said=no#helped")
    assert not done.cookies
    html = Client().get("/answers/q0/?said=no").content.decode()
    assert (
        '<p data-said="no">' in html
        and '<p data-said="yes" hidden>' in html
        and "<form" not in html.split('id="helped"')[1]
    )
    _say(answer, "yes", "10.0.0.2")
    opinion = Opinion.objects.get()
    assert (opinion.yes, opinion.no) == (1, 1)


def test_a_script_gets_no_page(answer: AnswerPage) -> None:
    done = _say(answer, "yes", **{"X-In-Place": "1"})
    assert (done.status_code, done.content) == (204, b"")
    assert Opinion.objects.get().yes == 1


def test_one_address_counts_a_few_times_a_day_and_is_stored_nowhere(answer: AnswerPage, monkeypatch: Any) -> None:
    for _ in range(opinions.OF_AN_ANSWER + 4):
        assert _say(answer, "no", "192.0.2.77").status_code == 303
    assert Opinion.objects.get().no == opinions.OF_AN_ANSWER
    columns = {
        column.name for column in connection.introspection.get_table_description(connection.cursor(), "home_opinion")
    }
    assert columns == {"id", "answer_id", "yes", "no"}
    remembered: list[str] = []
    monkeypatch.setattr(opinions.cache, "add", lambda key, *rest: bool(remembered.__iadd__([key])))
    _say(answer, "no", "192.0.2.78")
    assert remembered and all("192.0.2" not in key for key in remembered), "the cache knows a keyed hash and no address"


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"helped": "yes"}, 400),
        ({"answer": "1; drop", "helped": "yes"}, 400),
        ({"answer": "999999", "helped": "yes"}, 404),
    ],
)
def test_nonsense_counts_nothing(answer: AnswerPage, posted: dict[str, str], status: int) -> None:
    assert Client().post(ADDRESS, posted).status_code == status
    assert Client().post(ADDRESS, {"answer": answer.pk, "helped": "maybe"}).status_code == 400
    assert Client().get(ADDRESS).status_code == 405
    assert _say(answer, "yes", **{"Sec-Fetch-Site": "cross-site"}).status_code == 303
    assert not Opinion.objects.exists()


def test_a_vote_leaves_kept_pages_alone(
    answer: AnswerPage, kept: None, django_capture_on_commit_callbacks: Any, django_assert_num_queries: Any
) -> None:
    first = Client().get("/answers/q0/")
    assert "csrfmiddlewaretoken" not in first.content.decode()
    for said in ("yes", "no"):
        with django_capture_on_commit_callbacks(execute=True):
            _say(answer, said)
    with django_assert_num_queries(0):
        assert Client().get("/answers/q0/").content == first.content


def test_the_report_puts_what_does_not_help_first(answer: AnswerPage, signed_in: Any, grant_page_rights: Any) -> None:
    grant_page_rights()
    other = AnswerPage.objects.get(slug="q1")
    for number in range(4):
        _say(answer, "yes" if number else "no", f"10.0.1.{number}")
    _say(other, "no")
    assert [(line.title, line.share) for line in opinions.report()] == [
        (other.title, 100),
        (answer.title, 25),
        ("Юрист платный?", None),
    ]
    html = signed_in("press").get("/admin/reports/answers/").content.decode()
    assert html.index(other.title) < html.index(answer.title) < html.index("ещё не отвечали")
    assert signed_in("reviewer").get("/admin/reports/answers/").status_code in (302, 403)
