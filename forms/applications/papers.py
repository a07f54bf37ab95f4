"""Files that come after sending: with a message, with an answer, or for a paper that was promised.

Until then a file waits (`unsent_files`); it becomes the application's together with the message it comes with.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import attached, fields
from forms.definitions.document import Field
from forms.definitions.fields import rows
from forms.definitions.fields.file import LATER, NOW, too_many, uploads_in
from forms.definitions.wording import worded

from . import corrections
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
    found = [place for each in asked(application) for place in _places_of(*each)]
    found.sort(key=lambda place: not place.promised)
    return [*found, Place(LOOSE, "", str(LOOSE.label), promised=False)]


def asked(application: Application) -> Iterator[tuple[Field, Any, str]]:
    """(question, answer, name of its row) of every visible question that is answered with files; one in a row is named
    by its place there, its words hold the answers they ask for."""
    journey = corrections.journey_of(application)
    definition, kept = journey.definition, journey.kept()
    for step in journey.steps:
        for question in journey.fields(step):
            if question.type == "file":
                yield worded(question, definition, kept), kept.get(question.key), ""
            for row in journey.rows(question.key):
                for inner in row.fields:
                    if inner.type == "file":
                        named = attached.in_row(question, row.id, worded(inner, definition, row.seen))
                        yield named, row.answers.get(inner.key), row.title


def _places_of(question: Field, value: Any, row: str) -> list[Place]:
    kind: Any = fields.get(question.type)
    papers = value.get("papers", {}) if isinstance(value, Mapping) else {}
    listed = kind.papers(question)
    if not listed:
        return [Place(question, "", _in_row(row, question.label), promised=False)]
    said = {key: (papers.get(key) or {}).get("how") for key, _label in listed}
    return [Place(question, key, _in_row(row, label), promised=said[key] == LATER) for key, label in listed]


def _in_row(row: str, label: str) -> str:
    return f"{row}. {label}" if row else label


def said_of(application: Application, uploads: Iterable[Upload]) -> list[tuple[Upload, str]]:
    """Each file with what it was attached to: «Ребёнок 2. Свидетельство о рождении»; blank for one that came along
    with a message, and for one of a row or question that is no longer there."""
    uploads = list(uploads)
    if not any(upload.field_key for upload in uploads):
        return [(upload, "") for upload in uploads]
    words = {(each.question.key, each.paper): each.label for each in places(application) if each.question is not LOOSE}
    return [(upload, words.get((upload.field_key, upload.paper), "")) for upload in uploads]


def keep(application: Application, unsent: Iterable[Upload], message: Message | None) -> None:
    """Give the application what waited for it, under its lock; raises Refused when there would be too many, or when
    another page was quicker."""
    unsent = list(unsent)
    if not unsent:
        return
    if Upload.objects.filter(application=application).count() + len(unsent) > MOST_OF_APPLICATION:
        raise Refused(_("К заявке приложено слишком много файлов. Остальные принесите или договоритесь по телефону."))
    waiting = Upload.objects.filter(pk__in=[upload.pk for upload in unsent], unsent_of=application)
    if waiting.count() < len(unsent):
        raise Refused(_("Эти файлы уже отправлены или убраны на другой странице. Проверьте их и отправьте ещё раз."))
    for upload in unsent:
        upload.application, upload.message, upload.unsent_of, upload.unsent_on = application, message, None, ""
    Upload.objects.bulk_update(unsent, ["application", "message", "unsent_of", "unsent_on", "field_key", "paper"])


def joined(question: Field, value: Any, said: Any, unsent: Iterable[Upload]) -> dict[str, Any]:
    """The answer to a file question with new files in it. `value` is stored, `said` what the radios say, if anything.

    Files that are there already stay. Raises Refused when a place would hold too many.
    """
    mine = [upload for upload in unsent if upload.field_key == question.key]
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


def joined_rows(group: Field, value: Any, given: Any, unsent: Iterable[Upload]) -> list[dict[str, Any]]:
    """The rows of a group as the page sent them (None: as stored) with the files of each in it, old and new.

    A row keeps the files that were stored for the row of its id. Raises Refused as `joined`.
    """
    unsent, stored = list(unsent), {row.id: row.given for row in rows.read(value)}
    made = []
    for row in rows.read(value if given is None else given):
        said, old = dict(row.given) | {"id": row.id}, stored.get(row.id, {})
        for question in attached.questions(group.fields):
            named = attached.in_row(group, row.id, question)
            if question.key in said or question.key in old or any(each.field_key == named.key for each in unsent):
                # Stored rows are no radios: they say nothing new.
                radios = None if given is None else said.get(question.key)
                said[question.key] = joined(named, old.get(question.key), radios, unsent)
        made.append(said)
    return made


def _together(question: Field, old: list[str], new: list[Upload]) -> list[str]:
    most = fields.get(question.type).max_files(question)  # type: ignore[attr-defined]
    if new and len(old) + len(new) > most:
        raise Refused(too_many(most))
    return [*old, *(str(upload.pk) for upload in new)]
