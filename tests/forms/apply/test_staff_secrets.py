"""A marker stands in every place that is only of staff; none may be met where the applicant or the public looks."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.test import Client

from accounts import access_keys
from accounts.models import User
from forms.applications import (
    actions,
    answering,
    asking,
    codes,
    holding,
    kept,
    labelling,
    notes,
    office,
    staffing,
    unsent,
)
from forms.applications.models import (
    AnswerTemplate,
    Application,
    Call,
    Entry,
    Label,
    TallyKind,
    Team,
)
from forms.definitions import versions
from forms.notifications import delivery
from forms.notifications.models import Outbox
from forms.review.models import Batch, BatchItem, ColumnChoice, Export, SavedView
from tests.factories import applications as make
from tests.factories import definitions
from tests.factories.services import TerritoryFactory

pytestmark = pytest.mark.django_db
MARK = "Тайна"
# Every column of these rooms that can hold words. A new one is not in any of the three, and fails the test below.
STAFF = {
    "form_applications": {
        "AnswerTemplate": "norm tags text title next_step",
        "Call": "caller",
        "Entry": "caller helper",
        "JournalEntry": "facts",
        "Label": "name",
        "Note": "text called",
        "OfficeEntry": "facts",
        "PendingMove": "data reason",
        "StaffChange": "change",
        "StaffReason": "text",
        "StaffSheet": "answers",
        "TallyKind": "name",
        "Team": "name",
        "UnsentText": "text",
    },
    "form_review": {
        "Batch": "given problem query title",
        "BatchItem": "before reason",
        "ColumnChoice": "names",
        "Export": "problem query scope words",
        "SavedView": "name query",
    },
    "form_notifications": {"Outbox": "last_error"},
    "accounts": {"AccessKey": "purpose", "User": "email first_name job_title last_name username"},
}
TOLD = {
    "form_applications": {
        "Application": "email explanation extension_reason name next_step norm phone redirected_to summary",
        "Call": "text",
        "Correction": "change",
        "Draft": "answers news typed",
        "Entry": "consent_words",
        "Inquiry": "asked",
        "Message": "text",
        "Sheet": "answers",
        "Upload": "name paper",
    },
    "form_notifications": {"Outbox": "body recipient subject"},
}
# Keys, digests, addresses of files, stems: nobody's words, or those above in another shape for the search.
MACHINE = {
    "form_applications": {
        "Answer": "text",
        "Application": "email_key journal_head name_key number_prefix phone_digits phone_rev source_key",
        "Call": "key",
        "CodeTry": "source",
        "Correction": "field_key",
        "Draft": "step_key token_digest",
        "FormCount": "about",
        "JournalEntry": "action digest previous",
        "JournalSeal": "digest previous",
        "Message": "key",
        "Note": "key",
        "OfficeEntry": "action digest previous",
        "PendingMove": "action",
        "Question": "key",
        "SearchDoc": "stems",
        "StaffChange": "field_key",
        "Tally": "key",
        "Trial": "address digest document facts",
        "Upload": "digest field_key kind unsent_on",
    },
    "form_review": {"Batch": "act lease_token", "Export": "file lease_token"},
    "form_notifications": {"Outbox": "about channel key lease_token"},
    "accounts": {"AccessKey": "beginning digest", "User": "password"},
}
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
    kept.keep("refuse", made.pk, reviewer, made.version, {"explanation": f"{MARK}черновик"}, reason=f"{MARK}вернулось")
    _plant_beside(made, reviewer)
    return Application.objects.get(pk=made.pk)


def _plant_beside(application: Application, user: Any) -> None:
    """Rows that other screens of staff make, with a marker in every word of theirs."""
    Entry.objects.create(
        application=application,
        entered_by=user,
        caller=f"{MARK}соседка",
        helper=f"{MARK}соцработник",
        consent_words="Согласие прочитано вслух.",
    )
    said = {"channel": "phone", "text": "Телефон новый", "caller": f"{MARK}сестра", "key": "k"}
    Call.objects.create(application=application, taken_by=user, **said)
    texts = dict.fromkeys(("title", "tags", "text", "norm", "next_step"), f"{MARK}шаблон")
    AnswerTemplate.objects.create(**texts)
    TallyKind.objects.create(name=f"{MARK}вопрос без карточки")
    job = {"owner": user, "problem": f"{MARK}беда", "query": f"q={MARK}"}
    batch = Batch.objects.create(**job, act="letter", title=f"{MARK}дело", given={"reason": f"{MARK}всем"})
    BatchItem.objects.create(
        batch=batch, application=application, place=1, expected=1, reason=f"{MARK}пропуск", before={"was": MARK}
    )
    Export.objects.create(**job, words=f"{MARK}отбор", scope=[MARK], format="csv")
    SavedView.objects.create(owner=user, name=f"{MARK}подборка", query=f"q={MARK}")
    ColumnChoice.objects.create(owner=user, names=[MARK])
    access_keys.make(user, f"{MARK}программа", date(2100, 1, 1), user)
    office.write(user, "batch_started", {"title": f"{MARK}дело"})
    Outbox.objects.filter(about__endswith=f":{application.pk}").update(last_error=f"{MARK}ошибка почты")


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
    holding.hold("explain", application.pk, reviewer, application.version, {"explanation": f"{MARK}ещё не ушло"})
    yield "an answer on its way"
    holding.undo(application.pk, reviewer)
    asked = {"q_phone": "Не дозвонились"}
    application = asking.ask(application.pk, reviewer, application.version, text="Проверьте номер", asked=asked)
    yield "asked"
    raw = {"q_phone": "89001112233", "q_note": f"{MARK}подмена"}
    application = answering.answer(application.pk, application.inquiries.get().pk, "k", text="Вот", raw=raw)
    yield "answered"
    application = asking.write(application.pk, reviewer, application.version, "Записали вас на среду")
    yield "written"
    application = make.move("put_off", application, reviewer)
    yield "put off"
    application = make.move("extend", application, reviewer)
    application = make.move("resolve", application, reviewer)
    yield "resolved"
    lead = User.objects.get(username="taina-lead")
    why = {"reason": f"{MARK}причина для своих"}
    application = make.move("reopen", application, lead, assignee=reviewer, **why)
    yield "reopened"
    there = Team.objects.create(name=f"{MARK}команда вторая")
    there.members.add(reviewer, lead)
    application = make.move("hand_over", application, lead, team=there, **why)
    yield "handed over"
    application = make.move("mark_spam", application, reviewer, **why)
    yield "spam"


def test_no_marker_is_met(client: Client, application: Application, reviewer: Any, person: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    names = {"first_name": f"{MARK}имя", "last_name": f"{MARK}начальник", "job_title": f"{MARK}должность"}
    application.team.members.add(person("lead", "taina-lead", email="taina-lead@example.ru", **names))
    for state in _states(application, reviewer):
        for place, text in _everything(client, application).items():
            told = place == "status"
            assert not _met(text, team_is_told=told), f"{state}: {place}"
    assert "q_note" not in Application.objects.get().sheet.answers


def test_every_column_that_can_hold_words_is_of_one_kind() -> None:
    """Whoever adds a text says here who reads it; a text of staff is then looked for in every place above."""
    found = {
        f"{label}.{model.__name__}.{field.name}"
        for label in STAFF
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    }
    staff, told, machine = (_named(kind) for kind in (STAFF, TOLD, MACHINE))
    assert sorted(found) == sorted([*staff, *told, *machine])


def test_a_marker_stands_in_every_column_of_staff(application: Application) -> None:
    """Otherwise nothing could be met."""
    empty = []
    for name in _named(STAFF):
        label, model, field = name.split(".")
        values = apps.get_model(label, model)._default_manager.values_list(field, flat=True)
        if not any(mark in json.dumps(value, ensure_ascii=False) for value in values for mark in (MARK, "taina")):
            empty.append(name)
    assert not empty


def _named(kind: dict[str, dict[str, str]]) -> list[str]:
    return [
        f"{label}.{model}.{field}"
        for label, its in kind.items()
        for model, fields in its.items()
        for field in fields.split()
    ]


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
