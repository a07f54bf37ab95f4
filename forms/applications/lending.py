"""What a merged application lends to the one that answers for it: its promised date, for a promise to a person holds.

The lent date moves as every other does, from the merge on: by the days that the clock of the answering one stands, and
by its extension, unless one of the two had been extended before.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services import holidays

from .models import Application

ABSORB = "absorb"


@dataclass(frozen=True, slots=True)
class Lent:
    """The date promised by the application of this `number`, and how long the clock of the other had stood by then."""

    number: str
    promised: date
    stood: int
    was_extended: bool

    def on(self, extended: int, stood: int) -> date:
        """The date with this extension and these standing days of the answering one."""
        more = max(0, stood - self.stood) + (0 if self.was_extended else extended)
        return holidays.answer_by(self.promised, more) if more else self.promised


def facts(application: Application, target: Application, today: date) -> dict[str, Any]:
    """What the journal of `target` keeps of it."""
    standing = max(0, (today - target.paused_on).days) if target.paused_on else 0
    return {
        "promise": application.due_on.isoformat(),
        "stood": target.paused_days + standing,
        "extended": bool(application.extended_days or target.extended_days),
    }


def read(kept: dict[str, Any]) -> Lent | None:
    """The same out of the journal; None where nothing was lent."""
    promised = kept.get("promise") or kept.get("due_on")
    if not promised:
        return None
    # Entries of earlier versions say the date alone: it stays as it is.
    return Lent(
        str(kept["number"]), date.fromisoformat(promised), kept.get("stood", 10**6), bool(kept.get("extended", True))
    )


def of(target: Application) -> list[Lent]:
    """What is lent to it now; one query, and one more where something was merged into it."""
    merged = set(Application.objects.filter(merged_into=target).values_list("pk", flat=True))
    if not merged:
        return []
    entries = target.journal.filter(action=ABSORB).order_by("seq").values_list("facts", flat=True)
    newest = {kept["merged"]: read(kept) for kept in entries if kept["merged"] in merged}
    return [lent for lent in newest.values() if lent is not None]
