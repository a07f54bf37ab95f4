"""Who may be given an application, and which teams may be."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from .models import Team
from .stages import WORK


def assignable(team: Team) -> QuerySet[Any]:
    """Members of the team who may work on applications, by name. Who is away is among them: the field
    that they are chosen from has them last and says so, and even sharing leaves them out."""
    return workers().filter(teams=team)


def workers() -> QuerySet[Any]:
    """Whoever may work on applications, by name."""
    users: Any = get_user_model().objects
    # The group grants it; an administrator who is no member of a team is not meant here.
    found: QuerySet[Any] = users.with_perm(WORK, backend="django.contrib.auth.backends.ModelBackend")
    return found.filter(is_active=True).order_by("last_name", "first_name", "username")


def may_hold(user: Any, team: Team) -> bool:
    """Whether this person can be given work of this team."""
    return assignable(team).filter(pk=user.pk).exists()


def other_teams(team: Team) -> QuerySet[Team]:
    """Where work of this team may be handed over to."""
    return Team.objects.exclude(pk=team.pk)
