"""The list for programs: what the screen shows, to whom the screen shows it, in a fixed number of queries."""

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from forms.applications import labelling
from forms.applications.models import Application, OfficeEntry
from forms.review import folders, planner, queue
from tests.factories import applications as make

from .program import Program

pytestmark = pytest.mark.django_db
# The key, all rights, and what the screen asks: counters, names, rows, what is beside them.
QUERIES = 6


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    return user


def test_it_lists_what_the_screen_lists(lead: Any, signed_in: Any) -> None:
    make.new(), make.new(q_place="bratsk")
    held = make.in_work(lead)
    labelling.put(held, labelling.named(["Срочно"]))
    make.resolved(lead)
    program, client = Program(lead), signed_in(lead)
    for query in ({"folder": "open"}, {"folder": "closed"}, {"folder": "mine"}, {}, {"folder": "open", "state": "new"}):
        answer = program.get("queue", **query)
        shown = client.get("/admin/queue/", query).context
        assert answer.status_code == 200, answer.json()
        data = answer.json()
        assert [row["id"] for row in data["items"]] == [row.pk for row in shown["object_list"]]
        assert data["folder"] == shown["folder"].key
        counts = {each["key"]: each["count"] for each in data["folders"]}
        assert counts | {each["key"]: each["count"] for each in shown["folders"]} == counts
    (row,) = program.get("queue", folder="mine").json()["items"]
    assert row["number"] == held.public_number
    assert row["assignee"] == "Орлова В."
    assert row["labels"] == ["Срочно"]
    assert row["state_words"] == "в работе"
    assert row["due_words"].startswith("до ")
    assert row["url"] == f"http://testserver/admin/queue/{held.pk}/"


def test_answers_that_are_asked_for(lead: Any) -> None:
    application = make.new()
    (row,) = (
        Program(lead)
        .get("queue", folder="open", form=application.form_id, columns=["a.q_phone", "a.q_place"])
        .json()["items"]
    )
    assert set(row["answers"]) == {"a.q_phone", "a.q_place"}
    assert row["answers"]["a.q_place"]


def test_pages_are_walked_by_their_tokens(lead: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    ids = sorted(make.new().pk for _each in range(5))
    program, found, token = Program(lead), [], ""
    while token is not None:
        data = program.get("queue", folder="open", sort="received", **({"p": token} if token else {})).json()
        found += [row["id"] for row in data["items"]]
        token = data["next"]
    assert found == ids
    assert data["previous"]
    last = program.get("queue", folder="open", sort="received", p=program.get("queue", folder="open").json()["last"])
    assert [row["id"] for row in last.json()["items"]] == ids[-2:]


def test_a_search_is_in_the_journal_as_on_the_screen(lead: Any) -> None:
    application = make.new()
    data = Program(lead).get("queue", q=application.public_number).json()
    assert [row["id"] for row in data["items"]] == [application.pk]
    assert data["searched_by"] == "number"
    entry = OfficeEntry.objects.get()
    assert (entry.action, entry.actor, entry.facts) == ("search", lead, {"by": "number", "shown": [application.pk]})


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"folders": "open"}, "folders"),
        ({"folder": "nothing"}, "folder"),
        ({"folder": "open", "sort": "closed"}, "sort"),
        ({"folder": "open", "state": "nothing"}, "state"),
        ({"folder": "open", "due_from": "вчера"}, "due_from"),
        ({"folder": "open", "a.q_x": "1"}, "a.q_x"),
        ({"folder": "open", "p": "!!!"}, "p"),
        ({"folder": "open", "columns": "a.q_x"}, "columns"),
    ],
)
def test_what_is_not_understood_is_said_and_not_passed_over(query: Any, named: str, lead: Any) -> None:
    answer = Program(lead).get("queue", **query)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [named]


def test_too_broad_is_told_with_the_sentence_of_the_screen(
    lead: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(wanted: Any) -> Any:
        raise planner.TooBroad

    monkeypatch.setattr(planner, "page", never)
    answer = Program(lead).get("queue", folder="open")
    assert answer.status_code == 422
    assert answer.json()["detail"] in signed_in(lead).get("/admin/queue/?folder=open").content.decode()


def test_a_counter_ends_at_a_thousand(lead: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "counts", lambda rows, user: dict.fromkeys(folders.BY_KEY, folders.CAP + 1))
    data = Program(lead).get("queue", folder="open").json()
    assert {each["count"] for each in data["folders"]} == {"1000+"}


def test_the_number_of_queries_does_not_grow(lead: Any, django_assert_num_queries: Any) -> None:
    program = Program(lead)
    make.new()
    program.get("queue", folder="open")
    with django_assert_num_queries(QUERIES) as one:
        program.get("queue", folder="open")
    for _each in range(5):
        make.in_work(lead)
    with CaptureQueriesContext(one.connection) as many:
        assert len(program.get("queue", folder="open").json()["items"]) == 6
    assert len(many) == len(one)


@given(
    st.dictionaries(
        st.sampled_from(["folder", "q", "sort", "p", "form", "due_from", "a.q_x", "columns", "by", "unread", "x"]),
        st.text(max_size=30),
        max_size=4,
    )
)
def test_no_address_is_an_error_of_ours(hostile: Any) -> None:
    from accounts.models import User

    user = User.objects.filter(username="hostile").first() or User.objects.create_superuser("hostile")
    answer = Program(user).get("queue", **hostile)
    assert answer.status_code in (200, 422), answer.content
    assert Application.objects.count() == 0
