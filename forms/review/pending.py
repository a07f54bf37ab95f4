"""Steps on their way for an application, and what its reader has begun: for every screen of one application."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from forms.applications import due_moves, kept, reversing, steps
from forms.applications.models import PendingMove
from forms.applications.states import ACTS, BY_ACTION


@dataclass(frozen=True, slots=True)
class Pending:
    """The held step if there is one, the drafts of this person, and whether a due step was taken just now; `taken` is a
    step of this person that can still be put back."""

    held: PendingMove | None
    drafts: list[PendingMove]
    is_mine: bool = False
    seconds: int = 0
    settled: bool = False
    taken: PendingMove | None = None

    @property
    def held_words(self) -> str:
        """The step that is on its way, in words."""
        return words_of(self.held.action) if self.held else ""

    @property
    def taken_words(self) -> str:
        """The step that was taken, in words."""
        return str(BY_ACTION[self.taken.action].staff_words) if self.taken else ""

    @property
    def named_drafts(self) -> list[tuple[PendingMove, str, str]]:
        """Each draft with its step in words, and the page on which to go on with it, blank for none."""
        return [(each, words_of(each.action), page_of(each.action)) for each in self.drafts]


def of(application: Any, user: Any) -> Pending:
    """No query where `with_pending` found nothing. A held step whose moment has come is taken here and now."""
    if not application.pending_here:
        return Pending(None, [])
    rows = list(PendingMove.objects.select_related("user").filter(application=application.pk).order_by("pk"))
    held = next((row for row in rows if row.state == PendingMove.State.HELD), None)
    drafts = [row for row in rows if row.state in kept.BEGUN and row.user_id == user.pk]
    if held is None:
        taken = next((row for row in rows if row.state == reversing.TAKEN and row.user_id == user.pk), None)
        left = _left(taken) if taken else 0
        # Whatever happened since made it what cannot be put back.
        fresh = taken is not None and left > 0 and taken.expected == application.version
        return Pending(None, drafts, seconds=int(left) + 1 if fresh else 0, taken=taken if fresh else None)
    left = _left(held)
    if left <= 0:
        due_moves.settle(held.pk)
        return Pending(None, kept.drafts_of(application.pk, user), settled=True)
    return Pending(held, drafts, held.user_id == user.pk, int(left) + 1)


def _left(row: PendingMove) -> float:
    return (row.due_at - timezone.now()).total_seconds()


def page_of(action: str) -> str:
    """The last part of the address of a step's page; blank where it has none."""
    if action in steps.WITHOUT_TEXT:
        return ""
    return "ask" if action == "write" else action


def words_of(action: str) -> str:
    """The step in words."""
    return str(BY_ACTION[action].label if action in BY_ACTION else ACTS["letter"].staff_words)
