"""Staff look at what was attached."""

import io
from pathlib import Path
from typing import Any

import pytest

from forms.applications import actions, drafts, files
from forms.applications.models import Application, JournalEntry, Upload
from forms.definitions.document import Field
from tests.factories import applications, definitions, uploads

pytestmark = pytest.mark.django_db
QUESTION = Field(key="q_papers", type="file", label="Бумаги", options={"types": ["image", "pdf", "word", "zip"]})


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


def _attached(content: bytes, name: str) -> tuple[str, Upload]:
    application = applications.new()
    upload = files.add(applications.draft(), QUESTION, io.BytesIO(content), name)
    Upload.objects.filter(pk=upload.pk).update(application=application, draft=None)
    return f"/admin/queue/{application.pk}/files/{upload.pk}/", upload


def test_a_picture_is_shown_in_a_sandbox_and_the_look_is_recorded(signed_in: Any) -> None:
    address, upload = _attached(uploads.picture(), "паспорт.jpg")
    client = signed_in("manager")
    response = client.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == uploads.picture()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    entry = JournalEntry.objects.get(action="read_file")
    assert (entry.actor, entry.facts) == (client.user, {"file": str(upload.pk)})


def test_all_else_is_only_saved(signed_in: Any) -> None:
    address, _upload = _attached(uploads.archive(), "всё.zip")
    response = signed_in("manager").get(address)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


def test_files_are_seen_by_who_sees_the_application(signed_in: Any, client: Any) -> None:
    address, upload = _attached(uploads.picture(), "x.jpg")
    other = applications.new(q_story="другое").pk
    assert signed_in("reviewer").get(address).status_code == 404
    assert client.get(address).status_code == 302
    manager = signed_in("manager")
    assert manager.get(f"/admin/queue/{other}/files/{upload.pk}/").status_code == 404
    files.storage.delete(f"{str(upload.pk)[:2]}/{upload.pk}")
    assert manager.get(address).status_code == 404
    assert not JournalEntry.objects.filter(action="read_file").exists()


def test_the_card_leads_to_the_files(signed_in: Any) -> None:
    applications.draft()
    document = definitions.help_json()
    asked = definitions.question("q_papers", "file", "Бумаги", required=False, options={"types": ["image"]})
    document["steps"][0]["fields"].append(asked)
    version = definitions.published_form(slug="papers", steps=document["steps"])
    draft, _token = drafts.start(version.pk)
    upload = files.add(draft, QUESTION, io.BytesIO(uploads.picture()), "паспорт.jpg")
    answers = definitions.help_answers(q_papers={"files": [str(upload.pk)]})
    drafts.save(draft, answers, "s_help")
    application = actions.submit(draft, 1)
    page = signed_in("manager").get(f"/admin/queue/{application.pk}/").content.decode()
    assert f"/admin/queue/{application.pk}/files/{upload.pk}/" in page
    assert "паспорт.jpg" in page
    assert "1 файл" in page


@pytest.mark.parametrize("role", ["operator", "reviewer", "lead", "manager", "admin", "press", "formeditor"])
def test_every_role(role: str, person: Any, signed_in: Any) -> None:
    address, _upload = _attached(uploads.picture(), "x.jpg")
    foreign, _other = _attached(uploads.picture(), "y.jpg")
    number = int(foreign.split("/")[3])
    Application.objects.filter(pk=number).update(team=applications.team("Братск", codes=("bratsk",)))
    Application.objects.exclude(pk=number).update(team=applications.team("Иркутск"))
    user = person(role)
    applications.team("Иркутск", user)
    client = signed_in(user)
    sees_nothing, sees_all = role in ("press", "formeditor"), role in ("manager", "admin")
    assert client.get(address).status_code == (302 if sees_nothing else 200)
    assert client.get(foreign).status_code == (302 if sees_nothing else 200 if sees_all else 404)
    assert client.post(address).status_code in (302, 405)
