"""The one place where the state of a registration is written; the caller holds the locks and the transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from forms.applications import movement
from forms.applications.models import Application

from .models import Registration
from .states import BY_ACTION, State


def write(
    action: str,
    rows: Sequence[Registration],
    *,
    application: Application,
    actor: Any = None,
    until: datetime | None = None,
    told: bool = True,
) -> list[Registration]:
    """Take one step of the table with those rows that may take it; which ones did.

    `until`: until when an offered seat is held. `told`: the journal of the application gets an entry.
    """
    move = BY_ACTION[action]
    moved = [row for row in rows if State(row.state) in move.sources]
    for row in moved:
        row.state, row.changed_at = move.target, timezone.now()
        row.offered_until = until if move.target == State.OFFERED else None
        row.save(update_fields=["state", "changed_at", "offered_until"])
    if moved and told:
        facts = {"seat": action, "session": moved[0].session_id, "rows": [row.row for row in moved]}
        movement.act(application, "seat", actor, {}, facts)
    return moved
