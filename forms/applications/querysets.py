"""Adjectives for applications. Every list and every single card starts from `visible_to`."""

from typing import Any, Self

from django.db import models
from django.db.models import F

from .states import State

VIEW = "form_applications.view_queue"
VIEW_ALL = "form_applications.view_all_applications"


class ApplicationQuerySet(models.QuerySet[Any]):
    """What can be asked of applications."""

    def visible_to(self, user: Any) -> Self:
        """Applications of the user's teams; of all teams with «view_all_applications»; none without «view_queue»."""
        if not user.is_active or not user.has_perm(VIEW):
            return self.none()
        if user.has_perm(VIEW_ALL):
            return self
        teams = team_ids(user)
        if len(teams) == 1:
            return self.filter(team_id=teams[0])
        # "+ 0" keeps the planner on the sort index instead of the team index (RECIPES: 150 ms against 0.2 ms).
        return self.alias(scope=F("team_id") + 0).filter(scope__in=teams)

    def open(self) -> Self:
        """Not finished; compiles to the literal that the partial indexes need."""
        return self.filter(is_open=True)

    def closed(self) -> Self:
        """Finished with a result."""
        return self.filter(is_open=False)

    def unassigned(self) -> Self:
        """Open and nobody's."""
        return self.filter(is_open=True, assignee__isnull=True)

    def held_by(self, user: Any) -> Self:
        """Open and assigned to this user."""
        return self.filter(is_open=True, assignee=user)

    def burning(self, today: Any) -> Self:
        """Open, and due today or earlier."""
        return self.filter(is_open=True, due_on__lte=today)

    def in_state(self, state: State) -> Self:
        """In exactly this state."""
        return self.filter(state=state)

    def for_queue(self) -> Self:
        """All that a row of the queue shows, in one query."""
        return self.select_related("territory", "assignee", "team", "form").only(
            *("id", "number_prefix", "state", "is_open", "due_on", "received_at", "closed_at", "name", "summary"),
            *("version", "territory__name", "team__name", "form__title"),
            *("assignee__first_name", "assignee__last_name", "assignee__username"),
        )

    def for_card(self) -> Self:
        """All that the card shows of the row itself, without the form's document, which the process keeps compiled."""
        return self.select_related("territory", "assignee", "team", "form", "form_version", "sheet").defer(
            "form_version__document"
        )


def team_ids(user: Any) -> list[int]:
    """Ids of the teams the user is a member of; one query."""
    return list(user.teams.order_by("pk").values_list("pk", flat=True))
