"""Who leads how much and what of it burns, on the first page of the admin of who gives work out or answers for all."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from laces.components import Component

from forms.applications import absences, people
from forms.applications.models import Application, Team
from forms.applications.querysets import VIEW_ALL
from forms.applications.states import State

MOST = 40
COUNTS = ("open", "burning", "overdue", "waiting", "news")


@dataclass(slots=True)
class Line:
    """What one person leads; `person` None: nobody."""

    person: int | None
    name: str
    away: str = ""
    open: int = 0
    burning: int = 0
    overdue: int = 0
    waiting: int = 0
    news: int = 0

    @property
    def base(self) -> str:
        """The address of the queue with this person's alone; the folder comes behind."""
        who = "none" if self.person is None else self.person
        return f"{reverse('form_review:queue')}?assignee={who}&folder="


def lines(user: Any) -> list[Line]:
    """Everybody who may work in the user's teams and whoever leads something there, most urgent first; nobody's on
    top. Four queries however many they are (and two for the rights of a user not asked before).
    """
    today = timezone.localdate()
    counts = _counts(user, today)
    users: Any = get_user_model().objects
    ours = Team.objects.all() if user.has_perm(VIEW_ALL) else user.teams.all()
    members = people.workers().filter(teams__in=ours.order_by())
    named = users.filter(Q(pk__in=members.values("pk")) | Q(pk__in=[pk for pk in counts if pk])).distinct()
    away = absences.on(today)
    found = [Line(each.pk, each.short_name) for each in named.only("first_name", "last_name", "username")]
    for line in found:
        _fill(line, counts)
        if line.person in away:
            line.away = absences.words(away[line.person])
    found.sort(key=lambda line: (-line.overdue, -line.burning, -line.open, line.name))
    nobody = Line(None, _("не назначены"))
    _fill(nobody, counts)
    return [*([nobody] if nobody.open else []), *found[:MOST]]


def _counts(user: Any, today: Any) -> dict[int | None, tuple[int, ...]]:
    running = Q(paused_on__isnull=True)
    rows = Application.objects.visible_to(user, counting=True).open().order_by().values("assignee")
    counted = rows.annotate(
        open=Count("pk"),
        burning=Count("pk", filter=Q(burns_on__lte=today)),
        overdue=Count("pk", filter=running & Q(due_on__lt=today)),
        waiting=Count("pk", filter=Q(state=State.WAITING_APPLICANT)),
        news=Count("pk", filter=Q(has_news=True)),
    )
    return {pk: tuple(numbers) for pk, *numbers in counted.values_list("assignee", *COUNTS)}


def _fill(line: Line, counts: dict[int | None, tuple[int, ...]]) -> None:
    for name, number in zip(COUNTS, counts.get(line.person, ()), strict=False):
        setattr(line, name, number)


class LoadPanel(Component):
    """«Кто сколько ведёт», below the counters of the queue."""

    name = "load"
    order = 20
    template_name = "review/load_panel.html"
    media = Media(css={"all": ["portal/load.css"]})

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The lines."""
        return {"lines": lines(parent_context["request"].user)}
