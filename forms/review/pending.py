"""Steps on their way for an application, and what its reader has begun: for every screen of one application."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from forms.applications import due_moves
from forms.applications.models import PendingMove
from forms.applications.states import ACTS, BY_ACTION


@dataclass(frozen=True, slots=True)
class Pending:
    """The held step if there is one, the drafts of this person, and whether a due step was taken just now."""

    held: PendingMove | None
    drafts: list[PendingMove]
    is_mine: bool = False
    seconds: int = 0
    settled: bool = False

    @property
    def held_words(self) -> str:
        """The step that is on its way, in words."""
        return words_of(self.held.action) if self.held else ""

    @property
    def named_drafts(self) -> list[tuple[PendingMove, str]]:
        """Each draft with its step in words."""
        return [(draft, words_of(draft.action)) for draft in self.drafts]


def of(application: Any, user: Any) -> Pending:
    """No query where `with_pending` found nothing. A held step whose moment has come is taken here and now."""
    if not application.pending_here:
        return Pending(None, [])
    rows = list(PendingMove.objects.select_related("user").filter(application=application.pk).order_by("pk"))
    held = next((row for row in rows if row.state == PendingMove.State.HELD), None)
    drafts = [row for row in rows if row is not held and row.user_id == user.pk]
    if held is None:
        return Pending(None, drafts)
    left = (held.due_at - timezone.now()).total_seconds()
    if left <= 0:
        due_moves.settle(held.pk)
        fresh = PendingMove.objects.exclude(state=PendingMove.State.HELD)
        return Pending(None, list(fresh.filter(application=application.pk, user=user)), settled=True)
    return Pending(held, drafts, held.user_id == user.pk, int(left) + 1)


def words_of(action: str) -> str:
    """The step in words."""
    return str(BY_ACTION[action].label if action in BY_ACTION else ACTS["letter"].staff_words)
