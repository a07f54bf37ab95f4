"""How one application moves: the lock, the checks, the columns, the clock, the journal. Only actions call this.

Every function is called inside a transaction, or opens its own.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import companions, deadlines, journal, messages, policies
from .models import Application, Inquiry, PendingMove
from .states import ACTS, BY_ACTION, CLOSED, Move, State

WAITING = State.WAITING_APPLICANT
# An application that ended so needs nothing any more.
IN_VAIN = frozenset({State.WITHDRAWN, State.REFUSED, State.SPAM})
TEXTS = ("explanation", "norm", "next_step", "redirected_to", "extension_reason")
# What an open application has not: the columns of its end.
ANSWERED: dict[str, Any] = {
    "is_open": True,
    "closed_at": None,
    "result": "",
    "merged_into": None,
    **dict.fromkeys(("explanation", "norm", "next_step", "redirected_to"), ""),
}


class Refused(Exception):
    """The action is not possible; `sentence` says why, for the person who asked. `field` names what of that which was
    given would have to be other, by the action's own word for it; blank for none."""

    def __init__(self, sentence: Any, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


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
        tell(application, move)
    return application


def locked_for_staff(move: Move, application_id: int, user: Any, expected: int) -> Application:
    """The row, locked, when this person may take this step of it now; raises as `by_staff`."""
    application = seen(application_id, user)
    admit(move, application, user, expected)
    return application


def lock(ids: list[int]) -> None:
    """Lock these rows in their order, before anything is asked about one of them."""
    list(Application.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))


def seen(application_id: int, user: Any) -> Application:
    """The row, locked, of what this person may see; DoesNotExist for anything else."""
    application: Application = (
        Application.objects.visible_to(user).select_for_update(of=("self",)).get(pk=application_id)
    )
    return application


def admit(move: Move, application: Application, user: Any, expected: int) -> None:
    """Let this person take this step of the locked row, or raise as `by_staff`."""
    if not user.has_perm(move.permission):
        raise Refused(policies.may_move(user, move, application).reason)
    check_free(application)
    if application.version != expected:
        raise Stale(application)
    decision = policies.may_move(user, move, application)
    if not decision:
        raise Refused(decision.reason)


def check_free(application: Application) -> None:
    """Refuse a step while another is on its way and can still be undone."""
    held = PendingMove.objects.select_related("user").filter(application=application, state="held").first()
    if held is not None:
        words = {"name": held.user.short_name, "step": _step_words(held.action)}
        raise Refused(_("Шаг «%(step)s» уже отправляет %(name)s, подождите несколько секунд.") % words)


def _step_words(action: str) -> str:
    return str(BY_ACTION[action].label if action in BY_ACTION else ACTS["letter"].staff_words)


def tell(application: Application, move: Move) -> None:
    """Put the letter of the move into the outbox, if it has one."""
    if move.letter:
        messages.of_move(application, move.letter)


def locked(application_id: int) -> Application:
    """The row, locked, for its own applicant, whose pass the screen has checked."""
    rows = Application.objects.select_related("sheet").select_for_update(of=("self",))
    application: Application = rows.get(pk=application_id)
    return application


def step(
    application: Application, move: Move, actor: Any, changes: dict[str, Any], facts: dict[str, Any] | None = None
) -> None:
    """Write the columns and the journal of a move; the caller holds the lock and has checked everything."""
    source, target = application.state, str(move.target or application.state)
    told = dict(facts or {})
    values: dict[str, Any] = {"state": target, "version": application.version + 1}
    if source != target:
        left, known = _left(application, source)
        values |= left
        told |= known
        if source == WAITING:
            _close_inquiry(application, move)
        if target == WAITING:
            values["paused_on"] = timezone.localdate()
        if target in CLOSED:
            values |= {"is_open": False, "closed_at": timezone.now(), "result": target}
    values |= changes
    _write(application, values)
    # The journal outlives an erasure, so it proves the texts without keeping them.
    proved = {f"{name}_sha256": _digest(changes[name]) for name in TEXTS if changes.get(name)}
    journal.write(application, actor, move.action, (source, target), {"version": application.version} | told | proved)
    if target in IN_VAIN and source != target:
        companions.ended(application)


def act(application: Application, action: str, actor: Any, changes: dict[str, Any], facts: dict[str, Any]) -> None:
    """The same for something that happens without a change of state; KeyError for an unknown action."""
    name = ACTS[action].action
    _write(application, {"version": application.version + 1, **changes})
    journal.write(application, actor, name, ("", ""), {"version": application.version} | facts)


def _left(application: Application, source: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What leaving a state empties, and what the clock says to it: columns, and facts for the journal."""
    if source == WAITING:
        clock = deadlines.resumed(application, timezone.localdate())
        return clock.columns, clock.facts
    if source == State.POSTPONED:
        return {"contact_on": None, "put_off_reason": ""}, {}
    if source in CLOSED:
        clock = deadlines.reopened(application, timezone.localdate())
        return ANSWERED | clock.columns, clock.facts
    return {}, {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(application: Application, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(application, name, value)
    application.save(update_fields=list(values))


def _close_inquiry(application: Application, move: Move) -> None:
    outcomes = {"answer": Inquiry.Outcome.ANSWERED, "resume": Inquiry.Outcome.RESUMED}
    open_ones = Inquiry.objects.filter(application=application, closed_at__isnull=True)
    open_ones.update(closed_at=timezone.now(), outcome=outcomes.get(move.action, Inquiry.Outcome.CLOSED))
