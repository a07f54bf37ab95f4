"""A marker stands in every place that is only of staff; none may be met where the applicant or the public looks."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from forms.applications import actions, answering, asking, codes, labelling, notes, staffing, unsent
from forms.applications.models import Application, Label, Team
from forms.definitions import versions
from forms.notifications import delivery
from tests.factories import applications as make
from tests.factories import definitions
from tests.factories.services import TerritoryFactory

pytestmark = pytest.mark.django_db
MARK = "Тайна"
PAGES = ("status", "write", "papers", "data", "slip", "consent", "withdraw")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def reviewer(person: Any) -> Any:
    """Somebody whose every name is a marker."""
    names = {"first_name": f"{MARK}имя", "last_name": f"{MARK}фамилия", "job_title": f"{MARK}должность"}
    return person("reviewer", "taina-login", email="taina@example.ru", **names)


@pytest.fixture
def application(reviewer: Any) -> Application:
    """With markers in the staff's own question, the routing, the topics and the journal."""
    TerritoryFactory(code="irkutsk", name="Иркутск")
    team = Team.objects.create(name=f"{MARK}команда")
    team.members.add(reviewer)
    document = definitions.help_json()
    note = definitions.question("q_note", "long_text", f"{MARK}вопрос", hint=f"{MARK}подсказка", required=False)
    document["steps"][2]["fields"].append(note | {"staff": True})
    always = {"q": "q_phone", "op": "answered"}
    rules = [
        {"key": "r_team", "kind": "route", "if": always, "team": f"{MARK}команда"},
        {"key": "r_topic", "kind": "topic", "if": always, "label": f"{MARK}тема"},
    ]
    version = definitions.published_form(steps=document["steps"], rules=rules)
    made = actions.submit_answers(version, definitions.help_answers(), 1, "site", "some key")
    assert made.team == team
    made = actions.take(made.pk, reviewer, 1)
    wanted = {"raw": {"q_note": f"{MARK}ответ сотрудника"}, "labels": frozenset([_label().pk])}
    made = staffing.save(made.pk, reviewer, made.version, staffing.Wanted(**wanted))
    urgent = staffing.Wanted(urgency=0, reason=f"{MARK}причина")
    made = staffing.save(made.pk, reviewer, made.version, urgent)
    note = f"@{MARK}фамилия {MARK}имя: {MARK}заметка"
    notes.add(made.pk, reviewer, note, "k", lambda each: "https://example.ru/card/")
    unsent.keep(made, reviewer, "note", f"{MARK}не отправлено")
    return Application.objects.get(pk=made.pk)


def _label() -> Label:
    return labelling.named([f"{MARK}метка"])[0]


def _met(text: str, *, team_is_told: bool) -> list[str]:
    """The markers in a text; the name of the team is the signature under an answer, and a secret elsewhere."""
    if team_is_told:
        text = text.replace(f"{MARK}команда", "")
    return [mark for mark in (MARK, "тайна", "taina", "form_applications") if mark in text]


def _everything(client: Client, application: Application) -> dict[str, str]:
    """All that the applicant and the public can read about it, by place."""
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    assert client.post("/requests/", pair).status_code == 302
    seen = {name: client.get(f"/requests/{name}/").content.decode() for name in PAGES}
    with zipfile.ZipFile(io.BytesIO(b"".join(client.post("/requests/data/").streaming_content))) as archive:
        seen |= {name: archive.read(name).decode() for name in archive.namelist()}
    seen["api status"] = client.post(
        "/api/requests/status", json.dumps(pair), content_type="application/json"
    ).content.decode()
    seen["api status"] = json.dumps(json.loads(seen["api status"]), ensure_ascii=False)
    delivery.drain()
    seen["mail"] = "\n".join(f"{letter.subject}\n{letter.body}\n{letter.message()}" for letter in mail.outbox)
    return seen


def _states(application: Application, reviewer: Any) -> Any:
    yield "in work"
    asked = {"q_phone": "Не дозвонились"}
    application = asking.ask(application.pk, reviewer, application.version, text="Проверьте номер", asked=asked)
    yield "asked"
    raw = {"q_phone": "89001112233", "q_note": f"{MARK}подмена"}
    application = answering.answer(application.pk, application.inquiries.get().pk, "k", text="Вот", raw=raw)
    yield "answered"
    application = asking.write(application.pk, reviewer, application.version, "Записали вас на среду")
    yield "written"
    actions.resolve(application.pk, reviewer, application.version, make.EXPLANATION)
    yield "resolved"


def test_no_marker_is_met(client: Client, application: Application, reviewer: Any) -> None:
    for state in _states(application, reviewer):
        for place, text in _everything(client, application).items():
            told = place == "status"
            assert not _met(text, team_is_told=told), f"{state}: {place}"
    assert "q_note" not in Application.objects.get().sheet.answers


def test_the_markers_are_where_staff_look(signed_in: Any, application: Application) -> None:
    """Otherwise the test above would find nothing in an empty house."""
    page = signed_in("manager").get(f"/admin/queue/{application.pk}/").content.decode()
    places = ("команда", "фамилия", "заметка", "метка", "тема", "причина", "ответ сотрудника")
    assert not [place for place in places if f"{MARK}{place}" not in page]


def test_the_public_definition_has_none(client: Client, application: Application) -> None:
    public = versions.definition_of(application.form_version_id).public_json()
    assert not _met(json.dumps(public, ensure_ascii=False), team_is_told=False)
    page = client.get("/apply/help/s_you/")
    assert page.status_code == 200
    assert not _met(page.content.decode(), team_is_told=False)
