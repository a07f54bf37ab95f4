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
    by_applicant: bool = False
    needs_explanation: bool = False

    @property
    def screen(self) -> str:
        """What a card draws for it: a `button` that acts at once, or a link to its form."""
        return "close" if self.needs_explanation else "ask" if self.action == "ask" else "button"


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
        action="resume",
        sources=(State.WAITING_APPLICANT,),
        target=State.IN_WORK,
        permission=WORK,
        label=_("Больше не ждать"),
        staff_words=_("Ожидание снято"),
        applicant_words=_("Специалист продолжает работу"),
        by_holder=True,
    ),
    Move(
        action="resolve",
        sources=(State.IN_WORK, State.WAITING_APPLICANT),
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
        sources=(State.IN_WORK, State.WAITING_APPLICANT),
        target=State.EXPLAINED,
        permission=WORK,
        label=_("Закрыть: разъяснено"),
        staff_words=_("Закрыто: разъяснено"),
        applicant_words=_("Дан ответ с разъяснением"),
        by_holder=True,
        needs_explanation=True,
    ),
    Move(
        action="ask",
        sources=(State.IN_WORK,),
        target=State.WAITING_APPLICANT,
        permission=WORK,
        label=_("Спросить заявителя"),
        staff_words=_("Спросили заявителя, срок на паузе"),
        applicant_words=_("Нужен ваш ответ"),
        by_holder=True,
    ),
    Move(
        action="answer",
        sources=(State.WAITING_APPLICANT,),
        target=State.IN_WORK,
        permission="",
        label=_("Ответить"),
        staff_words=_("Пришёл ответ, срок снова идёт"),
        applicant_words=_("Ваш ответ получен"),
        by_applicant=True,
    ),
    Move(
        action="withdraw",
        sources=OPEN,
        target=State.WITHDRAWN,
        permission="",
        label=_("Отозвать заявку"),
        staff_words=_("Заявитель отозвал обращение"),
        applicant_words=_("Вы отозвали обращение"),
        by_applicant=True,
    ),
    Move(
        action="withdraw_consent",
        sources=OPEN,
        target=State.WITHDRAWN,
        permission="",
        label=_("Отозвать согласие"),
        staff_words=_("Заявитель отозвал согласие на обработку данных"),
        applicant_words=_("Вы отозвали согласие на обработку данных"),
        by_applicant=True,
    ),
)

STAFF_MOVES: Final = tuple(move for move in MOVES if not move.by_applicant)
BY_ACTION: Final[dict[str, Move]] = {move.action: move for move in MOVES}

# The pairs that the database trigger lets through; a test keeps the two equal.
PAIRS: Final[frozenset[tuple[str, str]]] = frozenset(
    (str(source), str(move.target)) for move in MOVES for source in move.sources
)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened without a change of state; without words for the applicant it is not shown to them."""

    action: str
    staff_words: str | Promise
    applicant_words: str | Promise = ""


ACTS: Final[dict[str, Act]] = {
    act.action: act
    for act in (
        Act("letter", _("Написали заявителю"), _("Вам написал специалист")),
        Act("message", _("Написал заявитель"), _("Вы написали специалисту")),
        Act("papers", _("Заявитель добавил бумаги"), _("Вы добавили бумаги")),
        Act("consent_withdrawn", _("Заявитель отозвал согласие на обработку данных"), _("Вы отозвали согласие")),
        Act("data_given", _("Заявитель получил копию своих данных"), _("Вы получили копию своих данных")),
        Act("erase", _("Персональные данные удалены"), _("Персональные данные удалены")),
        Act("read_file", _("Открыт файл заявителя")),
    )
}
