"""The one table of moves of a registration; nothing else may change its state."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What became of one person's registration for one session."""

    CONFIRMED = "confirmed", _("место подтверждено")
    WAITING = "waiting", _("в листе ожидания")
    OFFERED = "offered", _("место предложено")
    CANCELLED = "cancelled", _("отменена")
    LAPSED = "lapsed", _("на предложение не ответили")
    ATTENDED = "attended", _("был на встрече")
    MISSED = "missed", _("не пришёл")


SEATED: Final = (State.CONFIRMED, State.OFFERED, State.ATTENDED, State.MISSED)
"""These hold a seat: an offered one is held for whoever it is offered to."""
ACTIVE: Final = (*SEATED, State.WAITING)
"""One person has at most one of these for a session."""


class Who(models.TextChoices):
    """Whose step it is."""

    APPLICANT = "applicant", _("заявитель")
    STAFF = "staff", _("сотрудник")
    CLOCK = "clock", _("портал")


@dataclass(frozen=True, slots=True)
class Move:
    """One legal step, and how both sides read it."""

    action: str
    sources: tuple[State, ...]
    target: State
    who: tuple[Who, ...]
    staff_words: str | Promise
    applicant_words: str | Promise


MOVES: Final[tuple[Move, ...]] = (
    Move("offer", (State.WAITING,), State.OFFERED, (Who.CLOCK,), _("Место предложено"), _("Вам предложено место")),
    Move(
        "confirm",
        (State.OFFERED,),
        State.CONFIRMED,
        (Who.APPLICANT, Who.STAFF),
        _("Место подтверждено"),
        _("Вы подтвердили место"),
    ),
    Move("decline", (State.OFFERED,), State.CANCELLED, (Who.APPLICANT,), _("От места отказались"), _("Вы отказались")),
    Move(
        "lapse",
        (State.OFFERED,),
        State.LAPSED,
        (Who.CLOCK,),
        _("На предложение не ответили"),
        _("Время на ответ вышло, место предложено другому"),
    ),
    Move(
        "cancel",
        (State.CONFIRMED, State.WAITING, State.OFFERED),
        State.CANCELLED,
        (Who.APPLICANT, Who.STAFF, Who.CLOCK),
        _("Запись отменена"),
        _("Запись отменена"),
    ),
    Move(
        "give",
        (State.WAITING,),
        State.CONFIRMED,
        (Who.STAFF,),
        _("Место дано сотрудником"),
        _("Вам дали место"),
    ),
    Move("attend", (State.CONFIRMED, State.MISSED), State.ATTENDED, (Who.STAFF,), _("Был на встрече"), ""),
    Move("miss", (State.CONFIRMED, State.ATTENDED), State.MISSED, (Who.STAFF,), _("Не пришёл"), ""),
    Move("unmark", (State.ATTENDED, State.MISSED), State.CONFIRMED, (Who.STAFF,), _("Отметка снята"), ""),
)
BY_ACTION: Final[dict[str, Move]] = {move.action: move for move in MOVES}

# The pairs that the database trigger lets through; a test keeps the two equal.
PAIRS: Final = frozenset((str(source), str(move.target)) for move in MOVES for source in move.sources)


class SessionState(models.TextChoices):
    """What became of a meeting."""

    PLANNED = "planned", _("состоится")
    MOVED = "moved", _("перенесена")
    CANCELLED = "cancelled", _("отменена")
