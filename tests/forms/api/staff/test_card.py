"""The card for programs: what the screen shows, journalled as the screen's, in a fixed number of queries."""

from typing import Any

import pytest

from forms.applications import journal, notes
from forms.applications.models import Application, JournalEntry, Message
from tests.factories import applications as make

from .program import Program

pytestmark = pytest.mark.django_db
# The key and its user's rights, what the card of the screen reads, the read in the journal, and whom the steps offer to
# choose: people, who of them is away, teams.
QUERIES = 18


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    return user


def test_the_card_is_what_the_screen_shows(lead: Any, signed_in: Any) -> None:
    application, twin = make.waiting(lead, "Когда удобно?"), make.new()
    notes.add(application.pk, lead, "Звонить вечером", "k", lambda row: "")
    data = Program(lead).get(f"applications/{application.pk}").json()
    shown = signed_in(lead).get(f"/admin/queue/{application.pk}/").context
    assert data["number"] == application.public_number
    assert (data["state"], data["state_words"]) == ("waiting_applicant", "ждём заявителя")
    assert data["applicant_words"] == "Нужен ваш ответ"
    assert [(each["title"], len(each["answers"])) for each in data["sections"]] == [
        (each.title, len(each.answers)) for each in shown["sections"]
    ]
    assert [part["words"] for part in data["due"]["sum"]] == [words for words, _day in shown["due_sum"]]
    events = {event["words"]: event for event in data["timeline"]}
    assert [str(event.words) for _day, each in shown["events"].days for event in each] == [
        event["words"] for event in data["timeline"]
    ]
    assert any(event["kind"] == "out" and event["text"] == "Когда удобно?" for event in events.values())
    assert any(event["kind"] == "note" and "Звонить вечером" in event["text"] for event in events.values())
    assert [row["id"] for row in data["duplicates"]["rows"]] == [twin.pk]
    assert data["may_write"] and data["may_note"]
    assert data["form_version"] == application.form_version.number


def test_opening_is_journalled_once_and_news_stay_news(lead: Any) -> None:
    application, program = make.in_work(lead), Program(lead)
    Application.objects.filter(pk=application.pk).update(has_news=True)
    Message.objects.create(application=application, side=Message.Side.APPLICANT, text="Я передумала")
    assert program.get(f"applications/{application.pk}").json()["has_news"]
    program.get(f"applications/{application.pk}")
    read = JournalEntry.objects.get(action="read")
    assert (read.application, read.actor) == (application, lead)
    assert not list(journal.problems())
    application.refresh_from_db()
    assert application.has_news
    assert Message.objects.get(side=Message.Side.APPLICANT).read_at is None


def test_queries(lead: Any, django_assert_num_queries: Any) -> None:
    application, program = make.waiting(lead), Program(lead)
    program.get("queue", folder="open")
    with django_assert_num_queries(QUERIES):
        program.get(f"applications/{application.pk}")
