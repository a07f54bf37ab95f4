"""Taking a step by its name in the table, with what a form or a held row says; and trying it without taking it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from forms.notifications.models import Outbox

from . import asking, assigning, closing, delaying, duplicates, timeline
from .models import Application, Message, Team
from .querysets import ABOUT

WRITERS: dict[str, Callable[..., Application]] = {
    "take": assigning.take,
    "assign": assigning.assign,
    "reassign": assigning.assign,
    "hand_over": assigning.hand_over,
    "ask": asking.ask,
    "write": asking.write,
    "resume": asking.resume,
    "pick_up": delaying.pick_up,
    "put_off": delaying.put_off,
    "extend": delaying.extend,
    "resolve": closing.resolve,
    "explain": closing.explain,
    "refuse": closing.refuse,
    "redirect": closing.redirect,
    "mark_spam": closing.mark_spam,
    "reopen": closing.reopen,
    "merge": duplicates.merge,
}
# Chosen with a button, nothing is typed: undone, it leaves no draft.
WITHOUT_TEXT = frozenset({"merge"})


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the applicant would read: of the page, the message on it, and the letter, blank where there is none."""

    view: timeline.ApplicantView
    message: str
    subject: str
    letter: str


def perform(action: str, application_id: int, user: Any, expected: int, data: dict[str, Any]) -> Application:
    """Take the step; raises as its own function does, KeyError for a name that is no step of staff."""
    return WRITERS[action](application_id, user, expected, **_read(data))


def rehearse(action: str, application_id: int, user: Any, expected: int, data: dict[str, Any]) -> Rehearsal:
    """Take the step, look, and undo it in the same transaction: exactly what would happen. Raises as `perform`."""
    with transaction.atomic():
        said = Message.objects.filter(application=application_id, side=Message.Side.STAFF)
        before, last = set(_letters(application_id).values_list("pk", flat=True)), _last(said)
        application = perform(action, application_id, user, expected, data)
        new = said.filter(pk__gt=last).order_by("-pk").values_list("text", flat=True).first()
        letter = _letters(application_id).exclude(pk__in=before).first()
        found = Rehearsal(
            timeline.for_applicant(application),
            new or "",
            letter.subject if letter else "",
            letter.body if letter else "",
        )
        transaction.set_rollback(True)
    return found


def touched(application_id: int, data: dict[str, Any]) -> list[int]:
    """The applications that a step changes, in the order in which they are locked, so that nobody waits crosswise."""
    return sorted({application_id, *([data["into_id"]] if data.get("into_id") else [])})


def as_data(values: dict[str, Any]) -> dict[str, Any]:
    """What a form gave, as a row keeps it: people and teams by their ids."""
    return {name: getattr(value, "pk", value) for name, value in values.items()}


def _read(data: dict[str, Any]) -> dict[str, Any]:
    """What a row keeps, as the actions take it."""
    values = dict(data)
    for name in ("contact_on", "wanted_by"):
        if isinstance(values.get(name), str):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name, model in (("assignee", get_user_model()), ("team", Team)):
        if name in values and not isinstance(values[name], model):
            values[name] = model._default_manager.filter(pk=values[name]).first()
    return values


def _letters(application_id: int) -> Any:
    return Outbox.objects.filter(about=f"{ABOUT}{application_id}").order_by("-pk")


def _last(said: Any) -> int:
    return said.order_by("-pk").values_list("pk", flat=True).first() or 0
