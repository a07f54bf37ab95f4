"""The promised date against a second reckoning that walks day by day: waits, closings, one extension, days off."""

import datetime
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.applications import arithmetic, deadlines, lending
from forms.applications.models import Application, JournalEntry
from services import holidays
from services.production_calendar import Calendar

ONE = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
# Every day says itself whether it is worked on, so that the second reckoning needs no calendar but this.
PATTERNS = st.lists(st.booleans(), min_size=5, max_size=14).filter(any)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["wait", "close", "extend"]), st.integers(0, 20), st.integers(0, 40)), max_size=6
)
RECEIVED = st.dates(date(2026, 2, 1), date(2027, 12, 31))


def _worked_on(pattern: list[bool]) -> dict[date, bool]:
    days = (LAST - FIRST).days
    return {FIRST + ONE * number: pattern[number % len(pattern)] for number in range(days)}


class History:
    """An application that is waited with, closed, opened again and extended, by the product's own arithmetic."""

    def __init__(self, received: date, days: int) -> None:
        at = datetime.datetime.combine(received, datetime.time(12), timezone.get_current_timezone())
        self.application = Application(received_at=at, paused_days=0, extended_days=0)
        self.entries = [JournalEntry(seq=1, action="submit", at=at, facts={"days": days})]
        self.today = received
        self.stood: list[date] = []
        self.application.due_on = deadlines.due_of(self.application).on

    def play(self, kind: str, gap: int, length: int) -> None:
        """Some days later this happens, for so many days."""
        self.today += ONE * gap
        if kind == "extend":
            self._extend(1 + length % 30)
            return
        since, self.today = self.today, self.today + ONE * length
        self.stood += [since + ONE * number for number in range(length)]
        if kind == "wait":
            self.application.paused_on = since
            self._run(deadlines.resumed(self.application, self.today), "resume")
        else:
            noon = datetime.datetime.combine(since, datetime.time(12), timezone.get_current_timezone())
            self.application.closed_at = noon
            self._run(deadlines.reopened(self.application, self.today), "reopen")
            self.application.closed_at = None

    def _extend(self, days: int) -> None:
        if self.application.extended_days:
            return
        self.application.due_on = deadlines.due_of(self.application, extended_days=days).on
        self.application.extended_days = days
        self._note("extend", {"extended": days})

    def _run(self, clock: deadlines.Clock, action: str) -> None:
        for name, value in clock.columns.items():
            setattr(self.application, name, value)
        self._note(action, clock.facts)

    def _note(self, action: str, facts: dict) -> None:
        at = datetime.datetime.combine(self.today, datetime.time(12), timezone.get_current_timezone())
        self.entries.append(JournalEntry(seq=len(self.entries) + 1, action=action, at=at, facts=facts))


def _second_reckoning(received: date, days: int, history: History, worked_on: dict[date, bool]) -> date:
    due = received
    for _day in range(days + history.application.extended_days):
        due += ONE
    for _day in history.stood:
        due += ONE
    plain = due
    while not worked_on[due]:
        due -= ONE
    if due > received:
        return due
    while not worked_on[plain]:
        plain += ONE
    return plain


@settings(max_examples=150, deadline=None)
@given(received=RECEIVED, days=st.integers(1, 60), events=EVENTS, pattern=PATTERNS)
def test_the_date_is_what_a_walk_over_the_days_says(received, days, events, pattern) -> None:
    worked_on = _worked_on(pattern)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holidays, "calendar", lambda: Calendar(worked_on))
        patch.setattr(deadlines, "period", lambda application: days)
        patch.setattr(lending, "of", lambda application: [])
        history = History(received, days)
        for event in events:
            history.play(*event)
        due = history.application.due_on
        assert due == _second_reckoning(received, days, history, worked_on)
        assert worked_on[due] and due > received
        # What the card tells ends on the same day, and every step of it is there.
        told = arithmetic.due_sum(history.application, history.entries)
    assert told[-1][1] == due
    moved = [entry for entry in history.entries if entry.facts.get("extended") or entry.facts.get("waited")]
    assert len(told) - 2 - len(moved) in (0, 1)


@settings(max_examples=150, deadline=None)
@given(start=RECEIVED, count=st.integers(0, 40), pattern=PATTERNS)
def test_working_days_are_counted_one_by_one(start, count, pattern) -> None:
    worked_on = _worked_on(pattern)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holidays, "calendar", lambda: Calendar(worked_on))
        found = holidays.working_days_after(start, count)
    between = [day for number in range((found - start).days) if worked_on[day := start + ONE * (number + 1)]]
    assert len(between) == count
    assert found == (between[-1] if between else start)
