"""Even work: a new application of a team that wants it becomes at once the work of who has least to do.

Least is the number of open applications a person leads, in any team; what waits for its applicant counts, for it comes
back. Among equals the one who was given work longest ago. Who is away gets none, and with nobody there it waits in the
queue like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max
from django.utils import timezone

from . import absences, movement
from .models import Application, Team
from .policies import WORK
from .querysets import ApplicationQuerySet
from .states import BY_ACTION, State

EVENLY = "evenly"
"""In the facts of the journal: assigned by the rule of the team."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a person leads now: how many open ones, and the number of the newest of them (0: none)."""

    count: int = 0
    newest: int = 0


def least(people: Sequence[int], loads: Mapping[int, Load]) -> int | None:
    """Whose turn it is; None where there is nobody."""
    idle = Load()
    return min(
        people,
        key=lambda pk: ((load := loads.get(pk, idle)).count, load.newest, pk),
        default=None,
    )


def share(application: Application, team: Team) -> Any | None:
    """Give a new application of this team to whose turn it is; None when the team does not share, or nobody is there.

    Inside the transaction that made the application: until its end the people of the team are locked, so that of many
    that come at once each sees what the one before it was given.
    """
    if not team.shares_evenly or application.state != State.NEW:
        return None
    # In one order of everybody's numbers, so that two teams with the same people never wait for each other.
    locked = _workers(team).order_by("pk").select_for_update(of=("self",), no_key=True)
    known = {person.pk: person for person in locked}
    present = there(known, timezone.localdate())
    chosen = least(present, loads_of(present))
    if chosen is None:
        return None
    facts = {"assignee": chosen, "rule": EVENLY}
    movement.step(application, BY_ACTION["assign"], None, {"assignee": known[chosen]}, facts)
    return known[chosen]


def there(people: Sequence[int] | Mapping[int, Any], day: date) -> list[int]:
    """Those of them who are not away on this day."""
    away = absences.on(day, people)
    return [pk for pk in people if pk not in away]


def loads_of(people: Iterable[int], among: ApplicationQuerySet | None = None) -> dict[int, Load]:
    """What these people lead (of these applications); one query along the index of open work."""
    applications = Application.objects.all() if among is None else among
    rows = applications.filter(is_open=True, assignee__in=list(people)).order_by().values("assignee")
    counted = rows.annotate(count=Count("pk"), newest=Max("pk")).values_list("assignee", "count", "newest")
    return {pk: Load(count, newest) for pk, count, newest in counted}


def _workers(team: Team) -> Any:
    users: Any = get_user_model().objects
    working = users.with_perm(WORK, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(pk__in=working.filter(is_active=True, teams=team).values("pk"))
