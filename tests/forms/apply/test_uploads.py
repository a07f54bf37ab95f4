"""Files in the journey: with the step's own form, one by one, removed, refused, kept with the draft."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms.applications.models import Draft, Upload
from tests.factories import definitions, uploads

pytestmark = pytest.mark.django_db
PAPERS = [{"key": "p_pass", "label": "Паспорт"}, {"key": "p_cert", "label": "Справка"}]
STEP = "/apply/papers/s_1/"


@pytest.fixture(autouse=True)
def _form(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    options = {"types": ["image"], "max_mb": 1, "max_files": 2}
    steps: list[dict[str, Any]] = [
        {
            "key": "s_1",
            "title": "Бумаги",
            "fields": [
                definitions.question("q_any", "file", "Фото", options=options),
                definitions.question("q_two", "file", "Документы", options=options | {"papers": PAPERS}),
                definitions.question("q_word", "short_text", "Слово"),
            ],
        },
        {"key": "s_2", "title": "Дальше", "fields": [definitions.question("q_phone", "phone", "Телефон")]},
    ]
    definitions.published_form(slug="papers", steps=steps)


def photo(name: str = "фото.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, uploads.picture() if content is None else content, "image/jpeg")


def whole(**more: Any) -> dict[str, Any]:
    return {"q_any": photo(), "q_two_p_pass_how": "later", "q_two_p_cert_how": "have", "q_word": "да"} | more


def test_a_step_with_files_works_as_one_form() -> None:
    client = Client()
    page = client.get(STEP).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'type="file"' in page
    assert "до 2 файлов, каждый до 1 МБ" in page
    response = client.post(STEP, whole())
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == "/apply/papers/s_2/"
    draft, upload = Draft.objects.get(), Upload.objects.get()
    assert draft.answers["q_any"] == {"files": [str(upload.pk)]}
    assert draft.answers["q_two"] == {"papers": {"p_pass": {"how": "later"}, "p_cert": {"how": "have"}}}
    assert "фото.jpg" in client.get(STEP).content.decode()


def test_a_file_is_kept_where_another_answer_is_wrong() -> None:
    client = Client()
    response = client.post(STEP, whole(q_word=""))
    assert response.status_code == 422
    assert "фото.jpg" in response.content.decode()
    fixed = {key: value for key, value in whole().items() if key != "q_any"}
    assert client.post(STEP, fixed).status_code == 302
    assert Upload.objects.count() == 1


def test_what_is_refused_is_said_and_the_rest_kept() -> None:
    client = Client()
    bad = photo("вирус.jpg", b"MZ\x90\x00" * 30)
    page = client.post(STEP, whole(q_any=[photo(), bad])).content.decode()
    assert "Такой файл не подойдёт" in page
    assert Upload.objects.count() == 1
    page = client.post(STEP, whole(q_any=photo(content=uploads.picture() + b"\x00" * 1024 * 1024))).content.decode()
    assert "больше 1 МБ" in page


def test_a_file_beyond_what_the_server_takes_is_dropped_as_it_arrives(settings: Any) -> None:
    settings.UPLOAD_LARGEST_MB = 0
    page = Client().post(STEP, whole()).content.decode()
    assert "больше 1 МБ" in page
    assert not Upload.objects.exists()


def test_a_file_is_removed_by_a_button_and_what_was_typed_stays() -> None:
    client = Client()
    client.post(STEP, whole(q_word=""))
    upload = Upload.objects.get()
    response = client.post(STEP, {"remove": str(upload.pk), "q_word": "новое слово", "q_two_p_pass_how": "have"})
    assert response["Location"] == STEP
    page = client.get(STEP).content.decode()
    assert "фото.jpg" not in page
    assert "новое слово" in page
    assert not Upload.objects.exists()


def test_one_by_one() -> None:
    client = Client()
    answer = client.post(f"{STEP}upload/", {"place": "q_two_p_pass", "file": photo()})
    assert answer.status_code == 200
    upload = Upload.objects.get()
    assert answer.json() == {"id": str(upload.pk), "name": "фото.jpg", "size": upload.shown_size}
    assert (upload.field_key, upload.paper) == ("q_two", "p_pass")
    assert client.post(f"{STEP}upload/", {"place": "q_two_p_pass"}).json()["error"] == "Выберите файл"
    svg = photo("x.svg", b"<svg onload='alert(1)'/>")
    assert "не подойдёт" in client.post(f"{STEP}upload/", {"place": "q_two_p_pass", "file": svg}).json()["error"]
    for place in ("q_word", "q_two", "q_two_x", ""):
        assert client.post(f"{STEP}upload/", {"place": place, "file": photo()}).status_code == 404
    assert client.get(f"{STEP}upload/").status_code == 405
    stranger = Client().post(f"{STEP}upload/", {"remove": str(upload.pk)})
    assert stranger.json() == {"removed": False}
    assert client.post(f"{STEP}upload/", {"remove": str(upload.pk)}).json() == {"removed": True}
    assert client.post(f"{STEP}upload/", {"remove": "../../x"}).json() == {"removed": False}


def test_uploads_need_the_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"{STEP}upload/", {"place": "q_any", "file": photo()}).status_code == 403
    assert not Upload.objects.exists()
