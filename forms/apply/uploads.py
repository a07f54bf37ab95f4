"""Files of a step: taken from the page's own form, with or without script, and answered from what is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from forms.applications import files
from forms.applications.contents import Unfit
from forms.applications.models import Upload
from forms.applications.upload_quota import DROPPED
from forms.definitions import fields as field_types
from forms.definitions.document import Field, Step

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


def take(request: HttpRequest, visit: Visit, here: Step, questions: Iterable[Field]) -> Taken:
    """Keep every file of the page, one by one; what is wrong with one does not touch the others."""
    taken, asked = Taken(), of_step(questions)
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


def answered(visit: Visit, questions: Iterable[Field], raw: dict[str, Any]) -> dict[str, Any]:
    """`raw` with the files that the draft holds for each question: the page itself never names them."""
    asked = of_step(questions)
    if not asked:
        return raw
    kept = files.of_draft(visit.draft)
    return raw | {question.key: _answer(kept.get(question.key, []), raw.get(question.key)) for question in asked}


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
