"""Steps by programs: the table of moves holds here as at the screen, and nothing leaves before its seconds."""

import datetime
import io
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from forms.applications import due_moves, files
from forms.applications.models import Application, JournalEntry, PendingMove, Upload
from forms.applications.states import BY_ACTION, MOVES, STAFF_MOVES, Move, State
from forms.definitions.document import Field
from forms.notifications.models import Outbox
from tests.factories import applications as make
from tests.factories import uploads

from .program import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    return user


def _step(application: Application, action: str, tail: str = "") -> str:
    return f"applications/{application.pk}/moves/{action}{tail}"


def _expected(move: Move, state: State) -> tuple[int, str]:
    """What a whole body is answered, and the move that is written."""
    if move.by_applicant:
        return 404, ""
    meant = move
    if move.action in ("assign", "reassign"):
        meant = BY_ACTION["assign" if state == State.NEW else "reassign"]
    return (200, meant.action) if state in meant.sources else (409, "")


def test_every_move_from_every_state(person: Any, lead: Any) -> None:
    """Compare tests/forms/review/test_screen_of_moves.py: the same table, asked by a program."""
    holder, colleague = person("reviewer", "holder"), person("reviewer", "colleague")
    make.team("Иркутск", holder, colleague)
    program = Program(lead)
    day = (timezone.localdate() + datetime.timedelta(days=3)).isoformat()
    team, into = make.team("Другая команда", codes=()), make.in_work(lead)
    given = {"contact_on": day, "team": team.pk, "assignee": colleague.pk, "into": into.pk}
    found, wanted, offered = {}, {}, {}
    for state in State:
        made = make.new() if state == State.NEW else make.BY_STATE[state](holder)
        application = Application.objects.get(pk=made.pk)
        for move in MOVES:
            needs: dict[str, Any] = dict(make.NEEDS.get(move.action, {}))
            needs |= {name: given[name] for name in ("into",) if move.action == "merge"}
            needs |= {name: given[name] for name in move.asks if name in given}
            with transaction.atomic():
                answer = program.post(_step(application, move.action), needs | {"version": application.version})
                now = Application.objects.get(pk=application.pk)
                done = now.journal.exclude(action="read").last().action if now.version > application.version else ""
                assert not done or now.state == (BY_ACTION[done].target or application.state)
                found[state, move.action] = answer.status_code, done
                transaction.set_rollback(True)
            wanted[state, move.action] = _expected(move, state)
        offered[state] = {each["action"] for each in program.get(f"applications/{made.pk}").json()["moves"]}
    wrong = {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]}
    assert not wrong
    # What the card offers is what would be taken.
    assert offered == {state: {move.action for move in STAFF_MOVES if state in move.sources} for state in State}


def test_the_card_says_what_each_step_asks_for(lead: Any) -> None:
    application = make.in_work(lead)
    moves = {
        each["action"]: each["fields"] for each in Program(lead).get(f"applications/{application.pk}").json()["moves"]
    }
    refuse = {field["name"]: field for field in moves["refuse"]}
    assert list(refuse) == ["explanation", "norm", "next_step"]
    assert refuse["norm"]["required"] and refuse["norm"]["max_length"] == 500
    (days, _why) = moves["extend"]
    assert (days["type"], days["min"], days["max"]) == ("integer", 1, 30)
    assert {choice["value"] for choice in moves["reassign"][0]["choices"]} == {str(lead.pk)}
    assert {field["name"] for field in moves["ask"]} == {"text", "wanted_by", "asked"}
    assert [field["name"] for field in moves["put_off"]] == ["put_off_reason", "contact_on", "notice"]
    assert moves["put_off"][1]["max"] == application.due_on.isoformat()


def test_a_step_is_held_told_and_undone(lead: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    application = make.in_work(lead)
    program, body = Program(lead), {"version": application.version, "explanation": "Придите в среду."}
    seen = program.post(_step(application, "explain", "/rehearsal"), body)
    assert seen.status_code == 200
    assert seen.json()["explanation"] == "Придите в среду."
    assert seen.json()["letter"]
    letters = Outbox.objects.count()
    held = program.post(_step(application, "explain"), body)
    assert held.status_code == 202
    assert held.json()["applicant_reads"] == seen.json()
    assert held.json()["leaves_at"]
    assert (Outbox.objects.count(), Application.objects.get(pk=application.pk).state) == (letters, State.IN_WORK)
    assert program.get(f"applications/{application.pk}").json()["pending"]["can_be_undone"]
    # Sent twice it is not taken twice, and nobody else moves it meanwhile.
    again = program.post(_step(application, "explain"), body)
    assert again.status_code == 409
    assert "уже отправляет" in again.json()["detail"]
    undone = program.ask("DELETE", f"applications/{application.pk}/pending")
    assert (undone.status_code, undone.json()["state"], undone.json()["action"]) == (200, "undone", "explain")
    assert program.ask("DELETE", f"applications/{application.pk}/pending").status_code == 409
    program.post(_step(application, "explain"), body)
    PendingMove.objects.filter(state="held").update(due_at=timezone.now())
    due_moves.take_due()
    application.refresh_from_db()
    assert (application.state, application.explanation) == (State.EXPLAINED, "Придите в среду.")
    assert Outbox.objects.count() == letters + 1


def test_a_button_is_pressed_and_put_back(lead: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    application, program = make.new(), Program(lead)
    taken = program.post(_step(application, "take"), {"version": 1})
    assert (taken.status_code, taken.json()["state"], taken.json()["version"]) == (200, "done", 2)
    assert program.ask("DELETE", f"applications/{application.pk}/pending").json()["action"] == "take"
    application.refresh_from_db()
    assert (application.state, application.assignee) == (State.NEW, None)


def test_a_stale_version_is_told_what_changed(lead: Any, person: Any) -> None:
    colleague = person("lead", "colleague", last_name="Доржиев", first_name="Баир")
    make.team("Иркутск", colleague)
    application = make.in_work(lead)
    make.move("put_off", application, colleague)
    answer = Program(lead).post(_step(application, "explain"), {"version": 2, "explanation": "Нет"})
    assert answer.status_code == 409
    assert answer.json()["version"] == 3
    (change,) = answer.json()["changes"]
    assert (change["who"], change["words"]) == ("Доржиев Б.", "Отложено")


def test_questions_and_corrections(lead: Any) -> None:
    application, program = make.in_work(lead), Program(lead)
    body = {"version": 2, "text": "Как вас найти?", "asked": {"q_phone": "Не дозвонились"}}
    seen = program.post(_step(application, "ask", "/rehearsal"), body).json()
    assert seen["message"] == "Как вас найти?"
    assert program.post(_step(application, "ask"), body).status_code == 200
    application.refresh_from_db()
    assert application.state == State.WAITING_APPLICANT
    assert application.inquiries.get().asked == {"q_phone": "Не дозвонились"}


@pytest.mark.parametrize(
    ("action", "body", "status", "named"),
    [
        ("explain", {}, 422, "version"),
        ("explain", {"version": "2"}, 422, "version"),
        ("explain", {"version": True}, 422, "version"),
        ("explain", {"version": 2}, 422, "explanation"),
        ("explain", {"version": 2, "explanation": ["x"]}, 422, "explanation"),
        ("explain", {"version": 2, "explanation": "x" * 20_000}, 422, "explanation"),
        ("explain", {"version": 2, "explanation": "x", "norm": "y"}, 422, "norm"),
        ("extend", {"version": 2, "days": 31, "extension_reason": "x"}, 422, "days"),
        (
            "put_off",
            {"version": 2, "put_off_reason": "x", "contact_on": "2026-99-99"},
            422,
            "contact_on",
        ),
        ("reassign", {"version": 2, "assignee": 999_999}, 422, "assignee"),
        ("ask", {"version": 2, "asked": {"q_phone": 1}}, 422, "asked"),
        ("merge", {"version": 2, "into": "x"}, 422, "into"),
        ("merge", {"version": 2, "into": 999_999}, 404, ""),
        ("withdraw", {"version": 2}, 404, ""),
        ("nonsense", {"version": 2}, 404, ""),
        ("explain", b"[]", 400, ""),
        ("explain", b"\xff", 400, ""),
        ("explain", b" " * 300_000, 413, ""),
    ],
)
def test_what_is_wrong_is_said_by_its_field(action: str, body: Any, status: int, named: str, lead: Any) -> None:
    application = make.in_work(lead)
    answer = Program(lead).post(_step(application, action), body)
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert not named or named in answer.json()["errors"]
    application.refresh_from_db()
    assert application.version == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
NAMES = ("explanation", "next_step", "text", "asked", "wanted_by", "into", "days", "contact_on", "team", "reason", "x")


@given(
    st.sampled_from([move.action for move in STAFF_MOVES]),
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4),
    st.sampled_from([1, 2, 0, -1, None, "2", 2**70]),
)
def test_no_body_is_an_error_of_ours(action: str, body: Any, version: Any) -> None:
    from accounts.models import User

    user = User.objects.filter(username="hostile").first() or User.objects.create_superuser("hostile")
    application = make.new()
    with transaction.atomic():
        answer = Program(user).post(_step(application, action), body | {"version": version})
        assert answer.status_code in (200, 404, 409, 422), answer.content
        transaction.set_rollback(True)


def test_a_file_is_given_as_a_download_and_the_look_is_journalled(lead: Any, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    application, foreign = make.new(), make.new(q_place="bratsk")
    question = Field(key="q_papers", type="file", label="Бумаги", options={"types": ["image"]})
    upload = files.add(make.draft(), question, io.BytesIO(uploads.picture()), "паспорт.jpg")
    Upload.objects.filter(pk=upload.pk).update(application=application, draft=None)
    program = Program(lead)
    answer = program.get(f"applications/{application.pk}/files/{upload.pk}")
    assert b"".join(answer.streaming_content) == uploads.picture()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store, private"
    assert JournalEntry.objects.get(action="read_file").actor == lead
    assert program.get(f"applications/{foreign.pk}/files/{upload.pk}").status_code == 404
