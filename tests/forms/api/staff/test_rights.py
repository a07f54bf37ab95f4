"""Every address below /api/staff/ × every role × own and foreign application: exactly these answers and no others."""

import io
import itertools
import re
from typing import Any

import pytest
from django.db import transaction

from forms.api.staff.urls import api
from forms.applications import files
from forms.applications.models import Application, JournalEntry, Upload
from forms.definitions.document import Field
from tests.factories import applications as make
from tests.factories import uploads

from .program import ROOT, Program

pytestmark = pytest.mark.django_db
ROLES = ("press", "formeditor", "operator", "reviewer", "lead", "manager", "admin")
CLOSE = {"version": 2, "explanation": "Придите в среду."}
# «own» is in work at a colleague of the same team, «foreign» at somebody of another.
ANSWERS: dict[tuple[str, str], tuple[Any, str]] = {
    ("GET", ""): ({}, "403 403 200 200 200 200 200"),
    ("GET", "queue"): ({}, "403 403 200 200 200 200 200"),
    ("GET", "labels"): ({}, "403 403 200 200 200 200 200"),
    ("GET", "applications/{pk}"): ({}, "403 403 200/404 200/404 200/404 200/200 200/200"),
    ("GET", "applications/{pk}/files/{upload}"): ({}, "403 403 200/404 200/404 200/404 200/200 200/200"),
    ("POST", "applications/{pk}/moves/take"): ({"version": 2}, "403 403 403/404 409/404 409/404 403/403 409/409"),
    ("POST", "applications/{pk}/moves/explain"): (CLOSE, "403 403 403/404 409/404 200/404 403/403 200/200"),
    ("POST", "applications/{pk}/moves/explain/rehearsal"): (CLOSE, "403 403 403/404 409/404 200/404 403/403 200/200"),
    ("POST", "applications/{pk}/moves/hand_over"): (
        {"version": 2, "notice": "Вами займутся в Ангарске.", "reason": "Живёт там.", "team": 0},
        "403 403 403/404 403/404 200/404 403/403 200/200",
    ),
    ("POST", "applications/{pk}/moves/withdraw"): ({"version": 2}, "403 403 404/404 404/404 404/404 404/404 404/404"),
    ("DELETE", "applications/{pk}/pending"): ({}, "403 403 409/404 409/404 409/404 409/409 409/409"),
    ("POST", "applications/{pk}/notes"): ({"text": "Звонила."}, "403 403 201/404 201/404 201/404 403/403 201/201"),
    ("POST", "applications/{pk}/letters"): (
        {"version": 2, "text": "Готово."},
        "403 403 403/404 409/404 200/404 403/403 200/200",
    ),
    ("POST", "applications/{pk}/staff"): (
        {"version": 2, "labels": []},
        "403 403 403/404 200/404 200/404 403/403 200/200",
    ),
}


def test_every_address_is_in_this_matrix() -> None:
    described = {
        (method.upper(), re.sub(r"\{\w+:(\w+)\}", r"{\1}", path).removeprefix(ROOT))
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }
    listed = {(method, re.sub(r"moves/\w+", "moves/{action}", path)) for method, path in ANSWERS}
    assert listed == described


@pytest.mark.parametrize("role", ROLES)
def test_every_address(role: str, person: Any, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    user, colleague, other = person(role), person("reviewer", "colleague"), person("lead", "other")
    make.team("Иркутск", user, colleague)
    make.team("Братск", other, codes=("bratsk",))
    third = make.team("Ангарск", codes=())
    applications = [make.in_work(colleague), make.in_work(other, q_place="bratsk")]
    papers = [_upload(application) for application in applications]
    program, found, wanted = Program(user), {}, {}
    for (method, path), (body, answers) in ANSWERS.items():
        wanted[method, path] = answers.split()[ROLES.index(role)]
        sides = range(2 if "/" in wanted[method, path] else 1)
        statuses = []
        for side in sides:
            address = path.format(pk=applications[side].pk, upload=papers[side].pk)
            with transaction.atomic():
                sent = body | ({"team": third.pk} if "team" in body else {})
                answer = program.ask(method, address, sent, HTTP_IDEMPOTENCY_KEY="one-of-mine")
                statuses.append(str(answer.status_code))
                assert "no-store" in answer["Cache-Control"]
                b"".join(getattr(answer, "streaming_content", ()))
                transaction.set_rollback(True)
        found[method, path] = "/".join(statuses)
    assert found == wanted


def _upload(application: Application) -> Upload:
    question = Field(key="q_papers", type="file", label="Бумаги", options={"types": ["image"]})
    made = files.add(make.draft(), question, io.BytesIO(uploads.picture()), "x.jpg")
    Upload.objects.filter(pk=made.pk).update(application=application, draft=None)
    return made


def test_a_foreign_application_is_as_none_and_leaves_no_trace(person: Any) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    make.team("Братск", codes=("bratsk",))
    foreign, program = make.new(q_place="bratsk"), Program(lead)
    entries = JournalEntry.objects.count()
    answers = [program.get(f"applications/{pk}") for pk in (foreign.pk, 999_999, 2**80)]
    assert [answer.status_code for answer in answers] == [404] * 3
    first, *others = (answer.json() for answer in answers)
    assert all(each == first for each in others)
    assert not program.get("queue", q=foreign.public_number).json()["items"]
    assert {each["count"] for each in program.get("queue", folder="open").json()["folders"]} == {"0"}
    assert JournalEntry.objects.count() == entries


def test_nothing_of_a_person_or_a_key_is_logged(person: Any, caplog: Any) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    application, program = make.in_work(lead, q_story="МАРКЕР-ОТВЕТ"), Program(lead)
    with caplog.at_level("DEBUG"):
        for method, path in itertools.product(("GET", "POST"), ("queue", f"applications/{application.pk}")):
            program.ask(method, path, {"q": "МАРКЕР-ПОИСК"})
        program.post(
            f"applications/{application.pk}/moves/explain", {"version": 2, "explanation": "МАРКЕР-ТЕКСТ", "x": 1}
        )
        program.post(f"applications/{application.pk}/moves/explain", {"version": 2, "explanation": "МАРКЕР-ТЕКСТ"})
        program.post(
            f"applications/{application.pk}/notes", {"text": "МАРКЕР-ЗАМЕТКА"}, HTTP_IDEMPOTENCY_KEY="key-of-mine"
        )
        program.ask("GET", "queue", HTTP_AUTHORIZATION="Bearer portal_key_МАРКЕР".encode().decode("latin-1"))
        program.ask("GET", "queue", HTTP_AUTHORIZATION="Token МАРКЕР".encode().decode("latin-1"))
    # Statements with their values are Django's own debugging, which no installation writes.
    written = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert "МАРКЕР" not in written
    assert "portal_key_" not in written
    assert application.name not in written
