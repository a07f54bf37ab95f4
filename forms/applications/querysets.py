"""Adjectives for applications. Every list and every single card starts from `visible_to`."""

from typing import Any, Self

from django.apps import apps
from django.db import connections, models
from django.db.models import Exists, F, Lookup, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from forms.notifications.models import Outbox

from .stages import State

VIEW = "form_applications.view_queue"
VIEW_ALL = "form_applications.view_all_applications"
# How the outbox names an application, with its id behind.
ABOUT = "application:"


class OneOf(Lookup[Any]):
    """«column = any of these rows», the rows read once before the statement begins. PostgreSQL only.

    An IN would be two more tables to join: past eight of them PostgreSQL keeps to the order in which they are written,
    and read every row of somebody with some teams before it looked for the few that were asked for (900 ms).
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`rhs` is a Subquery, in brackets of its own."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = compiler.compile(self.rhs)
        return f"{left} = ANY(ARRAY{right})", (*left_values, *right_values)


class ApplicationQuerySet(models.QuerySet[Any]):
    """What can be asked of applications."""

    def visible_to(self, user: Any, *, counting: bool = False) -> Self:
        """Applications of the user's teams; of all teams with «view_all_applications»; none without «view_queue».

        `counting`: for a number, where no order has to be kept and the index of teams is the fastest way.
        """
        if not user.is_active or not user.has_perm(VIEW):
            return self.none()
        if user.has_perm(VIEW_ALL):
            return self
        teams = user.teams.order_by().values("pk")
        if counting:
            return self.filter(team__in=teams)
        # "+ 0" keeps the planner on the index of the order: through the index of teams a page of a million rows
        # took 150 ms instead of 0.2.
        scope = F("team_id") + 0
        if connections[self.db].vendor == "postgresql":
            return self.filter(OneOf(scope, Subquery(teams)))
        return self.alias(scope=scope).filter(scope__in=teams)

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
        """Open, and to be answered, or written to after a delay, today or earlier; not while the applicant is
        waited for."""
        return self.filter(is_open=True, burns_on__lte=today)

    def waiting(self) -> Self:
        """Open while the clock stands: the applicant was asked."""
        return self.filter(is_open=True, state=State.WAITING_APPLICANT)

    def postponed(self) -> Self:
        """Open and put off to a day of contact."""
        return self.filter(is_open=True, state=State.POSTPONED)

    def overdue(self, today: Any) -> Self:
        """Open, and due before today; not while the applicant is waited for."""
        return self.filter(is_open=True, due_on__lt=today, paused_on__isnull=True)

    def with_news(self) -> Self:
        """The applicant wrote, answered or added something that who leads it has not opened."""
        return self.filter(has_news=True)

    def calling(self, user: Any) -> Self:
        """A note called this user, who has not opened the card since; open and closed ones."""
        return self.filter(pk__in=self._unseen_mentions(user))

    def _unseen_mentions(self, user: Any) -> Any:
        mention = self.model._meta.apps.get_model("form_applications", "Mention")
        return mention.objects.filter(user=user, seen_at__isnull=True).values("application_id")

    def in_state(self, state: State) -> Self:
        """In exactly this state."""
        return self.filter(state=state)

    def for_queue(self) -> Self:
        """All that a row of the queue shows, in one query."""
        return self.select_related("territory", "assignee", "team", "form", "topic").only(
            *("form_version_id", "urgency", "channel", "result", "phone", "name_key", "topic__name"),
            *("id", "number_prefix", "state", "is_open", "due_on", "received_at", "closed_at", "name", "summary"),
            *("version", "paused_on", "contact_on", "has_news", "territory__name", "team__name", "form__title"),
            *("assignee__first_name", "assignee__last_name", "assignee__username"),
        )

    def for_card(self) -> Self:
        """All that the card shows of the row itself, without the form's document, which the process keeps compiled."""
        beside = ("territory", "assignee", "team", "topic", "form", "form_version", "sheet", "entry__entered_by")
        return self.select_related(*beside).defer("form_version__document")

    def with_undelivered(self) -> Self:
        """Adds `undelivered`: whether a letter about it was given up."""
        about = Concat(Value(ABOUT), Cast(OuterRef("pk"), models.CharField()))
        return self.annotate(undelivered=Exists(Outbox.objects.filter(about=about, state=Outbox.State.FAILED)))

    def with_pending(self) -> Self:
        """Adds `pending_here`: whether any step waits here, held or kept by somebody."""
        rows = apps.get_model("form_applications", "PendingMove")._default_manager
        return self.annotate(pending_here=Exists(rows.filter(application=OuterRef("pk"))))
