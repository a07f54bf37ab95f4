"""States of an application with their words, and what a move and an act are; the table of moves is in `states`."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an application stands, in the words of staff."""

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


class PutOffReason(models.TextChoices):
    """Why an application is put off: in the words of staff; `PUT_OFF_WORDS` has those of the applicant."""

    AGENCY = "agency", _("ждём другое ведомство")
    PLACES = "places", _("очередь или нет мест")
    ASKED = "asked", _("человек попросил позже")
    OTHER = "other", _("другая причина")


OPEN: Final = (State.NEW, State.IN_WORK, State.WAITING_APPLICANT, State.POSTPONED)
CLOSED: Final = tuple(state for state in State if state not in OPEN)
WORKED: Final = (State.IN_WORK, State.WAITING_APPLICANT, State.POSTPONED)
# Closed without words to the applicant from staff: they took it back, it goes on elsewhere, or there is nobody to tell.
SILENT: Final = (State.WITHDRAWN, State.MERGED, State.SPAM)
# 59-FZ art. 12 part 2: not more than 30 days, and once.
LONGEST_EXTENSION_DAYS: Final = 30

# What the applicant reads on the status page.
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
PUT_OFF_WORDS: Final[dict[str, str | Promise]] = {
    PutOffReason.AGENCY: _("ждём ответа другого ведомства"),
    PutOffReason.PLACES: _("пока нет свободных мест"),
    PutOffReason.ASKED: _("вы попросили вернуться к этому позже"),
    PutOffReason.OTHER: "",
}

WORK: Final = "form_applications.work_application"
ASSIGN: Final = "form_applications.assign_application"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step: who may take it, from where, and its words for staff and for the applicant.

    `target` None: the state stays. `asks` names what the step cannot do without, `may_add` what it takes besides.
    `letter` is the letter to the applicant, blank for none. `by_holder`: only who leads it, or who assigns work.
    """

    action: str
    sources: tuple[State, ...]
    target: State | None
    permission: str
    label: str | Promise
    staff_words: str | Promise
    applicant_words: str | Promise = ""
    by_holder: bool = False
    by_applicant: bool = False
    asks: tuple[str, ...] = ()
    may_add: tuple[str, ...] = ()
    letter: str = ""

    @property
    def closes(self) -> bool:
        """Whether the application is finished by it."""
        return self.target in CLOSED

    @property
    def needs_explanation(self) -> bool:
        """Whether the applicant gets an answer of staff by it."""
        return "explanation" in self.asks

    @property
    def is_button(self) -> bool:
        """Whether it acts at once, without a form."""
        return not self.asks and not self.may_add


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
        Act("filled", _("Заполнены поля сотрудников")),
        Act("labelled", _("Изменены метки")),
        Act("sorted", _("Изменены тема или срочность")),
        Act("note", _("Заметка для своих")),
        Act("read_file", _("Открыт файл заявителя")),
        Act("absorb", _("Сюда объединено другое обращение"), _("Рассматриваем вместе с другим вашим обращением")),
        Act("undo", _("Отменено")),
        Act("seat", _("Запись на встречу"), _("Запись на встречу изменилась")),
        Act("part", _("Объединённое обращение открыто снова"), _("Другое обращение снова рассматриваем отдельно")),
        Act("call", _("Дополнили со слов человека"), _("Записали ваше дополнение")),
    )
}
