"""The journal's screen: what it lists, to whom, by which conditions, and that searches are in it."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict

from forms.applications import journal, office
from forms.applications.models import OfficeEntry
from forms.review.auditing import entries
from forms.review.exporting import requesting
from forms.review.queue import Look
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/queue/journal/"


@pytest.fixture
def reviewer(person: Any) -> Any:
    user = person("reviewer", last_name="Павлова", first_name="Инна")
    make.team("Иркутск", user)
    return user


def _lines(client: Any, query: str = "") -> list[tuple[str, str, str]]:
    lines = client.get(f"{ADDRESS}?{query}").context["lines"]
    return [(line.who, line.words, line.application.public_number if line.application else "") for line in lines]


def test_both_journals_newest_first(reviewer: Any, person: Any, signed_in: Any) -> None:
    solved = make.resolved(reviewer)
    journal.note_read(solved, reviewer)
    lead = person("lead", last_name="Орлова", first_name="Вера")
    requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False)
    number, client = solved.public_number, signed_in("manager")
    assert _lines(client) == [
        ("Орлова В.", "Заказана выгрузка", ""),
        ("Павлова И.", "Открыта карточка", number),
        ("Павлова И.", "Закрыто: решено", number),
        ("Павлова И.", "Взято в работу", number),
        ("", "Обращение получено", number),
    ]
    assert len(_lines(client, f"who={reviewer.pk}")) == 3
    assert _lines(client, f"who={reviewer.pk}&action=read") == [("Павлова И.", "Открыта карточка", number)]
    assert len(_lines(client, f"number={number}")) == 4
    assert [line[1] for line in _lines(client, "pinned=exports")] == ["Заказана выгрузка"]
    assert [line[1] for line in _lines(client, "pinned=reads")] == ["Открыта карточка"]
    assert [line[1] for line in _lines(client, "pinned=closed")] == ["Закрыто: решено"]
    assert _lines(client, "to=2020-01-01") == []
    assert len(_lines(client, "from=2020-01-01")) == 5
    page = client.get(ADDRESS).content.decode()
    assert "новое → в работе" not in page or "в работе → решено" in page
    assert "отбор: Все открытые" in page
    for bad in ("number=нет", "number=99-999-999", "who=x", "from=x&to=y", "p=!!!", "p=WzFd", "action=x"):
        assert client.get(f"{ADDRESS}?{bad}").status_code == 200
    assert "Такого обращения нет" in client.get(f"{ADDRESS}?number=99-999-999").content.decode()


def test_pages_by_key(reviewer: Any, signed_in: Any, monkeypatch: Any) -> None:
    for number in range(3):
        make.new(q_story=f"просьба {number}")
        office.write(reviewer, "search", {"shown": [number]})
    client = signed_in("manager")
    whole = _lines(client)
    monkeypatch.setattr(entries, "PAGE", 2)
    found, query = [], ""
    for _page in range(3):
        answer = client.get(f"{ADDRESS}{query}")
        found += [
            (line.who, line.words, line.application.public_number if line.application else "")
            for line in answer.context["lines"]
        ]
        query = answer.context["older"]
    assert found == whole
    assert query == ""


def test_queries(reviewer: Any, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        make.new(q_story=f"просьба {number}")
    client = signed_in("manager")
    client.get(ADDRESS)
    for query in ("", "pinned=reads", f"who={reviewer.pk}"):
        with django_assert_max_num_queries(15):
            client.get(f"{ADDRESS}?{query}")


def test_who_may_see_the_journal(reviewer: Any, person: Any, signed_in: Any) -> None:
    for role in ("operator", "reviewer", "lead", "press", "formeditor"):
        user = reviewer if role == "reviewer" else role
        client = signed_in(user)
        assert client.get(ADDRESS)["Location"] == "/admin/"
        assert "/admin/queue/journal/" not in client.get("/admin/").content.decode()
    for role in ("manager", "admin"):
        client = signed_in(role)
        assert client.get(ADDRESS).status_code == 200
        assert "/admin/queue/journal/" in client.get("/admin/").content.decode()


def test_without_the_right_to_see_all_only_of_what_is_seen(reviewer: Any, person: Any, signed_in: Any) -> None:
    own = make.new()
    make.team("Братск", codes=("bratsk",))
    foreign = make.new(q_place="bratsk")
    office.write(person("lead"), "search", {"shown": [foreign.pk]})
    reviewer.user_permissions.add(Permission.objects.get(codename="view_journal"))
    client = signed_in(type(reviewer).objects.get(pk=reviewer.pk))
    assert [line[2] for line in _lines(client)] == [own.public_number]
    assert _lines(client, f"number={foreign.public_number}") == []


def test_a_search_is_a_read(reviewer: Any, signed_in: Any) -> None:
    application, client = make.new(), signed_in(reviewer)
    for _time in range(2):
        assert client.get("/admin/queue/", {"q": application.name}).status_code == 200
    client.get("/admin/queue/", {"q": "Нетаких"})
    client.get("/admin/queue/?folder=open")
    # Once for the same that was shown a moment ago, never with the text, and not where nobody was found.
    entry = OfficeEntry.objects.get()
    assert (entry.actor, entry.action) == (reviewer, "search")
    assert entry.facts == {"by": "name", "shown": [application.pk]}
