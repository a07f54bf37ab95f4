"""What a person has typed for a step and not sent: a draft, or a step that came back with a reason."""

from typing import Any

from . import steps
from .models import PendingMove

HELD, DRAFT, RETURNED = PendingMove.State.HELD, PendingMove.State.DRAFT, PendingMove.State.RETURNED


def keep(
    action: str, application_id: int, user: Any, expected: int, data: dict[str, Any], *, reason: str = ""
) -> PendingMove:
    """Keep what was typed for this person: a draft, or what came back with a reason."""
    draft, _made = PendingMove.objects.exclude(state=HELD).update_or_create(
        application_id=application_id,
        user=user,
        action=action,
        defaults={
            "expected": expected,
            "data": steps.as_data(data),
            "state": RETURNED if reason else DRAFT,
            "reason": reason[:500],
        },
    )
    return draft


def forget(action: str, application_id: int, user: Any) -> None:
    """Drop the draft of this step."""
    PendingMove.objects.exclude(state=HELD).filter(application=application_id, user=user, action=action).delete()


def drafts_of(application_id: int, user: Any) -> list[PendingMove]:
    """What this person has begun or got back here; one query."""
    return list(PendingMove.objects.exclude(state=HELD).filter(application=application_id, user=user).order_by("pk"))
