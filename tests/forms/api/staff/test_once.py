"""A request repeated under its key is answered as the first time was; two at the same moment are one."""

import json
from typing import Any

import pytest
from django.utils import timezone

from forms.api.models import SentOnce
from forms.applications import due_moves
from forms.applications.models import Application, JournalEntry, PendingMove
from forms.notifications.models import Outbox
from tests import processes
from tests.factories import applications as make

from .program import Program

KEY = {"HTTP_IDEMPOTENCY_KEY": "key-of-mine"}
SEND = """
import json, sys
from django.test import Client
key, path, body = sys.argv[1:]
client = Client()
print("ready", flush=True)
sys.stdin.readline()
answer = client.post(path, body, content_type="application/json", HTTP_AUTHORIZATION="Bearer " + key,
                     HTTP_IDEMPOTENCY_KEY="key-of-mine")
told = answer.json()
told.pop("applicant_reads", None)
print(json.dumps([answer.status_code, told], sort_keys=True))
"""


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    return user


def _told(answer: Any) -> tuple[int, dict[str, Any]]:
    return answer.status_code, {name: value for name, value in answer.json().items() if name != "applicant_reads"}


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [0, 15])
def test_a_step_is_taken_once_per_key(seconds: int, lead: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = seconds
    application, program = make.in_work(lead), Program(lead)
    path = f"applications/{application.pk}/moves/explain"
    body = {"version": application.version, "explanation": "Придите в среду."}
    first = program.post(path, body, **KEY)
    assert first.status_code == (202 if seconds else 200)
    assert first.json()["applicant_reads"]["explanation"] == "Придите в среду."
    again = program.post(path, body, **KEY)
    assert _told(again) == _told(first)
    # No word of it is kept.
    assert again.json()["applicant_reads"] is None
    assert "Придите" not in str(SentOnce.objects.values().get())
    PendingMove.objects.update(due_at=timezone.now())
    due_moves.take_due()
    assert _told(program.post(path, body, **KEY)) == _told(first)
    assert JournalEntry.objects.filter(application=application, action="explain").count() == 1
    for path_, other in (
        (path, body | {"explanation": "Другое"}),
        (path.replace("explain", "resolve"), body),
        (path, {**body, "version": 1}),
    ):
        refused = program.post(path_, other, **KEY)
        assert (refused.status_code, "ключ" in refused.json()["detail"]) == (422, True)
    # Without the key, or with another, the version stops it as before.
    assert program.post(path, body).status_code == 409
    assert program.post(path, body, HTTP_IDEMPOTENCY_KEY="another-key").status_code == 409
    assert program.post(path, body, HTTP_IDEMPOTENCY_KEY="short").status_code == 400


@pytest.mark.django_db
def test_a_button_and_a_step_that_leads_out_of_sight(lead: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    application, program = make.new(), Program(lead)
    path = f"applications/{application.pk}/moves/take"
    taken = program.post(path, {"version": 1}, **KEY)
    assert taken.json()["version"] == 2
    assert _told(program.post(path, {"version": 1}, **KEY)) == _told(taken)
    settings.UNDO_SECONDS = 0
    team = make.team("Братск", codes=("bratsk",))
    path = f"applications/{application.pk}/moves/hand_over"
    body = {"version": 2, "team": team.pk, "notice": "Вами займётся Братск.", "reason": "Живёт там."}
    given = program.post(path, body, HTTP_IDEMPOTENCY_KEY="another-key")
    assert given.status_code == 200, given.json()
    assert program.get(f"applications/{application.pk}").status_code == 404
    again = program.post(path, body, HTTP_IDEMPOTENCY_KEY="another-key")
    assert _told(again) == _told(given)


@pytest.mark.django_db
def test_what_was_refused_leaves_the_key_free(lead: Any, person: Any) -> None:
    application, program = make.in_work(lead), Program(lead)
    path = f"applications/{application.pk}/moves/explain"
    assert program.post(path, {"version": 2}, **KEY).status_code == 422
    assert program.post(path, {"version": 1, "explanation": "Да."}, **KEY).status_code == 409
    assert not SentOnce.objects.exists()
    assert program.post(path, {"version": 2, "explanation": "Да."}, **KEY).status_code == 200
    # A key is of one person and one application: nobody meets another's.
    other = person("lead", "other")
    make.team("Иркутск", other)
    second = make.in_work(other)
    body = {"version": 2, "explanation": "Да."}
    assert Program(other).post(f"applications/{second.pk}/moves/explain", body, **KEY).status_code == 200
    for foreign in (999_999, 2**60, 2**70):
        assert program.post(f"applications/{foreign}/moves/explain", body, **KEY).status_code == 404
        assert program.post(f"applications/{foreign}/letters", body, **KEY).status_code in (404, 422)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "body", "action"),
    [
        ("letters", {"version": 2, "text": "Мы вас ждём."}, "letter"),
        ("moves/explain", {"version": 2, "explanation": "Придите в среду."}, "explain"),
    ],
)
@pytest.mark.parametrize("seconds", ["0", "600"])
def test_four_at_the_same_moment_are_one(
    seconds: str, address: str, body: dict[str, Any], action: str, lead: Any, tmp_path: Any
) -> None:
    application, program = make.in_work(lead), Program(lead)
    letters = Outbox.objects.count()
    env = processes.environment(tmp_path, UNDO_SECONDS=seconds, EMAIL_URL="", ALLOWED_HOSTS="testserver")
    given = (program.text, f"/api/staff/applications/{application.pk}/{address}", json.dumps(body))
    said = processes.together([processes.start(SEND, *given, env=env) for _number in range(4)])
    # Whoever came second is answered as the first was.
    assert len(set(said)) == 1, said
    assert json.loads(said[0])[0] == (202 if seconds == "600" else 200)
    done = JournalEntry.objects.filter(application=application, action=action).count()
    held = PendingMove.objects.filter(application=application, state="held").count()
    assert (done, held) == ((0, 1) if seconds == "600" else (1, 0))
    assert Outbox.objects.count() == letters + (0 if held else 1)
    assert Application.objects.get(pk=application.pk).version == (2 if held else 3)
