"""The one place where the state of a registration is written; the caller holds the locks and the transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications import movement
from forms.applications.companions import Told
from forms.applications.models import Application
from services.group_words import lower_first

from .models import Registration
from .states import BY_ACTION, State, Who


def write(
    action: str,
    rows: Sequence[Registration],
    *,
    application: Application,
    actor: Any = None,
    until: datetime | None = None,
    told: bool = True,
    by_applicant: bool = False,
    is_news: bool = False,
) -> list[Registration]:
    """Take one step of the table with those rows that may take it; which ones did.

    `until`: until when an offered seat is held. `told`: the journal of the application gets an entry.
    `by_applicant`: pressed by whoever is registered; whoever leads the application sees that there is news. `is_news`:
    they see it as well, for nobody else is written to.
    """
    move = BY_ACTION[action]
    moved = [row for row in rows if State(row.state) in move.sources]
    for row in moved:
        row.state, row.changed_at = move.target, timezone.now()
        row.offered_until = until if move.target == State.OFFERED else None
        row.save(update_fields=["state", "changed_at", "offered_until"])
    if moved and told:
        rows_of = [row.row for row in moved]
        facts: dict[str, Any] = {"seat": action, "session": moved[0].session_id, "rows": rows_of}
        if by_applicant:
            facts["by"] = str(Who.APPLICANT)
        movement.act(application, "seat", actor, {"has_news": True} if by_applicant or is_news else {}, facts)
    return moved


def words_of(facts: Mapping[str, Any]) -> Told | None:
    """How the journal tells a step: «Заявитель: запись отменена, человек: 2»; None for entries of other rooms."""
    move = BY_ACTION.get(facts.get("seat") or "")
    if move is None:
        return None
    words = str(move.staff_words)
    if facts.get("by") == Who.APPLICANT:
        words = _("Заявитель: %(words)s") % {"words": lower_first(words)}
    count = len(facts.get("rows") or ())
    if count > 1:
        words = _("%(words)s, человек: %(count)d") % {"words": words, "count": count}
    return Told(words, str(move.applicant_words))
