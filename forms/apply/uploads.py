"""Files of a step: taken from the page's own form, with or without script, and answered from what is kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from forms.applications import files
from forms.applications.contents import Unfit
from forms.applications.models import Upload
from forms.applications.upload_quota import DROPPED
from forms.definitions import attached
from forms.definitions import fields as field_types
from forms.definitions.document import Field, Step
from forms.definitions.fields.rows import ROW_ID, read

from . import rows
from .onpage import OnPage
from .visit import Visit

REMOVE = "remove"


@dataclass
class Taken:
    """What came of the files of one page: sentences by question, where something was not taken."""

    errors: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, question: Field, sentence: object) -> None:
        """Remember a sentence; the same one is said once."""
        said = self.errors.setdefault(question.key, [])
        if str(sentence) not in said:
            said.append(str(sentence))


def of_step(questions: Iterable[Field]) -> list[Field]:
    """The questions that are answered with files."""
    return [question for question in questions if question.type == "file"]


def places(question: Field) -> list[tuple[str, str]]:
    """(name of the input, key of the paper); the key is blank where any files may come."""
    kind: Any = field_types.get(question.type)
    papers = kind.papers(question)
    return [(f"{question.key}_{key}", key) for key, _label in papers] or [(question.key, "")]


def place_named(here: Step, name: str) -> tuple[Field, str] | None:
    """(question, key of the paper) of an input of the step; in a row the question is named by its place there.

    Only that the form may ask it is certain: the rows and the answers that brought it to the page may be unsent yet.
    """
    group_key, _dot, rest = name.partition(".")
    row_id, _dot, inner = rest.partition(".")
    for question in here.fields:
        if question.staff or (rest and (question.key != group_key or not ROW_ID.fullmatch(row_id))):
            continue
        in_row = (rows.named(question, row_id, each) for each in question.fields if not each.staff)
        for each in of_step(in_row if inner else [question]):
            for input_name, paper in places(each):
                if input_name == name:
                    return each, paper
    return None


def take(request: HttpRequest, visit: Visit, here: Step, on_page: OnPage) -> Taken:
    """Keep every file of the page, one by one; what is wrong with one does not touch the others."""
    taken, asked = Taken(), of_step(on_page.inputs)
    for question in asked:
        for name, paper in places(question):
            for file in request.FILES.getlist(name):
                _take_one(taken, visit, here, question, (file, paper))
    dropped: int = getattr(request, DROPPED, 0)
    if asked and dropped:
        taken.refuse(asked[0], files.too_big(asked[0]))
    return taken


def _take_one(taken: Taken, visit: Visit, here: Step, question: Field, given: tuple[UploadedFile, str]) -> None:
    file, paper = given
    try:
        keep_one(visit, here, question, file, paper)
    except Unfit as unfit:
        taken.refuse(question, unfit.sentence)


def keep_one(visit: Visit, here: Step, question: Field, file: UploadedFile, paper: str) -> Upload:
    """Keep one file, beginning a draft if there is none; raises Unfit."""
    if visit.draft is None:
        visit.keep(here, visit.answers)
    assert visit.draft is not None
    return files.add(visit.draft, question, file, file.name or "", paper)


def answered(visit: Visit, on_page: OnPage, flat: dict[str, Any]) -> dict[str, Any]:
    """`flat`, what was typed by input, with the files that the draft holds: the page itself never names them."""
    asked = of_step(on_page.inputs)
    if not asked:
        return flat
    kept = files.of_draft(visit.draft)
    return flat | {question.key: _answer(kept.get(question.key, []), flat.get(question.key)) for question in asked}


def row_removed(visit: Visit, group: Field, row_id: str) -> None:
    """The files of a row go with it: its id may be given to another one."""
    if visit.draft and attached.takes_files(group.fields):
        files.free(visit.draft, group, {row_id}.__contains__)


def tidy(visit: Visit, here: Step, answers: Mapping[str, Any]) -> None:
    """After a step is taken: rows that are in none of its groups any more leave no files behind."""
    for group in here.fields:
        if visit.draft and group.type == "group" and attached.takes_files(group.fields):
            ids = {row.id for row in read(answers.get(group.key))}
            files.free(visit.draft, group, partial(_is_none_of, ids))


def _is_none_of(ids: Collection[str], row_id: str) -> bool:
    return row_id not in ids


def _answer(uploads: list[Upload], said: Any) -> dict[str, Any]:
    papers = said.get("papers") if isinstance(said, dict) else None
    if papers is None:
        return {"files": [str(upload.pk) for upload in uploads]}
    return {
        "papers": {
            key: {"how": paper.get("how", ""), "files": [str(upload.pk) for upload in uploads if upload.paper == key]}
            for key, paper in papers.items()
        }
    }
