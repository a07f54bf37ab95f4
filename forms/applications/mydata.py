"""«Мои данные»: all of one application that is the person's, and nothing that is only of staff (152-FZ art. 14)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from forms.definitions import fields, readout, versions, wording

from . import corrections, files, journal, movement, papers, timeline
from .models import Application, Correction, Inquiry, Message


def bundle(application: Application) -> dict[str, Any]:
    """As JSON: what was answered, agreed to, said, corrected, attached, and how it went."""
    view = timeline.for_applicant(application)
    return {
        "number": view.number,
        "form": application.form.title,
        "received_at": _moment(application.received_at),
        "channel": application.get_channel_display(),
        "legal_status": application.get_legal_status_display(),
        "state": str(view.state_words),
        "promise": str(view.promise),
        "explanation": view.explanation,
        "norm": view.norm,
        "next_step": view.next_step,
        "contacts": {"name": application.name, "phone": application.phone, "email": application.email},
        "consent": _consent(application),
        "answers": list(_answers(application)),
        "changed_answers": list(_changed(application)),
        "messages": list(_messages(application)),
        "questions": list(_questions(application)),
        "files": [
            {"name": each.name, "attached_to": words, "bytes": each.size, "sha256": each.digest}
            | {"added_at": _moment(each.created_at)}
            for each, words in papers.said_of(application, files.of_application(application))
        ],
        "history": [{"at": _moment(event.at), "words": str(event.words)} for event in view.events],
        "made_at": _moment(timezone.now()),
    }


def note_given(application_id: int) -> None:
    """That the person took a copy, into the journal; the row's version stays, nothing of it changed."""
    with transaction.atomic():
        journal.write(movement.locked(application_id), None, "data_given", ("", ""), {})


def _moment(at: Any) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _consent(application: Application) -> dict[str, Any]:
    consent = versions.definition_of(application.form_version_id).consent
    return {
        "version": application.sheet.consent_version,
        "text": consent.text,
        "given_at": _moment(application.sheet.consent_at),
        "erase_by": application.erase_on.isoformat() if application.erase_on else None,
    }


def _answers(application: Application) -> Any:
    definition, journey = versions.definition_of(application.form_version_id), corrections.journey_of(application)
    kept = journey.kept()
    for step in journey.steps:
        title = wording.render(step.title, definition, kept)
        for line in readout.read_step(definition, journey, step):
            yield {"step": title, "question": line.label, "answer": list(line.lines)}


def _changed(application: Application) -> Any:
    definition = versions.definition_of(application.form_version_id)
    for row in Correction.objects.filter(application=application, change__isnull=False).order_by("at", "pk"):
        question = definition.field(row.field_key)
        change: dict[str, Any] = row.change or {}
        told = {side: fields.get(question.type).display(question, value) for side, value in change.items()}
        yield {"question": question.label, "at": _moment(row.at), **told}


def _messages(application: Application) -> Any:
    for message in Message.objects.filter(application=application).order_by("created_at", "pk"):
        mine = message.side == Message.Side.APPLICANT
        yield {"at": _moment(message.created_at), "from": "вы" if mine else "специалист", "text": message.text}


def _questions(application: Application) -> Any:
    definition = versions.definition_of(application.form_version_id)
    for inquiry in Inquiry.objects.filter(application=application).order_by("pk"):
        asked = {definition.field(key).label: why for key, why in inquiry.asked.items()}
        day = inquiry.wanted_by.isoformat()
        yield {"asked_at": _moment(inquiry.asked_at), "wanted_by": day, "to_correct": asked}
