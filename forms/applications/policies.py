"""Who may do what with one application; each answer carries its reason in words for the person who asked."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .models import Application
from .states import ASSIGN, STAFF_MOVES, WORK, Move, State

ENTER = "form_applications.enter_application"
__all__ = ["ASSIGN", "ENTER", "WORK", "Decision", "may_fill", "may_label", "may_move", "may_note", "may_write"]
__all__ += ["moves_for", "reads_news", "why_none"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with a sentence that says why and what helps."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def may_move(user: Any, move: Move, application: Application) -> Decision:
    """May this person take this step now? Visibility is not asked here: the row came from `visible_to`."""
    if move.by_applicant:
        return Decision(False, _("Это делает сам заявитель на своей странице."))
    if not user.has_perm(move.permission):
        return Decision(False, _("Ваша роль позволяет только смотреть обращения."))
    if application.state not in move.sources:
        return Decision(
            False, _("Обращение в состоянии «%(state)s»: это действие сейчас невозможно.") % _state(application)
        )
    if application.erase_on:
        return Decision(False, _("Данные этого обращения удаляют: с ним больше ничего не делают."))
    if move.action == "extend" and application.extended_days:
        return Decision(False, _("Срок уже продлевали, второй раз нельзя. Отложите обращение и назовите день связи."))
    if not _is_theirs(user, move, application):
        holder = application.assignee.short_name if application.assignee else ""
        return Decision(
            False,
            _("Обращение ведёт %(name)s, сделать это может исполнитель или руководитель группы.") % {"name": holder},
        )
    return YES


def _is_theirs(user: Any, move: Move, application: Application) -> bool:
    """A step of the holder is for the holder, or for anybody while it is nobody's; who assigns may take every step."""
    whose_matters = move.by_holder or move.target == State.IN_WORK
    free = application.assignee_id in (None, user.pk)
    return free or not whose_matters or user.has_perm(ASSIGN)


def may_write(user: Any, application: Application) -> Decision:
    """May this person write to the applicant? Who leads it does, or who assigns work."""
    if not user.has_perm(WORK):
        return Decision(False, _("Ваша роль позволяет только смотреть обращения."))
    if not application.is_open:
        return Decision(False, _("Обращение закрыто: заявитель уже получил ответ."))
    if application.assignee_id is None:
        return Decision(False, _("Сначала возьмите обращение в работу."))
    if application.assignee_id != user.pk and not user.has_perm(ASSIGN):
        return Decision(False, _("Заявителю пишет исполнитель или руководитель группы."))
    return YES


def may_note(user: Any, application: Application) -> Decision:
    """May this person write a note for colleagues? Whoever works on applications or enters them, closed ones too."""
    if not user.has_perm(WORK) and not user.has_perm(ENTER):
        return Decision(False, _("Ваша роль позволяет только смотреть обращения."))
    if application.erase_on:
        return Decision(False, _("Согласие отозвано: новых записей об этом человеке не делаем."))
    return YES


def may_label(user: Any, application: Application) -> Decision:
    """May this person put labels on it and take them off? Whoever works on applications, closed ones too."""
    if not user.has_perm(WORK):
        return Decision(False, _("Ваша роль позволяет только смотреть обращения."))
    if application.erase_on:
        return Decision(False, _("Согласие отозвано: новых записей об этом человеке не делаем."))
    return YES


def may_fill(user: Any, application: Application) -> Decision:
    """May this person answer the questions of staff, set topic and urgency? Who leads it does, or who assigns work."""
    decision = may_label(user, application)
    if not decision or application.assignee_id == user.pk or user.has_perm(ASSIGN):
        return decision
    if application.assignee is None:
        return Decision(False, _("Сначала возьмите обращение в работу."))
    return Decision(
        False, _("Эти поля заполняет %(name)s или руководитель группы.") % {"name": application.assignee.short_name}
    )


def reads_news(user: Any, application: Application) -> bool:
    """Whether what the applicant wrote counts as read once this person has the card open."""
    return user.has_perm(WORK) and application.assignee_id in (None, user.pk)


def moves_for(user: Any, application: Application) -> list[Move]:
    """The steps to offer on the card, in the order of the table; what is not allowed is not drawn."""
    return [move for move in STAFF_MOVES if may_move(user, move, application)]


def why_none(user: Any, application: Application) -> str | Promise:
    """Why no step is offered for an open application; blank when there is one, or when it is closed."""
    if not application.is_open:
        return ""
    decisions = [may_move(user, move, application) for move in STAFF_MOVES if application.state in move.sources]
    return "" if any(decisions) or not decisions else decisions[0].reason


def _state(application: Application) -> dict[str, str]:
    return {"state": application.get_state_display()}
