"""Correcting what is more than one input: rows of a group, papers, and answers that disagree with others."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms.applications import actions, asking, codes
from forms.applications.models import Application, Correction, Upload
from forms.applications.states import State
from tests.factories import applications as make
from tests.factories import definitions, uploads

pytestmark = pytest.mark.django_db
ANSWER = "/requests/answer/"
STATUS = "/requests/status/"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def reviewer(person: Any) -> Any:
    user = person("reviewer")
    make.team("Иркутск", user)
    return user


def _sent(reviewer: Any, questions: list[dict[str, Any]], answers: dict[str, Any], **more: Any) -> Application:
    document = definitions.help_json()
    document["steps"][1]["fields"] += questions
    version = definitions.published_form(steps=document["steps"], **more)
    given = definitions.help_answers(**answers)
    application = actions.submit_answers(version, given, 1, "site", "some key")
    return actions.take(application.pk, reviewer, 1)


def _opened(client: Client, application: Application, **asked: str) -> Any:
    application = asking.ask(application.pk, application.assignee, application.version, asked=asked)
    client.post("/requests/", {"number": application.public_number, "code": codes.code_for(application)})
    return client.get(STATUS)


def _inputs(page: Any) -> dict[str, Any]:
    """What a browser would send back untouched."""
    text = page.content.decode()
    form = text[
        text.index('action="/requests/answer/"') : text.index("</form>", text.index('action="/requests/answer/"'))
    ]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attrs.get("type", "text")
        if "name" in attrs and kind != "file" and (kind not in ("radio", "checkbox") or " checked" in tag):
            found.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    found.pop("csrfmiddlewaretoken", None)
    return found


def _children() -> list[dict[str, Any]]:
    inner = [
        definitions.question("q_kid", "short_text", "Имя"),
        definitions.question("q_ill", "yes_no", "Болеет"),
        definitions.question("q_what", "short_text", "Чем", show_if={"q": "q_ill", "op": "eq", "v": True}),
    ]
    group = definitions.question("q_kids", "group", "Дети", options={"row_label": "Ребёнок", "max": 3}, required=False)
    return [group | {"fields": inner}]


KIDS = [{"id": "r1", "q_kid": "Миша", "q_ill": False}, {"id": "r2", "q_kid": "Аня", "q_ill": False}]


def test_rows_are_added_removed_and_corrected(client: Client, reviewer: Any) -> None:
    application = _sent(reviewer, _children(), {"q_kids": KIDS})
    page = _opened(client, application, q_kids="Добавьте младшего")
    text = page.content.decode()
    assert "Добавьте младшего" in text and "Миша" in text and 'name="q_phone"' not in text
    typed = _inputs(page)
    assert typed["q_kids.r1.q_kid"] == ["Миша"]
    added = client.post(ANSWER, typed | {"q_kids.r1.q_kid": "Михаил", "row_add": "q_kids"})
    assert added.status_code == 200
    typed = _inputs(added)
    assert typed["q_kids.r1.q_kid"] == ["Михаил"], "what was typed stays while a row is added"
    assert "q_kids.r3.q_kid" in typed
    removed = client.post(ANSWER, typed | {"row_remove": "q_kids.r2"})
    typed = _inputs(removed)
    assert "q_kids.r2.q_kid" not in typed
    wrong = client.post(ANSWER, typed | {"q_kids.r3.q_kid": "Петя"})
    assert wrong.status_code == 422
    done = client.post(ANSWER, _inputs(wrong) | {"q_kids.r3.q_kid": "Петя", "q_kids.r3.q_ill": "no"})
    assert done.status_code in (302, 422)
    if done.status_code == 422:
        raise AssertionError(re.findall(r'class="err"[^>]*>.*?</p>', done.content.decode()))
    application.sheet.refresh_from_db()
    rows = application.sheet.answers["q_kids"]
    assert [row["q_kid"] for row in rows] == ["Михаил", "Петя"]
    kept = Correction.objects.get()
    assert [row["q_kid"] for row in kept.change["before"]] == ["Миша", "Аня"]


def test_a_promised_paper_is_attached_and_what_was_there_stays(client: Client, reviewer: Any) -> None:
    papers = [{"key": "p_birth", "label": "Свидетельство"}, {"key": "p_pass", "label": "Паспорт"}]
    question = definitions.question("q_papers", "file", "Бумаги", options={"types": ["image"], "papers": papers})
    said = {"papers": {"p_birth": {"how": "later"}, "p_pass": {"how": "have"}}}
    application = _sent(reviewer, [question], {"q_papers": said})
    page = _opened(client, application, q_papers="Сфотографируйте свидетельство")
    typed = _inputs(page)
    assert typed["q_papers_p_birth_how"] == ["later"]
    exe = SimpleUploadedFile("x.exe", b"MZ")
    wrong = client.post(ANSWER, typed | {"q_papers_p_birth": exe})
    assert wrong.status_code == 422 and "Такой файл не подойдёт" in wrong.content.decode()
    assert not Upload.objects.exists()
    picture = SimpleUploadedFile("a.jpg", uploads.picture())
    assert client.post(ANSWER, _inputs(wrong) | {"q_papers_p_birth": picture}).status_code == 302
    application.sheet.refresh_from_db()
    upload = Upload.objects.get()
    assert application.sheet.answers["q_papers"] == {
        "papers": {"p_birth": {"how": "now", "files": [str(upload.pk)]}, "p_pass": {"how": "have"}}
    }
    assert (upload.application_id, upload.field_key, upload.paper) == (application.pk, "q_papers", "p_birth")
    assert Correction.objects.get().change["before"] == said


def test_answers_that_disagree_now_are_refused_and_old_disagreements_are_not(client: Client, reviewer: Any) -> None:
    rules = [
        {
            "key": "k_same",
            "kind": "check",
            "if": {"q": "q_wishes", "op": "eq", "v": "никогда"},
            "message": "Напишите, когда можно позвонить",
            "fields": ["q_wishes"],
        }
    ]
    application = _sent(reviewer, [], {"q_wishes": "утром"}, rules=rules)
    page = _opened(client, application, q_wishes="Точнее, пожалуйста")
    wrong = client.post(ANSWER, _inputs(page) | {"q_wishes": "никогда"})
    assert wrong.status_code == 422 and "Напишите, когда можно позвонить" in wrong.content.decode()
    assert client.post(ANSWER, _inputs(wrong) | {"q_wishes": "после шести"}).status_code == 302
    application.sheet.refresh_from_db()
    assert application.sheet.answers["q_wishes"] == "после шести"


@pytest.mark.parametrize("name", ["q_phone", "q_name_last", "q_topics", "q_place", "asked", "inquiry", "text", "key"])
def test_hostile_values_are_taken_or_refused_and_never_break(client: Client, reviewer: Any, name: str) -> None:
    application, page = _sent(reviewer, [], {}), None
    for value in ("\x00", "\ud800", "а" * 100_000, "<script>alert(1)</script>", "{}", "' OR 1=1 --"):
        if page is None:
            page = _opened(client, application, q_phone="?", q_name="?", q_topics="?", q_place="?")
        sent = _inputs(page) | {name: value.encode("utf-8", "surrogatepass")}
        body = urlencode(sent, doseq=True)
        answer = client.post(ANSWER, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (302, 422), value
        assert b"<script>alert" not in answer.content
        again = client.get(STATUS)
        assert again.status_code == 200, value
        # What was taken closes the question: the next value needs a new one.
        application = Application.objects.get(pk=application.pk)
        page = again if application.state == State.WAITING_APPLICANT else None
