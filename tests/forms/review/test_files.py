"""Staff look at what was attached."""

import io
from pathlib import Path
from typing import Any

import pytest

from forms.applications import files
from forms.applications.models import JournalEntry, Upload
from forms.definitions.document import Field
from tests.factories import applications, uploads

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
