"""The clock of an application: it stands while we wait for the applicant, and the promised date moves by those days.

The date is always counted from the day of receipt, period and days of waiting together, and only then moved off a day
off: two short waits and one long one give the same date.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from services import holidays

from .models import Application


@dataclass(frozen=True, slots=True)
class Clock:
    """What the end of a wait writes: into the row, and into the journal."""

    columns: dict[str, Any]
    facts: dict[str, Any]


def resumed(application: Application, today: date) -> Clock:
    """The clock runs again: days of waiting are added. One query, for the period that was promised at first."""
    assert application.paused_on is not None
    waited = max(0, (today - application.paused_on).days)
    total = application.paused_days + waited
    due = due_on(timezone.localdate(application.received_at), period(application), total)
    facts = {"since": application.paused_on.isoformat(), "waited": waited, "due_on": due.isoformat()}
    return Clock({"paused_on": None, "paused_days": total, "due_on": due}, facts)


def due_on(received: date, days: int, waited: int) -> date:
    """The promised date with so many days of waiting in it."""
    return holidays.answer_by(received, days + waited)


def period(application: Application) -> int:
    """How many days were promised when it was received; a later change of the setting does not touch it."""
    facts = application.journal.filter(seq=1).values_list("facts", flat=True).first()
    return int((facts or {}).get("days") or settings.ANSWER_PERIOD_DAYS)


def wanted_by(today: date) -> date:
    """By when an answer of the applicant is asked for, unless staff say otherwise: a working day."""
    return holidays.calendar().working_day_from(today + timedelta(days=settings.ANSWER_WANTED_DAYS))
