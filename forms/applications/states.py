"""States of an application and the one table of moves between them; nothing else may change a state."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an application stands, in the words of staff. Those without a move yet are reserved names."""

    NEW = "new", _("новое")
    IN_WORK = "in_work", _("в работе")
    WAITING_APPLICANT = "waiting_applicant", _("ждём заявителя")
    POSTPONED = "postponed", _("отложено")
    RESOLVED = "resolved", _("решено")
    EXPLAINED = "explained", _("разъяснено")
    REFUSED = "refused", _("отказано")
    REDIRECTED = "redirected", _("перенаправлено")
    WITHDRAWN = "withdrawn", _("отозвано")
    MERGED = "merged", _("объединено")
    SPAM = "spam", _("спам")


OPEN: Final = (State.NEW, State.IN_WORK, State.WAITING_APPLICANT, State.POSTPONED)
CLOSED: Final = tuple(state for state in State if state not in OPEN)

# What the applicant reads on the status page; None means that the state is never shown by name.
APPLICANT_WORDS: Final[dict[str, str | Promise]] = {
    State.NEW: _("Обращение принято, назначаем специалиста"),
    State.IN_WORK: _("Специалист занимается вашим обращением"),
    State.WAITING_APPLICANT: _("Нужен ваш ответ"),
    State.POSTPONED: _("Нужно больше времени"),
    State.RESOLVED: _("Помощь оказана"),
    State.EXPLAINED: _("Дан ответ с разъяснением"),
    State.REFUSED: _("Помочь не можем: ниже причина и что делать дальше"),
    State.REDIRECTED: _("Передано в другое ведомство, ответ придёт оттуда"),
    State.WITHDRAWN: _("Вы отозвали обращение"),
    State.MERGED: _("Рассматриваем вместе с другим вашим обращением"),
    State.SPAM: _("Обращение закрыто"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step: who may take it, from where, and its words for staff and for the applicant."""

    action: str
    sources: tuple[State, ...]
    target: State
    permission: str
    label: str | Promise
    staff_words: str | Promise
    applicant_words: str | Promise
    by_holder: bool = False
    needs_explanation: bool = False


WORK: Final = "form_applications.work_application"

MOVES: Final[tuple[Move, ...]] = (
    Move(
        action="take",
        sources=(State.NEW,),
        target=State.IN_WORK,
        permission=WORK,
        label=_("Взять в работу"),
        staff_words=_("Взято в работу"),
        applicant_words=_("Обращением занимается специалист"),
    ),
    Move(
        action="resolve",
        sources=(State.IN_WORK,),
        target=State.RESOLVED,
        permission=WORK,
        label=_("Закрыть: решено"),
        staff_words=_("Закрыто: решено"),
        applicant_words=_("Помощь оказана"),
        by_holder=True,
        needs_explanation=True,
    ),
    Move(
        action="explain",
        sources=(State.IN_WORK,),
        target=State.EXPLAINED,
        permission=WORK,
        label=_("Закрыть: разъяснено"),
        staff_words=_("Закрыто: разъяснено"),
        applicant_words=_("Дан ответ с разъяснением"),
        by_holder=True,
        needs_explanation=True,
    ),
)

BY_ACTION: Final[dict[str, Move]] = {move.action: move for move in MOVES}

# The pairs that the database trigger lets through; a test keeps the two equal.
PAIRS: Final[frozenset[tuple[str, str]]] = frozenset(
    (str(source), str(move.target)) for move in MOVES for source in move.sources
)
