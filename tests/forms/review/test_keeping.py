"""Columns and saved views: one's own, those of a form, shared ones; and who may touch them."""

import pytest

from forms.review.models import ColumnChoice, SavedView
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
QUEUE = "/admin/queue/"


@pytest.fixture
def reviewer(person):
    user = person("reviewer")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def lead(person):
    user = person("lead")
    make.team("Иркутск", user)
    return user


def _text(client, **query) -> str:
    return client.get(QUEUE, {"folder": "open", **query}).content.decode()


def test_columns_by_person_and_by_form(reviewer, lead, signed_in) -> None:
    client, other = signed_in(reviewer), signed_in(lead)
    application = make.new()
    assert '<td class="q-c-phone' not in _text(client)
    client.post(f"{QUEUE}columns/", {"column": ["phone", "received", "nonsense"], "query": "folder=open"})
    text = _text(client)
    assert '<td class="q-c-phone' in text and '<td class="q-c-place' not in text and 'class="q-who"' in text
    assert '<td class="q-c-phone' not in _text(other)
    answer = client.post(f"{QUEUE}columns/", {"form": application.form_id, "column": ["a.q_relation", "due"]})
    assert answer["Location"].startswith(QUEUE)
    of_form = _text(client, form=application.form_id)
    assert "Мать или отец</td>" in of_form and "q-c-phone" not in of_form
    assert "Мать или отец</td>" not in _text(client)
    client.post(f"{QUEUE}columns/", {"usual": "1"})
    assert '<td class="q-c-place' in _text(client)
    assert ColumnChoice.objects.count() == 1


def test_answers_that_are_markup_stay_text(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    application = make.new(q_story="<script>alert(1)</script>", q_wishes="<b>")
    client.post(f"{QUEUE}columns/", {"form": application.form_id, "column": ["a.q_story", "a.q_wishes"]})
    text = _text(client, form=application.form_id)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_a_view_is_saved_opened_replaced_and_deleted(reviewer, lead, signed_in) -> None:
    client = signed_in(reviewer)
    make.new()
    data = {"name": " Новые  за ночь ", "query": "folder=open&state=new&p=zzz&since=4"}
    answer = client.post(f"{QUEUE}views/", data)
    assert answer["Location"] == f"{QUEUE}?folder=open&state=new"
    assert 'href="?folder=open&amp;state=new">Новые за ночь</a>' in _text(client)
    assert "Новые за ночь" not in _text(signed_in(lead))
    client.post(f"{QUEUE}views/", data | {"query": "folder=mine"})
    view = SavedView.objects.get()
    assert (view.name, view.query, view.team) == ("Новые за ночь", "folder=mine", None)
    assert client.post(f"{QUEUE}views/{view.pk}/drop/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_shared_view_is_for_the_team_and_by_who_assigns_work(reviewer, lead, person, signed_in) -> None:
    team = make.team("Иркутск")
    data = {"name": "Молчат больше 3 дней", "query": "folder=waiting", "team": team.pk}
    assert signed_in(reviewer).post(f"{QUEUE}views/", data)["Location"] == "/admin/"
    assert not SavedView.objects.exists()
    assert "только мне" in _text(signed_in(lead))
    signed_in(lead).post(f"{QUEUE}views/", data)
    foreign = make.team("Братск", codes=("bratsk",))
    assert signed_in(lead).post(f"{QUEUE}views/", data | {"team": foreign.pk})["Location"] == "/admin/"
    view = SavedView.objects.get()
    assert "Молчат больше 3 дней" in _text(signed_in(reviewer))
    stranger = person("reviewer", "stranger")
    foreign.members.add(stranger)
    assert "Молчат больше 3 дней" not in _text(signed_in(stranger))
    for user in (reviewer, stranger):
        assert signed_in(user).post(f"{QUEUE}views/{view.pk}/drop/").status_code == 404
    assert signed_in(lead).post(f"{QUEUE}views/{view.pk}/drop/").status_code == 302


@pytest.mark.parametrize("path", ["columns/", "views/", "views/1/drop/"])
def test_who_edits_pages_keeps_nothing(signed_in, path) -> None:
    for role in ("press", "formeditor"):
        assert signed_in(role).post(f"{QUEUE}{path}", {"name": "x", "query": ""})["Location"] == "/admin/"
    assert not SavedView.objects.exists()
    assert not ColumnChoice.objects.exists()


@pytest.mark.parametrize("query", ["https://evil.example/", "//evil.example", "folder=open&next=//evil.example"])
def test_the_way_back_stays_in_the_queue(reviewer, signed_in, query) -> None:
    answer = signed_in(reviewer).post(f"{QUEUE}views/", {"name": "x", "query": query})
    assert answer["Location"].startswith(f"{QUEUE}?")


def test_a_view_without_a_name_is_not_saved(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    client.post(f"{QUEUE}views/", {"name": "  ", "query": "folder=open"})
    client.post(f"{QUEUE}views/", {"name": "x", "query": "q=" + "а" * 3000})
    assert not SavedView.objects.exists()
