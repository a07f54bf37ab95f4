"""What applicants attach: kept on our disk under random names, described by rows, served only by checked views.

A row is written after its file is on the disk for good; a file without a row is swept away by `drop_orphans`.
"""

import hashlib
import os
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File as DjangoFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils.translation import gettext as _

from forms.definitions import attached, fields, versions
from forms.definitions.document import Definition, Field
from forms.definitions.fields.file import MB, too_many, uploads_in

from . import contents
from .contents import Unfit
from .models import Application, Draft, Upload

NAME_LENGTH = 120
MOST_OF_DRAFT = 60
ORPHAN_SECONDS = 24 * 3600


class PrivateStorage(FileSystemStorage):
    """Files without an address, readable by this process alone."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        return str(settings.UPLOADS_DIR)

    @property
    def location(self) -> str:
        return str(Path(settings.UPLOADS_DIR).absolute())

    def url(self, name: str | None) -> str:
        raise ValueError("uploads have no address")

    def write(self, name: str, content: IO[bytes]) -> tuple[int, str]:
        """Write a file whole and for good, or not at all; its size in bytes and SHA-256."""
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part, digest, size = target.with_suffix(".part"), hashlib.sha256(), 0
        content.seek(0)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while chunk := content.read(MB):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return size, digest.hexdigest()


storage = PrivateStorage()


def add(draft: Draft, question: Field, content: IO[bytes], name: str, paper: str = "") -> Upload:
    """Keep one file of a draft; raises Unfit with a sentence for the applicant."""
    kind = fit(question, content)
    upload = Upload(id=uuid.uuid4(), draft=draft, field_key=question.key, paper=paper, kind=kind.mime)
    upload.name = clean_name(name, kind)
    upload.size, upload.digest = storage.write(place(upload.pk), content)
    try:
        _insert(upload, draft, question)
    except BaseException:
        storage.delete(place(upload.pk))
        raise
    return upload


def fit(question: Field, content: IO[bytes]) -> contents.Kind:
    """What a file is, when the question takes it; raises Unfit."""
    kind_of_field: Any = fields.get(question.type)
    content.seek(0, os.SEEK_END)
    size = content.tell()
    if size == 0:
        raise Unfit(_("Файл пустой. Выберите другой"))
    if size > kind_of_field.max_bytes(question):
        raise Unfit(too_big(question))
    return contents.examine(content, kind_of_field.types(question))


def too_big(question: Field) -> str:
    """What to say about a file larger than the question allows."""
    kind_of_field: Any = fields.get(question.type)
    most = kind_of_field.max_bytes(question) // MB
    return _("Файл больше %d МБ. Уменьшите его или сфотографируйте заново") % most


def _insert(upload: Upload, draft: Draft, question: Field) -> None:
    """Count under the lock of the draft, so that two uploads at once cannot pass the limit together."""
    most = fields.get(question.type).max_files(question)  # type: ignore[attr-defined]
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft.pk, application__isnull=True).first()
        if held is None:
            raise Unfit(_("Эта заявка уже отправлена. Файл к ней не добавлен"))
        mine = Upload.objects.filter(draft=held)
        if mine.filter(field_key=upload.field_key, paper=upload.paper).count() >= most:
            raise Unfit(too_many(most))
        if mine.count() >= MOST_OF_DRAFT:
            raise Unfit(too_many(MOST_OF_DRAFT))
        upload.save(force_insert=True)


def remove(draft: Draft, upload_id: str) -> bool:
    """Delete one file of a draft that was not sent; False when it is not there."""
    try:
        key = uuid.UUID(upload_id)
    except ValueError:
        return False
    gone = Upload.objects.filter(pk=key, draft=draft, application__isnull=True).delete()[0]
    if gone:
        storage.delete(place(key))
    return bool(gone)


def free(draft: Draft, group: Field, gone: Callable[[str], bool]) -> None:
    """Delete the files of a draft in those rows of a group that are `gone`, by id."""
    mine = Upload.objects.filter(draft=draft, application__isnull=True, field_key__startswith=f"{group.key}.")
    for key, address in mine.values_list("pk", "field_key"):
        if gone(address.split(".")[1]):
            remove(draft, str(key))


def of_draft(draft: Draft | None) -> dict[str, list[Upload]]:
    """The files of a draft by question, oldest first."""
    found: dict[str, list[Upload]] = {}
    for upload in Upload.objects.filter(draft=draft).order_by("created_at", "pk") if draft else ():
        found.setdefault(upload.field_key, []).append(upload)
    return found


def of_application(application: Application, *, later: bool = True) -> list[Upload]:
    """What came with an application and after it, oldest first.

    `later` says whether anything can have come after; if not, there is no query where the form asks for no files.
    """
    if not later and not attached.takes_files(versions.definition_of(application.form_version_id).fields):
        return []
    return list(Upload.objects.filter(application=application).order_by("created_at", "pk"))


def owned(definition: Definition, answers: Mapping[str, Any], draft: Draft | None) -> dict[str, Any]:
    """The answers without uploads that are not this draft's own: nobody attaches what somebody else sent."""
    answered = list(attached.found(definition, answers))
    if not answered:
        return dict(answers)
    # A file answers the question, and the row, that it was attached to, and no other.
    mine = {(upload.field_key, str(upload.pk)) for uploads in of_draft(draft).values() for upload in uploads}
    foreign = [each.address for each in answered if {(each.address, one) for one in uploads_in(each.value)} - mine]
    return attached.without(definition, answers, foreign) if foreign else dict(answers)


def attach(application: Application, draft: Draft, definition: Definition, answers: Mapping[str, Any]) -> None:
    """Give the application the files its answers name, and delete what the draft has besides: files of answers that are
    hidden, of rows that are gone. The caller holds the transaction and the lock of the draft."""
    if not attached.takes_files(definition.fields):
        return
    named, mine = attached.named(definition, answers), Upload.objects.filter(draft=draft)
    left = [pk for pk in mine.values_list("pk", flat=True) if str(pk) not in named]
    if named:
        mine.filter(pk__in=named).update(application=application, draft=None)
    if left:
        mine.filter(pk__in=left).delete()
        # After the commit: a draft that could not be sent keeps them.
        transaction.on_commit(partial(drop_contents, left))


def opened(upload: Upload) -> DjangoFile:
    """The content; FileNotFoundError when the disk lost it."""
    return storage.open(place(upload.pk))


def drop_contents(keys: Iterable[uuid.UUID]) -> None:
    """Delete what lay on the disk for rows that are gone."""
    for key in keys:
        storage.delete(place(key))


def drop_orphans(now: float | None = None) -> int:
    """Delete rows that belong to no draft and no application, then files that have no row; how many of both."""
    gone = 0
    lost = Upload.objects.filter(draft__isnull=True, application__isnull=True, unsent_of__isnull=True)
    for key in list(lost.values_list("pk", flat=True)):
        lost.filter(pk=key).delete()
        storage.delete(place(key))
        gone += 1
    oldest = (now or time.time()) - ORPHAN_SECONDS
    for batch in _batches(path for path in _files() if path.stat().st_mtime < oldest):
        known = {str(pk) for pk in Upload.objects.filter(pk__in=[p.stem for p in batch]).values_list("pk", flat=True)}
        for path in batch:
            if path.stem not in known or path.suffix:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _files() -> Iterator[Path]:
    yield from Path(storage.location).glob("??/????????-*")


def _batches(paths: Iterable[Path], size: int = 400) -> Iterator[list[Path]]:
    everything = list(paths)
    yield from (everything[start : start + size] for start in range(0, len(everything), size))


def place(key: uuid.UUID) -> str:
    """Where the content of an upload lies, for `storage`."""
    return f"{str(key)[:2]}/{key}"


def clean_name(raw: str, kind: contents.Kind) -> str:
    """A name safe to show and to save under: no folders, no invisible characters, an ending that tells the truth."""
    last = raw[-2000:].replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] not in "CZ" or c == " ")
    words = " ".join(kept.replace('"', "").split()).strip(". ")
    stem, dot, ending = words.rpartition(".")
    if not dot or ending.lower() not in kind.endings:
        stem, ending = words, kind.endings[0]
    return f"{stem[: NAME_LENGTH - 10] or _('файл')}.{ending.lower()}"
