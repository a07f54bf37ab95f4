"""Every counter and every total is exact up to a thousand and says «1000+» beyond, for one team and for all of them."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from forms.applications.models import Application, Label, Labelling, Mention, Note
from forms.review import folders, planner
from tests.factories import applications as make
from tests.forms.api.staff.program import Program

pytestmark = pytest.mark.django_db
QUEUE = "/admin/queue/"
YESTERDAY = datetime.timedelta(days=1)


def _late(user: Any) -> Application:
    application = make.new()
    Application.objects.filter(pk=application.pk).update(due_on=timezone.localdate() - YESTERDAY, has_news=True)
    return application


# What one application of a kind stands in; each folder is in one of the kinds.
KINDS: dict[str, tuple[Callable[[Any], Application], set[str]]] = {
    "late": (_late, {"today", "overdue", "unassigned", "news", "open", "called"}),
    "taken": (make.in_work, {"mine", "open"}),
    "asked": (make.waiting, {"waiting", "mine", "open"}),
    "closed": (make.resolved, {"closed"}),
}


def _more(application: Application, count: int) -> list[Application]:
    """So many like this one, past the actions: a thousand of those take minutes."""
    row = Application.objects.get(pk=application.pk)
    values = {
        each.attname: getattr(row, each.attname)
        for each in Application._meta.concrete_fields
        if not each.primary_key and not each.generated and not each.unique
    }
    return Application.objects.bulk_create(Application(**values, source_key=uuid4().hex) for _number in range(count))


def _call(rows: list[Application], user: Any) -> None:
    notes = Note.objects.bulk_create(
        Note(application=row, author=user, key=f"of {user.pk}", text="Посмотри") for row in rows
    )
    Mention.objects.bulk_create(Mention(note=note, application=note.application, user=user) for note in notes)


def _shown(response: Any) -> dict[str, str]:
    return {each["key"]: each["count"] for each in response.context["folders"]}


@pytest.mark.parametrize("kind", KINDS)
def test_every_counter_at_a_thousand(person, signed_in, kind) -> None:
    make_one, full = KINDS[kind]
    lead, everywhere = person("lead"), person("manager")
    make.team("Иркутск", lead)
    first = make_one(lead)
    (label,) = Label.objects.bulk_create([Label(name="Тысяча")])
    programs = {user: Program(user) for user in (lead, everywhere)}
    clients = {user: signed_in(user) for user in (lead, everywhere)}
    added = [first, *_more(first, 998)]
    for count in (999, 1000, 1001):
        Labelling.objects.bulk_create(Labelling(application=row, label=label) for row in added)
        if "called" in full:
            _call(added, lead)
            _call(added, everywhere)
        words = str(count) if count <= 1000 else "1000+"
        for user in (lead, everywhere):
            # «Мои» are the lead's.
            expected = {
                key: words if key in full and not (key == "mine" and user != lead) else "0" for key in folders.BY_KEY
            }
            page = clients[user].get(QUEUE, {"folder": "open"})
            assert _shown(page).items() <= expected.items()
            assert _shown(page).keys() >= expected.keys() - {"called"}
            poll = clients[user].get(f"{QUEUE}fresh/", {"folder": "open"}).json()
            assert poll["counts"] == expected
            answer = programs[user].get("queue", folder="open").json()
            assert {each["key"]: each["count"] for each in answer["folders"]} == expected
        if kind in ("late", "closed"):
            _totals_are(words, clients[lead], programs[lead], label, "open" if "open" in full else "closed")
        added = _more(first, 1)


def _totals_are(words: str, client: Any, program: Program, label: Label, folder: str) -> None:
    """Of a folder, of one with a filter, and of a search beside it."""
    for query in ({"folder": folder}, {"folder": folder, "label": label.pk}, {"q": "Иванова", "label": label.pk}):
        assert client.get(f"{QUEUE}fresh/", query | {"total": "1"}).json()["total"] == words
        assert program.get("queue", **query).json()["total"] == words
    assert client.get(QUEUE, {"folder": folder}).context["total"] == words
    page = client.get(QUEUE, query)
    assert page.context["total"] == ""
    assert "data-total" in page.content.decode()


def test_a_total_that_cannot_be_told_in_time_is_left_out(person, signed_in, monkeypatch) -> None:
    user = person("lead")
    make.team("Иркутск", user)
    make.new()
    monkeypatch.setattr(planner, "count", lambda wanted, most: None)
    answer = signed_in(user).get(f"{QUEUE}fresh/", {"folder": "open", "state": "new", "total": "1"}).json()
    assert answer["total"] == ""
    monkeypatch.setattr("forms.review.queue.PAGE", 1)
    make.new()
    assert Program(user).get("queue", folder="open", state="new").json()["total"] is None
