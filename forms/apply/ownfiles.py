"""Files of the status page: taken from its forms, with or without script, and kept until they are sent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from forms.applications import answering, files, papers, unsent_files
from forms.applications.contents import Unfit
from forms.applications.models import Application, Inquiry, Upload
from forms.applications.upload_quota import DROPPED
from forms.definitions import fields as field_types
from forms.definitions.document import Field
from forms.definitions.fields.file import too_many

from . import correcting, uploads
from .letter import FILES
from .uploads import Taken

_INQUIRY = re.compile(r"inquiry-(\d{1,17})")


@dataclass(frozen=True, slots=True)
class Slot:
    """One input for files: what may come there, its name, and the paper, blank where any may come."""

    question: Field
    name: str
    paper: str = ""


LOOSE = Slot(papers.LOOSE, FILES)


def of_answer(open_questions: correcting.Correcting) -> list[Slot]:
    """The inputs of the page with the answer to a question, as it was sent."""
    asked = (Slot(q, name, paper) for q in open_questions.files for name, paper in uploads.places(q))
    return [*asked, LOOSE]


def of_papers(places: Sequence[papers.Place], chosen: str) -> Slot:
    """The input of the page for papers: what the chosen place takes; before one is chosen, what any of them takes."""
    known = {place.name: place.question for place in places}
    question = known.get(chosen) or _any_of(list(known.values()))
    return Slot(replace(question, key=""), FILES)


def _any_of(questions: Sequence[Field]) -> Field:
    kind: Any = field_types.get("file")
    options = {
        "types": sorted({name for question in questions for name in kind.types(question)}),
        "max_mb": max(question.options.get("max_mb") or 0 for question in (*questions, papers.LOOSE)),
        "max_files": max(kind.max_files(question) for question in questions),
    }
    return replace(papers.LOOSE, options=options)


def slot_named(application: Application, page: str, name: str, chosen: str) -> Slot | None:
    """The input of a page that is open to this applicant now; None for any other."""
    if inquiry := _inquiry(application, page):
        if name == FILES:
            return LOOSE
        found = correcting.of(application, inquiry).file_named(name)
        return Slot(found[0], name, found[1]) if found else None
    if name != FILES or page not in (unsent_files.WRITE, unsent_files.PAPERS) or not answering.may_write(application):
        return None
    return LOOSE if page == unsent_files.WRITE else of_papers(papers.places(application), chosen)


def _inquiry(application: Application, page: str) -> Inquiry | None:
    number = _INQUIRY.fullmatch(page)
    return application.inquiries.filter(pk=int(number[1]), closed_at=None).first() if number else None


def take(request: HttpRequest, application: Application, page: str, slots: Iterable[Slot]) -> Taken:
    """Keep every file that came with a form, one by one; what is wrong with one does not touch the others."""
    taken, listed = Taken(), list(slots)
    for slot in listed:
        for file in request.FILES.getlist(slot.name):
            try:
                keep(application, page, slot, file)
            except Unfit as unfit:
                taken.refuse(_named(slot), unfit.sentence)
    if getattr(request, DROPPED, 0):
        taken.refuse(_named(listed[0]), files.too_big(listed[0].question))
    return taken


def keep(application: Application, page: str, slot: Slot, file: UploadedFile) -> Upload:
    """Keep one file; raises Unfit."""
    return unsent_files.add(application, page, slot.question, file, file.name or "", paper=slot.paper)


def _named(slot: Slot) -> Field:
    """Where a sentence about it stands: at its question, or at the input of a page where any file may come."""
    return slot.question if slot.question.key else replace(slot.question, key=FILES)


def sorted_out(waiting: Iterable[Upload], slots: Iterable[Slot]) -> tuple[list[Upload], list[Upload]]:
    """What waits for the inputs of this page, and what waits for some that are not there any more."""
    there = {(slot.question.key, slot.paper) for slot in slots}
    mine: tuple[list[Upload], list[Upload]] = ([], [])
    for upload in waiting:
        mine[(upload.field_key, upload.paper) not in there].append(upload)
    return mine


def placed(waiting: Sequence[Upload], place: papers.Place) -> None:
    """Name what waits after the place that was chosen for it; raises Unfit when that takes something else."""
    most = field_types.get("file").max_files(place.question)  # type: ignore[attr-defined]
    if len(waiting) > most:
        raise Unfit(too_many(most))
    for upload in waiting:
        unsent_files.check(place.question, upload)
    for upload in waiting:
        upload.field_key, upload.paper = place.question.key, place.paper


def by_question(waiting: Iterable[Upload]) -> dict[str, list[Upload]]:
    """As a form draws them."""
    found: dict[str, list[Upload]] = {}
    for upload in waiting:
        found.setdefault(upload.field_key or FILES, []).append(upload)
    return found
