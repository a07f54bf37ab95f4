"""Notes, letters and fields of staff by programs: once per key, refused by field."""

from typing import Any

import pytest

from forms.api import tasks
from forms.api.models import SentOnce
from forms.applications import actions, labelling, staffing
from forms.applications.models import Application, Note, PendingMove
from forms.notifications.models import Outbox
from tests.factories import applications as make
from tests.factories import definitions

from .program import Program

pytestmark = pytest.mark.django_db
KEY = {"HTTP_IDEMPOTENCY_KEY": "key-of-mine"}


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    return user


def test_a_note_is_written_once_per_key(lead: Any, person: Any) -> None:
    colleague = person("reviewer", "pavlova", last_name="Павлова", first_name="Инна")
    make.team("Иркутск", colleague)
    application, program = make.new(), Program(lead)
    path, body = f"applications/{application.pk}/notes", {"text": "@pavlova посмотрите, @никто"}
    first, again = program.post(path, body, **KEY), program.post(path, body, **KEY)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"] == Note.objects.get().pk
    assert first.json()["called"] == ["Павлова И."]
    assert first.json()["unknown"] == ["никто"]
    assert program.post(path, {"text": "другое"}, **KEY).status_code == 422
    assert program.post(path, body).status_code == 400
    assert program.post(path, {"text": ""}, HTTP_IDEMPOTENCY_KEY="another-key").status_code in (409, 422)
    assert program.post(path, {"text": "x" * 9000}, HTTP_IDEMPOTENCY_KEY="another-key").status_code in (409, 422)
    assert program.post(path, {"text": 5}, HTTP_IDEMPOTENCY_KEY="another-key").status_code == 422


def test_a_letter_is_sent_once_per_key(lead: Any, settings: Any) -> None:
    application, program = make.in_work(lead), Program(lead)
    path, body = f"applications/{application.pk}/letters", {"version": 2, "text": "Мы вас ждём."}
    letters = Outbox.objects.count()
    first, again = program.post(path, body, **KEY), program.post(path, body, **KEY)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["applicant_reads"]["message"] == "Мы вас ждём."
    assert again.json() == first.json() | {"applicant_reads": None}
    assert Outbox.objects.count() == letters + 1
    assert Application.objects.get(pk=application.pk).messages.get().text == "Мы вас ждём."
    assert program.post(path, body | {"text": "Другое"}, **KEY).status_code == 422
    # Whoever forgets the key is stopped by the version.
    assert program.post(path, body, HTTP_IDEMPOTENCY_KEY="another-key").status_code == 409
    assert "Мы вас ждём" not in str(SentOnce.objects.values().get())
    SentOnce.objects.update(made_at=SentOnce.objects.get().made_at - tasks.KEPT)
    assert tasks.drop_old() == 1


def test_a_letter_is_held_and_undone(lead: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    application, program = make.in_work(lead), Program(lead)
    path, body = f"applications/{application.pk}/letters", {"version": 2, "text": "Мы вас ждём."}
    held, again = program.post(path, body, **KEY), program.post(path, body, **KEY)
    assert (held.status_code, again.status_code) == (202, 202)
    assert again.json() == held.json() | {"applicant_reads": None}
    assert PendingMove.objects.count() == 1
    assert program.ask("DELETE", f"applications/{application.pk}/pending").json()["action"] == "write"
    # The first answer again; what became of it since says the card.
    assert program.post(path, body, **KEY).json()["state"] == "held"
    assert program.get(f"applications/{application.pk}").json()["pending"] is None
    assert not PendingMove.objects.filter(state="held").exists()


def test_fields_of_staff_are_filled_in_and_emptied(lead: Any) -> None:
    document = definitions.help_json()
    kinds = [{"key": "yes", "label": "Да"}, {"key": "no", "label": "Не нужен"}]
    asked = [
        definitions.question("q_agreed", "short_text", "Что согласовано с районом"),
        definitions.question("q_visit", "choice", "Нужен выезд на дом", options={"choices": kinds}),
        definitions.question("q_day", "date", "Когда выезд"),
    ]
    document["steps"][2]["fields"] += [each | {"staff": True} for each in asked]
    version = definitions.published_form(steps=document["steps"])
    new = actions.submit_answers(version, definitions.help_answers(), 1, "site", "key 1")
    application, program = actions.take(new.pk, lead, 1), Program(lead)
    path = f"applications/{application.pk}/staff"
    filled = {"q_agreed": "Дрова: 5 куб. м", "q_visit": "yes", "q_day": "2026-12-03"}
    done = program.post(path, {"version": 2, "answers": filled}, **KEY)
    assert (done.status_code, done.json()) == (200, {"version": 3, "changed": True})
    # The answer was lost: the same once more.
    assert program.post(path, {"version": 2, "answers": filled}, **KEY).json() == done.json()
    assert program.post(path, {"version": 2, "answers": {}}, **KEY).status_code == 422
    assert staffing.answers_of(application) == filled
    # What is not sent stays, null empties.
    one = program.post(path, {"version": 3, "answers": {"q_visit": "no", "q_day": None}, "new_label": "печь"})
    assert one.json()["changed"]
    now = one.json()["version"]
    assert staffing.answers_of(application) == {"q_agreed": "Дрова: 5 куб. м", "q_visit": "no"}
    card = program.get(f"applications/{application.pk}").json()
    assert card["version"] == now
    assert "печь" in str(card)
    for answers, named in [
        ({"q_visit": "maybe"}, "q_visit"),
        ({"q_day": "2026-99-99"}, "q_day"),
        ({"q_agreed": "x" * 10_000}, "q_agreed"),
        ({"q_story": "чужой вопрос"}, "q_story"),
    ]:
        wrong = program.post(path, {"version": now, "answers": answers})
        assert wrong.status_code == 422, wrong.json()
        assert named in wrong.json()["errors"]
    assert staffing.answers_of(application) == {"q_agreed": "Дрова: 5 куб. м", "q_visit": "no"}


def test_labels_topic_and_urgency(lead: Any) -> None:
    application, program = make.in_work(lead), Program(lead)
    (label,) = labelling.named(["Многодетные"])
    path = f"applications/{application.pk}/staff"
    assert program.get("labels").json() == [{"id": label.pk, "name": "Многодетные"}]
    done = program.post(path, {"version": 2, "labels": [label.pk]})
    assert done.json() == {"version": 3, "changed": True}
    sorted_ = program.post(path, {"version": 3, "topic": label.pk, "urgency": 1, "reason": "Нет дома."})
    assert sorted_.status_code == 200, sorted_.json()
    application.refresh_from_db()
    assert (application.topic, application.urgency) == (label, 1)
    now = sorted_.json()["version"]
    assert program.post(path, {"version": now}).json() == {"version": now, "changed": False}
    for body, status in [
        ({"version": 2, "labels": []}, 409),
        ({"version": now, "labels": ["x"]}, 422),
        ({"version": now, "urgency": 99, "reason": "x"}, 409),
        ({"version": now, "topic": "x"}, 422),
        ({"version": now, "answers": {"q_phone": "x"}}, 422),
        ({"version": now, "answers": []}, 422),
        ({"version": now, "new_label": 5}, 422),
        ({"version": now, "nothing": 5}, 422),
    ]:
        assert program.post(path, body).status_code == status, body
