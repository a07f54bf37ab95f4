"""How one application moves: the lock, the checks, the columns, the clock, the journal. Only actions call this.

Every function is called inside a transaction, or opens its own.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import deadlines, journal, messages, policies
from .models import Application, Inquiry
from .states import ACTS, CLOSED, Move, State

WAITING = State.WAITING_APPLICANT


class Refused(Exception):
    """The action is not possible; `sentence` says why, for the person who asked."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Stale(Exception):
    """Somebody changed the application since the form was drawn; `application` is how it is now."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.pk)
        self.application = application


def by_staff(
    move: Move,
    application_id: int,
    user: Any,
    expected: int,
    *,
    changes: dict[str, Any],
) -> Application:
    """One move of a member of staff. Raises Refused, Stale, or DoesNotExist when it is not theirs to see."""
    with transaction.atomic():
        application = locked_for_staff(move, application_id, user, expected)
        step(application, move, user, changes)
        if move.target in CLOSED:
            messages.closed(application)
    return application


def locked_for_staff(move: Move, application_id: int, user: Any, expected: int) -> Application:
    """The row, locked, when this person may take this step of it now; raises as `by_staff`."""
    application: Application = (
        Application.objects.visible_to(user).select_for_update(of=("self",)).get(pk=application_id)
    )
    if not user.has_perm(move.permission):
        raise Refused(policies.may_move(user, move, application).reason)
    if application.version != expected:
        raise Stale(application)
    decision = policies.may_move(user, move, application)
    if not decision:
        raise Refused(decision.reason)
    return application


def locked(application_id: int) -> Application:
    """The row, locked, for its own applicant, whose pass the screen has checked."""
    rows = Application.objects.select_related("sheet").select_for_update(of=("self",))
    application: Application = rows.get(pk=application_id)
    return application


def step(
    application: Application, move: Move, actor: Any, changes: dict[str, Any], facts: dict[str, Any] | None = None
) -> None:
    """Write the columns and the journal of a move; the caller holds the lock and has checked everything."""
    source = application.state
    values: dict[str, Any] = {"state": move.target, "version": application.version + 1, **changes}
    told = dict(facts or {})
    if source == WAITING:
        clock = deadlines.resumed(application, timezone.localdate())
        values |= clock.columns
        told |= clock.facts
        _close_inquiry(application, move)
    if move.target == WAITING:
        values["paused_on"] = timezone.localdate()
    if move.target in CLOSED:
        values |= {"is_open": False, "closed_at": timezone.now(), "result": move.target}
    _write(application, values)
    if "explanation" in changes:
        # The journal outlives an erasure, so it proves the text without keeping it.
        told["explanation_sha256"] = hashlib.sha256(changes["explanation"].encode()).hexdigest()
    journal.write(application, actor, move.action, (source, move.target), {"version": application.version} | told)


def act(application: Application, action: str, actor: Any, changes: dict[str, Any], facts: dict[str, Any]) -> None:
    """The same for something that happens without a change of state; KeyError for an unknown action."""
    name = ACTS[action].action
    _write(application, {"version": application.version + 1, **changes})
    journal.write(application, actor, name, ("", ""), {"version": application.version} | facts)


def _write(application: Application, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(application, name, value)
    application.save(update_fields=list(values))


def _close_inquiry(application: Application, move: Move) -> None:
    outcomes = {"answer": Inquiry.Outcome.ANSWERED, "resume": Inquiry.Outcome.RESUMED}
    open_ones = Inquiry.objects.filter(application=application, closed_at__isnull=True)
    open_ones.update(closed_at=timezone.now(), outcome=outcomes.get(move.action, Inquiry.Outcome.CLOSED))
