"""Files that an applicant has chosen on the status page and not sent yet: for an answer, a message, or as papers.

What was acknowledged lies on the disk for good and has a row. Staff see none of them, for they are of no application
until they are sent (`papers.keep`); what is never sent is swept away.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions import attached, fields, versions
from forms.definitions.document import Field
from forms.definitions.fields.file import MB, too_many, uploads_in

from . import contents, files, movement
from .contents import Unfit
from .models import Application, Inquiry, Upload
from .states import State

# The pages beside those of a question of staff, which are called by `page_of`.
WRITE, PAPERS = "write", "papers"
# Of one application at a time, so that nobody fills the disk.
MOST, MOST_BYTES = 60, 200 * MB


def page_of(inquiry: Inquiry) -> str:
    """What the page with the answer to this question is called."""
    return f"inquiry-{inquiry.pk}"


def add(
    application: Application, page: str, question: Field, content: IO[bytes], name: str, *, paper: str = ""
) -> Upload:
    """Keep one file for a page of this application; raises Unfit with a sentence for the applicant."""
    kind = files.fit(question, content)
    upload = Upload(id=uuid.uuid4(), field_key=question.key, paper=paper, kind=kind.mime, unsent_on=page)
    upload.name = files.clean_name(name, kind)
    upload.size, upload.digest = files.storage.write(files.place(upload.pk), content)
    try:
        _insert(upload, application, question)
    except BaseException:
        files.storage.delete(files.place(upload.pk))
        raise
    return upload


def _insert(upload: Upload, application: Application, question: Field) -> None:
    """Count under the lock of the application, so that two uploads at once cannot pass a limit together."""
    most = fields.get(question.type).max_files(question)  # type: ignore[attr-defined]
    with transaction.atomic():
        upload.unsent_of = locked = movement.locked(application.pk)
        waiting = Upload.objects.filter(unsent_of=locked)
        here = Q(unsent_on=upload.unsent_on, field_key=upload.field_key, paper=upload.paper)
        held = waiting.aggregate(all=Count("pk"), size=Sum("size", default=0), here=Count("pk", filter=here))
        if held["here"] + _stored(locked, upload.field_key, upload.paper) >= most:
            raise Unfit(too_many(most))
        if held["all"] >= MOST or held["size"] + upload.size > MOST_BYTES:
            raise Unfit(_("Файлов уже много. Отправьте то, что приложено, а потом добавьте остальное"))
        upload.save(force_insert=True)


def _stored(application: Application, address: str, paper: str) -> int:
    """How many files the application has at this place already."""
    definition = versions.definition_of(application.form_version_id)
    found = attached.found(definition, application.sheet.answers) if address else ()
    value = next((each.value for each in found if each.address == address), None)
    if paper and isinstance(value, Mapping):
        value = (value.get("papers") or {}).get(paper)
    return len(uploads_in(value))


def check(question: Field, upload: Upload) -> None:
    """Whether a place other than the one it was examined for takes it too; raises Unfit with its name."""
    kind_of_field: Any = fields.get(question.type)
    if upload.what is None or upload.what.group not in kind_of_field.types(question):
        raise Unfit(f"{upload.name}: {contents.WRONG_TYPE}")
    if upload.size > kind_of_field.max_bytes(question):
        raise Unfit(f"{upload.name}: {files.too_big(question)}")


def of(application: Application, page: str) -> list[Upload]:
    """What waits on a page, oldest first."""
    return list(Upload.objects.filter(unsent_of=application, unsent_on=page).order_by("created_at", "pk"))


def remove(application: Application, upload_id: str) -> bool:
    """Delete one that waits; False when it is not there."""
    try:
        key = uuid.UUID(upload_id)
    except ValueError:
        return False
    return bool(_delete(Upload.objects.filter(pk=key, unsent_of=application)))


def free_row(application: Application, page: str, row: str) -> None:
    """Delete what waits for a row that is taken off the page (`qGROUP.<row id>`): its id may be given again."""
    _delete(Upload.objects.filter(unsent_of=application, unsent_on=page, field_key__startswith=f"{row}."))


def hand_over(application: Application, inquiry: Inquiry) -> None:
    """Nobody waits for this answer any more: what was chosen for it may go with a message."""
    waiting = Upload.objects.filter(unsent_of=application, unsent_on=page_of(inquiry))
    waiting.update(unsent_on=WRITE, field_key="", paper="")


def drop(unsent: Iterable[Upload]) -> None:
    """Take back what is not needed and was not sent."""
    keys = [upload.pk for upload in unsent]
    if keys:
        _delete(Upload.objects.filter(pk__in=keys, unsent_of__isnull=False))


def drop_old() -> int:
    """Delete what nobody sent for UNSENT_FILE_DAYS, and what can be sent no more; how many."""
    oldest = timezone.now() - timedelta(days=settings.UNSENT_FILE_DAYS)
    shut = Q(unsent_of__state__in=(State.WITHDRAWN, State.SPAM)) | Q(unsent_of__erase_on__isnull=False)
    return _delete(Upload.objects.filter(Q(created_at__lt=oldest) | shut, unsent_of__isnull=False))


def _delete(rows: Any) -> int:
    """Delete rows and, after the commit, what lies on the disk for them. Whoever sends one meanwhile has it."""
    with transaction.atomic():
        keys = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
        gone = Upload.objects.filter(pk__in=keys, unsent_of__isnull=False).delete()[0] if keys else 0
        if gone:
            transaction.on_commit(partial(files.drop_contents, keys))
    return gone
