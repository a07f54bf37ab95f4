"""What a person has typed for a step and not sent: a draft, or a step that came back with a reason."""

from typing import Any

from . import steps
from .models import PendingMove

HELD, DRAFT, RETURNED = PendingMove.State.HELD, PendingMove.State.DRAFT, PendingMove.State.RETURNED
# What a person may go on with.
BEGUN = (DRAFT, RETURNED)


def keep(
    action: str, application_id: int, user: Any, expected: int, data: dict[str, Any], *, reason: str = ""
) -> PendingMove:
    """Keep what was typed for this person: a draft, or what came back with a reason."""
    draft, _made = PendingMove.objects.filter(state__in=BEGUN).update_or_create(
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
    _begun(application_id, user).filter(action=action).delete()


def drafts_of(application_id: int, user: Any) -> list[PendingMove]:
    """What this person has begun or got back here; one query."""
    return list(_begun(application_id, user).order_by("pk"))


def _begun(application_id: int, user: Any) -> Any:
    return PendingMove.objects.filter(application=application_id, user=user, state__in=BEGUN)
