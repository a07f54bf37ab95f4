"""Moves that finish an application, and the one that opens it again. Each asks for what its state cannot be without."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import duplicates, movement, people, saying
from .models import Application
from .movement import Refused
from .states import BY_ACTION
from .texts import cleaned, needed

EXPLANATION_LENGTH = 5000
NORM_LENGTH = 500
STEP_LENGTH = 1000
WHERE_LENGTH = 300
REASON_LENGTH = 1000


def resolve(application_id: int, user: Any, expected: int, explanation: str, next_step: str = "") -> Application:
    """Close as solved, with what the applicant will read. Raises Refused, Stale, or DoesNotExist when it is not
    theirs to see."""
    return _close("resolve", application_id, user, expected, explanation, next_step=_step(next_step))


def explain(application_id: int, user: Any, expected: int, explanation: str, next_step: str = "") -> Application:
    """Close with an explanation where help itself was not possible. Raises as `resolve`."""
    return _close("explain", application_id, user, expected, explanation, next_step=_step(next_step))


def refuse(
    application_id: int, user: Any, expected: int, explanation: str, *, norm: str, next_step: str
) -> Application:
    """Close with a refusal: the reason, the norm it stands on, and what the person can do next. Raises as `resolve`."""
    return _close(
        *("refuse", application_id, user, expected, explanation),
        norm=needed(norm, NORM_LENGTH, _("Назовите норму: закон, пункт, порядок."), "norm"),
        next_step=needed(next_step, STEP_LENGTH, _("Напишите, что человеку делать дальше."), "next_step"),
    )


def redirect(application_id: int, user: Any, expected: int, explanation: str, *, redirected_to: str) -> Application:
    """Close because another body answers: where it went, and a notice to the applicant. Raises as `resolve`."""
    where = needed(
        redirected_to, WHERE_LENGTH, _("Напишите, куда передано: полное название ведомства."), "redirected_to"
    )
    return _close("redirect", application_id, user, expected, explanation, redirected_to=where)


def mark_spam(application_id: int, user: Any, expected: int, *, reason: str) -> Application:
    """Close what nobody asked for help with; nothing is sent, the reason is for colleagues. Raises as `resolve`."""
    text = needed(reason, REASON_LENGTH, _("Напишите для коллег, почему это спам."), "reason")
    with transaction.atomic():
        move = BY_ACTION["mark_spam"]
        application = movement.locked_for_staff(move, application_id, user, expected)
        movement.step(application, move, user, {}, {"reason": saying.to_colleagues(application, user, text).pk})
    return application


def reopen(
    application_id: int, user: Any, expected: int, *, notice: str, reason: str, assignee: Any = None
) -> Application:
    """Work on it again: the same person, unless another is named. The clock stood while it was closed.

    The answer that was given stays in what was said. Raises as `resolve`.
    """
    told = needed(notice, EXPLANATION_LENGTH, _("Напишите заявителю, почему вы вернулись к обращению."), "notice")
    why = needed(reason, REASON_LENGTH, _("Напишите для коллег, почему обращение открыто снова."), "reason")
    with transaction.atomic():
        move = BY_ACTION["reopen"]
        movement.lock(_with_target(application_id))
        application = movement.locked_for_staff(move, application_id, user, expected)
        target = application.merged_into
        holder = assignee or application.assignee or user
        if not people.may_hold(holder, application.team):
            raise Refused(_("Выберите исполнителя из команды «%(team)s».") % {"team": application.team}, "assignee")
        facts = _keep_answer(application, user)
        facts["message"] = saying.to_applicant(application, user, told).pk
        facts["reason"] = saying.to_colleagues(application, user, why).pk
        movement.step(application, move, user, {"assignee": holder}, facts | {"assignee": holder.pk})
        if target is not None:
            duplicates.part(application, target, user)
        movement.tell(application, move)
    return application


def _with_target(application_id: int) -> list[int]:
    """The row, and the one that it was merged into, in the order in which rows are locked."""
    into = Application.objects.filter(pk=application_id).values_list("merged_into", flat=True).first()
    return sorted({application_id, *([into] if into else [])})


def _keep_answer(application: Application, user: Any) -> dict[str, Any]:
    """The columns of the answer are emptied by reopening; what the applicant has read becomes a message."""
    given = application.whole_answer
    return {"earlier": saying.to_applicant(application, user, given).pk} if given else {}


def _step(next_step: str) -> str:
    return cleaned(next_step, STEP_LENGTH, "next_step")


def _close(action: str, application_id: int, user: Any, expected: int, explanation: str, **columns: str) -> Application:
    sentence = _("Напишите, что сделано или почему помочь нельзя: это прочтёт заявитель.")
    text = needed(explanation, EXPLANATION_LENGTH, sentence, "explanation")
    changes = {"explanation": text, **columns}
    return movement.by_staff(BY_ACTION[action], application_id, user, expected, changes=changes)
