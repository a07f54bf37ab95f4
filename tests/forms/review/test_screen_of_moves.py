"""The matrix at the screen: each move in each state, asked and sent, is answered exactly as the table of moves says."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from forms.applications.models import Application
from forms.applications.states import BY_ACTION, MOVES, OPEN, STAFF_MOVES, Move, State
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
# A letter may be written there too, so the page of the question opens.
WRITTEN_TO = frozenset({State.IN_WORK, State.POSTPONED, State.WAITING_APPLICANT})
PRESSED = frozenset({move.action for move in STAFF_MOVES if move.is_button} | {"merge"})


class Screen:
    """What a lead, who may take every step, meets at one application."""

    def __init__(self, client: Any, application: Application, given: dict[str, Any]) -> None:
        self.client, self.application, self.given = client, application, given
        self.card = f"/admin/queue/{application.pk}/"

    def asked(self, action: str) -> int:
        """The status of the move's page."""
        return int(self.client.get(f"{self.card}{action}/").status_code)

    def sent(self, action: str) -> tuple[int, str]:
        """The status of the whole form sent, and the move that was written; all of it is rolled back."""
        needs: dict[str, Any] = dict(make.NEEDS.get(action, {})) | self.given
        needs |= {"expected": self.application.version, "go": "1", "kind": "question"}
        with transaction.atomic():
            status = self.client.post(f"{self.card}{action}/", needs).status_code
            now = Application.objects.get(pk=self.application.pk)
            done = now.journal.last().action if now.version > self.application.version else ""
            if done:
                move = BY_ACTION[done]
                assert now.state == (move.target or self.application.state), done
            transaction.set_rollback(True)
        return status, done


def _expected(move: Move, state: State) -> tuple[int, tuple[int, str]]:
    """What the page answers to a look, and to the whole form sent."""
    meant = move
    if move.action in ("assign", "reassign"):
        # Either address gives the work to somebody, from nobody or from somebody else.
        meant = BY_ACTION["assign" if state == State.NEW else "reassign"]
    allowed = state in meant.sources
    if move.by_applicant:
        return 404, (404, "")
    if move.action in PRESSED:
        return 405, (302, meant.action if allowed else "")
    opens = state in WRITTEN_TO if move.action == "ask" else allowed
    return 200 if opens else 302, (302, meant.action) if allowed else (409, "")


def test_every_move_from_every_state(person: Any, signed_in: Any) -> None:
    holder, lead, colleague = person("reviewer", "holder"), person("lead"), person("reviewer", "colleague")
    make.team("Иркутск", holder, lead, colleague)
    client = signed_in(lead)
    given = {
        "contact_on": (timezone.localdate() + datetime.timedelta(days=3)).isoformat(),
        "team": make.team("Другая команда", codes=()).pk,
        "assignee": colleague.pk,
        "into": make.in_work(lead).pk,
    }
    found, wanted, bars = {}, {}, {}
    for state in State:
        application = make.new() if state == State.NEW else make.BY_STATE[state](holder)
        screen = Screen(client, Application.objects.get(pk=application.pk), given)
        for move in MOVES:
            found[state, move.action] = screen.asked(move.action), screen.sent(move.action)
            wanted[state, move.action] = _expected(move, state)
        bar = client.get(screen.card).context["moves"]
        bars[state] = {step.move.action for step in (*bar.main, *bar.more)}
    wrong = {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]}
    assert not wrong
    # What the card offers is what would be taken.
    assert bars == {
        state: {move.action for move in STAFF_MOVES if state in move.sources} - {"merge"} for state in State
    }
    assert all(bars[state] for state in OPEN)
