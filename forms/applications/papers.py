"""Files that come after sending: with a message, with an answer, or for a paper that was promised.

A file is examined and written to the disk first, without any lock; its row is made together with the message it came
with. What is left over by a refusal is dropped at once, or swept away as an orphan.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import fields
from forms.definitions.document import Field
from forms.definitions.fields.file import LATER, NOW, too_many, uploads_in

from . import corrections, files
from .models import Application, Message, Upload
from .movement import Refused

# What may come with a message, whatever the form asked for.
LOOSE = Field(
    key="",
    type="file",
    label=gettext_lazy("Другая бумага"),  # type: ignore[arg-type]
    options={"types": ["image", "pdf", "word"], "max_mb": 10, "max_files": 5},
)
MOST_OF_APPLICATION = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper may be added: a question of the form, one paper of it, or any (`question` is LOOSE)."""

    question: Field
    paper: str
    label: str
    promised: bool

    @property
    def name(self) -> str:
        """The place in a form that is sent: no two are alike."""
        return f"{self.question.key}.{self.paper}" if self.question.key else "other"


def places(application: Application) -> list[Place]:
    """Every place, the promised papers first, «другая бумага» last."""
    found = []
    answers = application.sheet.answers
    for question in corrections.correctable(application):
        if question.type == "file":
            found += _places_of(question, answers.get(question.key))
    found.sort(key=lambda place: not place.promised)
    return [*found, Place(LOOSE, "", str(LOOSE.label), promised=False)]


def _places_of(question: Field, value: Any) -> list[Place]:
    kind: Any = fields.get(question.type)
    papers = value.get("papers", {}) if isinstance(value, Mapping) else {}
    listed = kind.papers(question)
    if not listed:
        return [Place(question, "", question.label, promised=False)]
    said = {key: (papers.get(key) or {}).get("how") for key, _label in listed}
    return [Place(question, key, label, promised=said[key] == LATER) for key, label in listed]


def prepare(question: Field, content: IO[bytes], name: str, paper: str = "") -> Upload:
    """Examine a file and write it to the disk; its row is not saved yet. Raises contents.Unfit."""
    kind = files.fit(question, content)
    upload = Upload(id=uuid.uuid4(), field_key=question.key, paper=paper, kind=kind.mime)
    upload.name = files.clean_name(name, kind)
    upload.size, upload.digest = files.storage.write(files.place(upload.pk), content)
    return upload


def drop(prepared: Iterable[Upload]) -> None:
    """Take back what was prepared and is not needed."""
    for upload in prepared:
        files.storage.delete(files.place(upload.pk))


def keep(application: Application, prepared: Iterable[Upload], message: Message | None) -> None:
    """Make the rows, under the lock of the application; raises Refused when there would be too many."""
    prepared = list(prepared)
    if not prepared:
        return
    if Upload.objects.filter(application=application).count() + len(prepared) > MOST_OF_APPLICATION:
        raise Refused(_("К заявке приложено слишком много файлов. Остальные принесите или договоритесь по телефону."))
    for upload in prepared:
        upload.application, upload.message = application, message
    Upload.objects.bulk_create(prepared)


def joined(question: Field, value: Any, said: Any, prepared: Iterable[Upload]) -> dict[str, Any]:
    """The answer to a file question with new files in it. `value` is stored, `said` what the radios say, if anything.

    Files that are there already stay. Raises Refused when a place would hold too many.
    """
    mine = [upload for upload in prepared if upload.field_key == question.key]
    if not fields.get(question.type).papers(question):  # type: ignore[attr-defined]
        return {"files": _together(question, uploads_in(value), mine)}
    stored = value.get("papers", {}) if isinstance(value, Mapping) else {}
    radios = said.get("papers", {}) if isinstance(said, Mapping) else {}
    papers = {}
    for key in {**stored, **radios, **{upload.paper: None for upload in mine}}:
        here = [upload for upload in mine if upload.paper == key]
        old = stored.get(key) or {}
        how = NOW if here else (radios.get(key) or {}).get("how") or old.get("how", "")
        papers[key] = {"how": how, "files": _together(question, old.get("files") or [], here)}
    return {"papers": papers}


def _together(question: Field, old: list[str], new: list[Upload]) -> list[str]:
    most = fields.get(question.type).max_files(question)  # type: ignore[attr-defined]
    if new and len(old) + len(new) > most:
        raise Refused(too_many(most))
    return [*old, *(str(upload.pk) for upload in new)]
