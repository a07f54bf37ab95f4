"""What an applicant says after sending: an answer to a question, corrected answers, a message, more papers.

The screen has checked that this is the applicant. A page sends its `key` with each post: the same key is the same act.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions import attached, versions
from forms.definitions.document import Field

from . import corrections, indexing, movement, papers, unsent_files
from .corrections import Change
from .models import Application, Inquiry, Message, Upload
from .movement import Refused
from .states import BY_ACTION, State
from .texts import cleaned

TEXT_LENGTH = 5000
MOST_A_DAY = 30


def answer(
    application_id: int,
    inquiry_id: int,
    key: str,
    *,
    text: str = "",
    raw: Mapping[str, Any] | None = None,
    uploads: Sequence[Upload] = (),
) -> Application:
    """Answer the open question; `raw` are new answers as the page sent them, None to leave them as they are.

    `uploads` wait for it; what the new answers do not name is dropped. Only the questions that were asked change,
    whatever `raw` holds. The clock runs again. Raises Refused, and Wrong when an answer cannot be taken. A second time
    changes nothing.
    """
    text = cleaned(text, TEXT_LENGTH)
    with transaction.atomic():
        application = movement.locked(application_id)
        inquiry = Inquiry.objects.filter(application=application, pk=inquiry_id).first()
        if is_taken(application, key) or (inquiry and inquiry.outcome == Inquiry.Outcome.ANSWERED):
            unsent_files.drop(uploads)
            return application
        if inquiry is None or inquiry.closed_at is not None:
            raise Refused(_("Специалист больше не ждёт этого ответа. Напишите ему сообщение."))
        if not inquiry.asked and not text and not uploads:
            raise Refused(_("Напишите ответ или приложите бумагу."))
        changes = _correct(application, inquiry, raw, uploads)
        uploads = _wanted(application, uploads)
        message = _say(application, key, text, uploads, inquiry)
        columns = changes | {"has_news": True}
        facts = {"inquiry": inquiry.pk, "files": len(uploads), "message": message.pk if message else None}
        movement.step(application, BY_ACTION["answer"], None, columns, facts | {"corrected": bool(changes)})
    return application


def write(application_id: int, key: str, text: str, uploads: Sequence[Upload] = ()) -> Application:
    """A message with or without papers. Papers of a question of the form join its answer. Raises Refused."""
    text = cleaned(text, TEXT_LENGTH)
    if not text and not uploads:
        raise Refused(_("Напишите сообщение или приложите бумагу."))
    with transaction.atomic():
        application = movement.locked(application_id)
        if is_taken(application, key):
            unsent_files.drop(uploads)
            return application
        _check_may_write(application)
        open_one = application.inquiries.filter(closed_at__isnull=True).first()
        if open_one and not open_one.asked:
            # There is nothing else to answer: whatever is written now is the answer.
            return answer(application_id, open_one.pk, key, text=text, uploads=uploads)
        columns = _join(application, uploads)
        message = _say(application, key, text, uploads, None)
        act = "papers" if uploads else "message"
        facts = {"files": len(uploads), "message": message.pk if message else None}
        movement.act(application, act, None, columns | {"has_news": True}, facts)
    return application


def is_taken(application: Application, key: str) -> bool:
    """Whether the page with this key was sent already: whatever it sends again is the same act."""
    return Message.objects.filter(application=application, key=key).exists()


def may_write(application: Application) -> bool:
    """Whether the applicant may still write: not after withdrawing, and not once the data is gone."""
    return application.state not in (State.WITHDRAWN, State.SPAM) and not application.erase_on


def _check_may_write(application: Application) -> None:
    if not may_write(application):
        raise Refused(_("Эта заявка отозвана. Чтобы попросить о помощи снова, подайте новую."))
    since = timezone.now() - timedelta(days=1)
    own = Message.objects.filter(application=application, side=Message.Side.APPLICANT, created_at__gte=since)
    if own.count() >= MOST_A_DAY:
        raise Refused(_("За сутки пришло много сообщений. Позвоните, так будет быстрее, или напишите завтра."))


def _correct(
    application: Application, inquiry: Inquiry, raw: Mapping[str, Any] | None, uploads: Sequence[Upload]
) -> dict[str, Any]:
    """Take the corrected answers and what came with them; the columns to write."""
    if raw is None or not inquiry.asked:
        return _join(application, uploads) if uploads else {}
    asked = inquiry.asked.keys()
    given = dict(raw)
    # What a new answer makes appear is on the page too.
    for question in versions.definition_of(application.form_version_id).fields:
        if (question.key in asked or question.key in given) and attached.takes_files([question]):
            stored = application.sheet.answers.get(question.key)
            given[question.key] = _with_files(question, stored, given.get(question.key), uploads)
    sheet, changes = corrections.corrected(application, asked, given)
    return corrections.keep(application, sheet, changes, inquiry)


def _wanted(application: Application, uploads: Sequence[Upload]) -> list[Upload]:
    """Without the files of questions that the new answers hide, which go: a hidden answer is not kept."""
    definition = versions.definition_of(application.form_version_id)
    named = attached.named(definition, application.sheet.answers) if uploads else set()
    hidden = [upload for upload in uploads if upload.field_key and str(upload.pk) not in named]
    unsent_files.drop(hidden)
    return [upload for upload in uploads if upload not in hidden]


def _join(application: Application, uploads: Sequence[Upload]) -> dict[str, Any]:
    """Papers of a question of the form become part of its answer."""
    stored = application.sheet.answers
    definition = versions.definition_of(application.form_version_id)
    keys = {upload.field_key.partition(".")[0] for upload in uploads if upload.field_key}
    sheet, changes = dict(stored), []
    for question in corrections.correctable(application):
        if question.key in keys and attached.takes_files([question]):
            sheet[question.key] = _with_files(question, stored.get(question.key), None, uploads)
            changes.append(Change(question.key, stored.get(question.key), sheet[question.key], asked=False))
    if {str(upload.pk) for upload in uploads if upload.field_key} - attached.named(definition, sheet):
        raise Refused(_("Этого вопроса в заявке нет. Обновите страницу и приложите бумагу снова."))
    return corrections.keep(application, sheet, changes, None)


def _with_files(question: Field, stored: Any, given: Any, uploads: Sequence[Upload]) -> Any:
    join = papers.joined_rows if question.type == "group" else papers.joined
    return join(question, stored, given, uploads)


def _say(
    application: Application, key: str, text: str, uploads: Sequence[Upload], inquiry: Inquiry | None
) -> Message | None:
    if not text and not uploads:
        return None
    message = Message.objects.create(
        application=application, inquiry=inquiry, side=Message.Side.APPLICANT, key=key, text=text
    )
    indexing.said(application, text)
    papers.keep(application, uploads, message)
    return message
