"""Files that applicants attach: what is taken, what is refused, where they lie, whose they are."""

import io
import os
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from forms.applications import actions, contents, drafts, files
from forms.applications.contents import Unfit
from forms.applications.models import Upload
from forms.definitions.document import Field
from tests.factories import applications, definitions, uploads

pytestmark = pytest.mark.django_db
EVERYTHING = ["image", "pdf", "word", "zip"]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


def question(**options: Any) -> Field:
    return Field(key="q_papers", type="file", label="Бумаги", options={"types": EVERYTHING} | options)


def add(draft: Any, content: bytes, name: str = "x.jpg", asked: Field | None = None) -> Upload:
    return files.add(draft, asked or question(), io.BytesIO(content), name)


def sentence(content: bytes, groups: list[str] = EVERYTHING) -> str:
    with pytest.raises(Unfit) as caught:
        contents.examine(io.BytesIO(content), groups)
    return str(caught.value.sentence)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        *(
            (uploads.picture("JPEG"), contents.JPEG),
            (uploads.picture("PNG"), contents.PNG),
            (uploads.picture("WEBP"), contents.WEBP),
        ),
        *((uploads.pdf(), contents.PDF), (uploads.archive(), contents.ZIP), (uploads.odt(), contents.ODT)),
        *((uploads.docx(), contents.DOCX),),
    ],
    ids=lambda each: each.mime if isinstance(each, contents.Kind) else "",
)
def test_the_kind_is_found_by_content(content: bytes, kind: contents.Kind) -> None:
    assert contents.examine(io.BytesIO(content), EVERYTHING) is kind
    assert "не подойдёт" in sentence(content, [group for group in EVERYTHING if group != kind.group])


def test_photos_of_iphones() -> None:
    import pillow_heif

    stream = io.BytesIO()
    pillow_heif.from_bytes("RGB", (64, 64), bytes(64 * 64 * 3)).save(stream)
    assert contents.examine(stream, ["image"]) is contents.HEIC


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0" * 9,
        b"<html><script>alert(1)</script>",
        b" %PDF-1.7",
        b"PK\x05\x06" + b"\x00" * 18,
        b"\x7fELF",
        b"\x00\x00\x00\x18ftypisom",
    ],
)
def test_other_kinds_are_refused_whatever_their_name(content: bytes) -> None:
    assert "не подойдёт" in sentence(content)


def test_bombs_and_locks_are_refused_with_what_to_do() -> None:
    assert "слишком большая" in sentence(uploads.png_header(50_000, 50_000))
    assert "слишком большая" in sentence(uploads.png_header(40_000, 10))
    assert "слишком много" in sentence(uploads.archive(bomb=True))
    assert "паролем" in sentence(uploads.archive(encrypted=True))
    assert "паролем" in sentence(uploads.pdf(encrypted=True))
    assert "макрос" in sentence(uploads.docx(macros=True))


def test_a_lock_is_found_across_the_border_of_two_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "CHUNK", 64)
    assert "паролем" in sentence(uploads.pdf() + b" " * 50 + uploads.pdf(encrypted=True))


@pytest.mark.parametrize(
    "content", [uploads.picture("PNG")[:60], b"\xff\xd8\xff", b"PK\x03\x04" + b"\x00" * 90, b"RIFF\x00\x00\x00\x00WEBP"]
)
def test_half_a_file_is_refused(content: bytes) -> None:
    assert "повреждён" in sentence(content)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        *(
            ("C:\\мои\\паспорт.JPG", "паспорт.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("вирус.exe", "вирус.exe.jpg"),
            ("", "файл.jpg"),
        ),
        *(
            ("a\u202egpj.exe", "agpj.exe.jpg"),
            ("a\x00b\r\n.jpg", "ab.jpg"),
            ("....", "файл.jpg"),
            ('"x".jpeg', "x.jpeg"),
        ),
        *(
            ("/", "файл.jpg"),
            ("я" * 10_000 + ".jpg", "я" * 110 + ".jpg"),
            (".jpg", "jpg.jpg"),
            ("\ud800.jpg", "jpg.jpg"),
        ),
    ],
)
def test_names(raw: str, name: str) -> None:
    assert files.clean_name(raw, contents.JPEG) == name


def test_a_file_lies_in_a_private_place_under_a_random_name() -> None:
    draft, content = applications.draft(), uploads.picture()
    upload = add(draft, content, "мой паспорт.jpg")
    path = Path(files.storage.path(f"{str(upload.pk)[:2]}/{upload.pk}"))
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o077 == 0
    assert (upload.size, upload.name, upload.kind) == (len(content), "мой паспорт.jpg", "image/jpeg")
    with files.opened(upload) as stream:
        assert stream.read() == content
    with pytest.raises(ValueError):
        files.storage.url("x")


def test_empty_big_and_too_many() -> None:
    draft = applications.draft()
    with pytest.raises(Unfit, match="пустой"):
        add(draft, b"")
    with pytest.raises(Unfit, match="больше 1 МБ"):
        add(draft, uploads.picture() + b"\x00" * 1024 * 1024, asked=question(max_mb=1))
    for _n in range(2):
        add(draft, uploads.picture(), asked=question(max_files=2))
    with pytest.raises(Unfit, match="не больше"):
        add(draft, uploads.picture(), asked=question(max_files=2))
    assert len(list(files._files())) == 2
    assert files.remove(draft, str(Upload.objects.all()[0].pk))
    assert add(draft, uploads.picture(), asked=question(max_files=2))


def test_a_row_is_never_there_without_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        add(applications.draft(), uploads.picture())
    assert not Upload.objects.exists()


def test_what_a_killed_process_left_is_swept_after_a_day() -> None:
    draft = applications.draft()
    kept = add(draft, uploads.picture())
    folder = Path(files.storage.location) / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f"{uuid.uuid4()}", f"{uuid.uuid4()}.part"):
        (folder / name).write_bytes(b"left")
    assert files.drop_orphans() == 0
    assert files.drop_orphans(time.time() + 90_000) == 2
    with files.opened(kept):
        pass


def test_files_of_a_draft_go_with_it() -> None:
    draft = applications.draft()
    add(draft, uploads.picture())
    drafts.discard(draft)
    assert files.drop_orphans() == 1
    assert not list(files._files())


def _with_papers() -> Any:
    document = definitions.help_json()
    document["steps"][0]["fields"].append(
        definitions.question("q_papers", "file", "Бумаги", required=False, options={"types": ["image"]})
    )
    return definitions.published_form(slug="papers", steps=document["steps"])


def _draft(version: Any, **answers: Any) -> Any:
    applications.draft()  # lays the territory and the team
    draft, _token = drafts.start(version.pk)
    drafts.save(draft, definitions.help_answers(**answers), "s_help")
    return draft


def test_a_sent_draft_gives_its_files_to_the_application_and_keeps_none(
    django_capture_on_commit_callbacks: Any,
) -> None:
    version = _with_papers()
    draft = _draft(version)
    upload, spare = add(draft, uploads.picture()), add(draft, uploads.picture())
    drafts.save(draft, draft.answers | {"q_papers": {"files": [str(upload.pk)]}}, "s_help")
    with django_capture_on_commit_callbacks(execute=True):
        application = actions.submit(draft, 1)
    upload.refresh_from_db()
    assert upload.application == application
    assert application.sheet.answers["q_papers"] == {"files": [str(upload.pk)]}
    with pytest.raises(Unfit, match="уже отправлена"):
        add(draft, uploads.picture())
    assert not files.remove(draft, str(upload.pk))
    assert not Upload.objects.filter(pk=spare.pk).exists()
    assert len(list(files._files())) == 1


def test_nobody_attaches_what_somebody_else_sent() -> None:
    version = _with_papers()
    upload = add(_draft(version), uploads.picture())
    thief = _draft(version, q_papers={"files": [str(upload.pk)]})
    assert "q_papers" not in actions.submit(thief, 1).sheet.answers
    upload.refresh_from_db()
    assert upload.application is None
    stolen = definitions.help_answers(q_papers={"files": [str(upload.pk)]})
    for _again in range(2):
        sent = actions.submit_answers(version, stolen, 1, "api", "key")
        assert "q_papers" not in sent.sheet.answers


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_do_not_pass_the_limit() -> None:
    draft, taken, refused = applications.draft(), [], []

    def send() -> None:
        try:
            taken.append(add(draft, uploads.picture(), asked=question(max_files=1)))
        except Unfit as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), len(refused)) == (1, 5)
    assert len(list(files._files())) == 1
