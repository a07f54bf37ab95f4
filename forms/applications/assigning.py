"""Whose work an application is: taken, given to somebody of the team, handed to another team."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import movement, people, saying, sharing
from .models import Application, Team
from .movement import Refused
from .states import BY_ACTION, State
from .texts import needed

NOTICE_LENGTH = 5000
REASON_LENGTH = 1000


def take(application_id: int, user: Any, expected: int) -> Application:
    """Make the application this user's work. Raises Refused, Stale, or DoesNotExist when it is not theirs to see."""
    return movement.by_staff(BY_ACTION["take"], application_id, user, expected, changes={"assignee": user})


def assign(application_id: int, user: Any, expected: int, *, assignee: Any) -> Application:
    """Give it to somebody of its team, from nobody or from somebody else. The state of what is worked on stays.

    Raises as `take`.
    """
    with transaction.atomic():
        application = movement.seen(application_id, user)
        move = BY_ACTION["assign" if application.state == State.NEW else "reassign"]
        movement.admit(move, application, user, expected)
        if assignee is None or not people.may_hold(assignee, application.team):
            sentence = _("Назначить можно того, кто работает в команде «%(team)s».")
            raise Refused(sentence % {"team": application.team}, "assignee")
        if assignee.pk == application.assignee_id and move.target is None:
            raise Refused(_("Обращение уже ведёт %(name)s") % {"name": assignee.short_name}, "assignee")
        movement.step(application, move, user, {"assignee": assignee}, {"assignee": assignee.pk})
    return application


def hand_over(
    application_id: int, user: Any, expected: int, *, team: Team | None, notice: str, reason: str
) -> Application:
    """Put it into the queue of another team, as new and nobody's: a notice to the applicant, a reason for the team.

    Whoever hands over may see it no longer. Raises as `take`.
    """
    told = needed(notice, NOTICE_LENGTH, _("Напишите заявителю, кто теперь занимается обращением."), "notice")
    why = needed(reason, REASON_LENGTH, _("Напишите для новой команды, почему обращение передано."), "reason")
    with transaction.atomic():
        move = BY_ACTION["hand_over"]
        application = movement.locked_for_staff(move, application_id, user, expected)
        if team is None or not people.other_teams(application.team).filter(pk=team.pk).exists():
            raise Refused(_("Выберите другую команду."), "team")
        facts = {
            "from_team": application.team_id,
            "team": team.pk,
            "message": saying.to_applicant(application, user, told).pk,
            "reason": saying.to_colleagues(application, user, why).pk,
        }
        movement.step(application, move, user, {"assignee": None, "team": team}, facts)
        movement.tell(application, move)
        sharing.share(application, team)
    return application
