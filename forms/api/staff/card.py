"""One application as its card shows it, and its files. Opening either is written into the journal, as on the screen."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router

from forms.api.schemas import ProblemOut
from forms.applications import arithmetic, duplicates, files, journal, papers, policies, thread, timeline
from forms.applications.models import Application
from forms.review import due, presence, sheet, staff_form
from forms.review.files import given
from forms.review.pending import Pending, words_of

from . import fields
from .found import event_of, found
from .schemas_of_card import CardOut

router = Router(tags=[str(_("Карточка"))])
PROBLEMS = {frozenset({401, 403, 404, 429}): ProblemOut}
PLAIN = ("id", "version", "state", "name", "phone", "email", "summary", "has_news", "is_open", "received_at")
MORE = ("closed_at", "explanation", "norm", "next_step", "redirected_to", "erase_on", "undelivered")


@router.get("/applications/{int:pk}", response={200: CardOut, **PROBLEMS}, summary=str(_("Карточка обращения")))
def card(request: HttpRequest, pk: Path[int]) -> Any:
    """Всё, что видит на карточке сотрудник. Просмотр записывается в журнал. Новые сообщения от заявителя остаются
    новыми: прочесть их должен человек."""
    user: Any = request.user
    application, waiting = found(user, pk)
    entries = timeline.entries_of(application)
    if not journal.read_lately(entries, user):
        journal.note_read(application, user)
    said, twins = thread.of(application, entries), duplicates.of(application, user)
    told = timeline.for_staff(application, entries, said.words, said.inside)
    return {name: getattr(application, name) for name in (*PLAIN, *MORE)} | {
        **_facts(request, application),
        "due": _due(application, entries),
        "sections": sheet.sections(application, said.changes),
        "changed_elsewhere": sheet.gone(application, said.changes),
        "files": _files(request, application, later=timeline.has_dialogue(entries)),
        "timeline": [event_of(event) for _day, events in told.days for event in events],
        "readers": told.readers,
        "merged": [_merged(each) for each in thread.of_merged(application, entries, user)],
        "duplicates": _twins(twins),
        "staff": _staff(user, application),
        "moves": [_move(move, application, twins) for move in policies.moves_for(user, application)],
        "why_no_moves": policies.why_none(user, application),
        "may_write": bool(policies.may_write(user, application)),
        "may_note": bool(policies.may_note(user, application)),
        "pending": _pending(waiting),
        "looking": presence.names([application.pk], user).get(application.pk, []),
    }


@router.get(
    "/applications/{int:pk}/files/{uuid:upload}",
    response={**PROBLEMS},
    summary=str(_("Файл обращения")),
)
def file(request: HttpRequest, pk: Path[int], upload: Path[uuid.UUID]) -> Any:
    """Содержимое файла, всегда вложением. Просмотр записывается в журнал."""
    return given(request.user, min(pk, 2**53), upload, save=True)


def _facts(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {
        "number": application.public_number,
        "url": request.build_absolute_uri(reverse("form_review:card", args=[application.pk])),
        "state_words": application.get_state_display(),
        "applicant_words": application.applicant_words,
        "territory": application.territory.name if application.territory else "",
        "team": application.team.name,
        "form": application.form.title,
        "form_version": application.form_version.number,
        "topic": application.topic.name if application.topic else "",
        "urgency": application.get_urgency_display(),
        "channel": application.get_channel_display(),
        "assignee": application.assignee.short_name if application.assignee else "",
    }


def _due(application: Application, entries: Any) -> dict[str, Any]:
    return {
        "on": application.due_on,
        "words": due.chip_of(application, timezone.localdate()).words if application.is_open else "",
        "sum": [{"words": words, "on": day} for words, day in arithmetic.due_sum(application, entries)],
        "paused_on": application.paused_on,
        "contact_on": application.contact_on,
        "put_off_reason": application.get_put_off_reason_display(),
        "extension_reason": application.extension_reason,
    }


def _files(request: HttpRequest, application: Application, *, later: bool) -> list[dict[str, Any]]:
    rows = papers.said_of(application, files.of_application(application, later=later))
    here = request.build_absolute_uri(f"/api/staff/applications/{application.pk}/files/")
    names = ("id", "name", "size", "kind", "created_at")
    return [
        {name: getattr(row, name) for name in names} | {"place": place, "url": f"{here}{row.pk}"} for row, place in rows
    ]


def _merged(merged: thread.Merged) -> dict[str, Any]:
    said = [
        {"at": each.created_at, "who": each.author.short_name if each.author else "", "text": each.text}
        for each in merged.messages
    ]
    return {"id": merged.application.pk, "number": merged.application.public_number, "messages": said}


def _twins(twins: duplicates.Twins) -> dict[str, Any]:
    rows = [
        {
            "id": twin.application.pk,
            "number": twin.application.public_number,
            "state_words": twin.application.get_state_display(),
            "why": twin.why,
            "can_be_merged": twin.merges,
        }
        for twin in twins.rows
    ]
    return {"rows": rows, "more": twins.more, "others": twins.others}


def _staff(user: Any, application: Application) -> dict[str, Any]:
    part = staff_form.context(user, application)
    lines = dict(part["staff_lines"])
    asked = part["staff_form"].fields if part["staff_form"] else {}
    return {
        "questions": [
            {"key": key, "label": field.label, "text": lines.get(field.label, "")} for key, field in asked.items()
        ],
        "labels": [{"id": each.pk, "name": each.name} for each in part["labels_on"]],
        "may_label": bool(part["may_label"]),
        "may_fill": bool(part["may_fill"]),
    }


def _move(move: Any, application: Application, twins: duplicates.Twins) -> dict[str, Any]:
    return {"action": move.action, "label": move.label, "fields": fields.of_move(move, application, twins)}


def _pending(waiting: Pending) -> dict[str, Any] | None:
    """The step that is on its way, or one of this user that can still be put back."""
    step = waiting.held or waiting.taken
    if step is None:
        return None
    mine = waiting.is_mine or waiting.held is None
    return {
        "action": step.action,
        "words": words_of(step.action),
        "who": step.user.short_name,
        "can_be_undone": mine,
        "seconds": waiting.seconds,
    }
