"""The clock of an application: it stands while we wait for the applicant and while it is closed, and the promised date
moves by those days; once it may be extended.

The date is always counted from the day of receipt, period, extension and standing days together, and only then moved
off a day off: two short waits and one long one give the same date. Where a merged application was promised an earlier
one, that holds (`lending`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from services import holidays

from . import lending
from .models import Application
from .stages import LONGEST_EXTENSION_DAYS


@dataclass(frozen=True, slots=True)
class Due:
    """A promised date, and by which merged application it is, blank for the own."""

    on: date
    lent: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """For the journal."""
        return {"due_on": self.on.isoformat()} | ({"lent": self.lent} if self.lent else {})


@dataclass(frozen=True, slots=True)
class Clock:
    """What the end of a stand writes: into the row, and into the journal."""

    columns: dict[str, Any]
    facts: dict[str, Any]


def resumed(application: Application, today: date) -> Clock:
    """The clock runs again after the applicant was waited for. Two queries: the period that was promised at first, and
    what was merged into it."""
    assert application.paused_on is not None
    return _runs_again(application, application.paused_on, today, {"paused_on": None})


def reopened(application: Application, today: date) -> Clock:
    """The clock runs again after the application was closed. Two queries, as above."""
    assert application.closed_at is not None
    return _runs_again(application, timezone.localdate(application.closed_at), today, {})


def due_of(application: Application, *, extended_days: int | None = None, stood_days: int | None = None) -> Due:
    """The promised date with this extension and these standing days; those of the row where none are given."""
    extended = application.extended_days if extended_days is None else extended_days
    stood = application.paused_days if stood_days is None else stood_days
    own = due_on(timezone.localdate(application.received_at), period(application), extended + stood)
    lent = [Due(each.on(extended, stood), each.number) for each in lending.of(application)]
    return min([Due(own), *lent], key=lambda due: due.on)


def due_on(received: date, days: int, more: int) -> date:
    """The promised date with so many days of standing and extension in it."""
    return holidays.answer_by(received, days + more)


def longest_extension() -> int:
    """Days; a setting within what the law allows."""
    return min(settings.EXTENSION_DAYS, LONGEST_EXTENSION_DAYS)


def period(application: Application) -> int:
    """How many days were promised when it was received; a later change of the setting does not touch it."""
    facts = application.journal.filter(seq=1).values_list("facts", flat=True).first()
    return int((facts or {}).get("days") or settings.ANSWER_PERIOD_DAYS)


def wanted_by(today: date) -> date:
    """By when an answer of the applicant is asked for, unless staff say otherwise: a working day."""
    return holidays.calendar().working_day_from(today + timedelta(days=settings.ANSWER_WANTED_DAYS))


def _runs_again(application: Application, since: date, today: date, columns: dict[str, Any]) -> Clock:
    stood = max(0, (today - since).days)
    total = application.paused_days + stood
    due = due_of(application, stood_days=total)
    facts = {"since": since.isoformat(), "waited": stood} | due.facts
    return Clock(columns | {"paused_days": total, "due_on": due.on}, facts)
