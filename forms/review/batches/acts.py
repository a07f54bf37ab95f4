"""What can be done to many applications at once: one literal table. Each act is the one of the card, item by item."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from forms.applications import assigning, staffing
from forms.applications.models import Labelling
from forms.applications.policies import ASSIGN, WORK

from . import restoring, told
from .inputs import ActForm, AssignForm, CloseForm, Given, LabelForm, LetterForm, TeamForm, UrgencyForm


def _assign(pk: int, user: Any, expected: int, given: Given) -> None:
    assigning.assign(pk, user, expected, assignee=User.objects.filter(pk=given["assignee"]).first())


def _label(pk: int, user: Any, expected: int, given: Given) -> None:
    now = Labelling.objects.filter(application=pk).values_list("label_id", flat=True)
    staffing.save(pk, user, expected, staffing.Wanted(labels=frozenset({*now, given["label"]})))


def _urgency(pk: int, user: Any, expected: int, given: Given) -> None:
    staffing.save(pk, user, expected, staffing.Wanted(urgency=given["urgency"], reason=given["reason"]))


@dataclass(frozen=True, slots=True)
class BatchAct:
    """One act: its button, who may, its form, what it does to one application; `asks_number`: applicants read of it and
    it cannot be taken back, so the number of applications has to be typed, and it begins after the seconds for undo."""

    key: str
    label: str | Promise
    permission: str
    form: type[ActForm]
    perform: Callable[[int, Any, int, Given], None]
    done: str | Promise
    icon: str
    asks_number: bool = False
    is_offered: bool = True
    verb: str | Promise = ""
    """What its form is headed and sent with; blank: its button says it."""


ACTS: Final[tuple[BatchAct, ...]] = (
    BatchAct("assign", gettext_lazy("Назначить"), ASSIGN, AssignForm, _assign, gettext_lazy("Назначено"), "user"),
    BatchAct(
        *("label", gettext_lazy("Метка"), WORK, LabelForm, _label),
        done=gettext_lazy("Метка стоит"),
        icon="tag",
        verb=gettext_lazy("Поставить метку"),
    ),
    BatchAct(
        *(told.TEAM, gettext_lazy("Команда"), WORK, TeamForm, partial(told.perform, told.TEAM)),
        done=gettext_lazy("Передано"),
        icon="group",
        asks_number=True,
        verb=gettext_lazy("Передать другой команде"),
    ),
    BatchAct(
        *("urgency", gettext_lazy("Срочность"), WORK, UrgencyForm, _urgency),
        done=gettext_lazy("Срочность изменена"),
        icon="warning",
        verb=gettext_lazy("Изменить срочность"),
    ),
    BatchAct(
        *(told.LETTER, gettext_lazy("Написать"), WORK, LetterForm, partial(told.perform, told.LETTER)),
        done=gettext_lazy("Письмо отправлено"),
        icon="mail",
        asks_number=True,
    ),
    BatchAct(
        *(told.CLOSE, gettext_lazy("Закрыть"), WORK, CloseForm, partial(told.perform, told.CLOSE)),
        done=gettext_lazy("Закрыто"),
        icon="check",
        asks_number=True,
    ),
    # Asked for on the screen of a batch that is over; each item is let through, or not, by the act of the card.
    BatchAct(
        *(restoring.RESTORE, gettext_lazy("Вернуть как было"), WORK, ActForm, restoring.perform),
        done=gettext_lazy("Возвращено"),
        icon="history",
        is_offered=False,
    ),
)
BY_KEY: Final[dict[str, BatchAct]] = {act.key: act for act in ACTS}


def offered(user: Any) -> list[BatchAct]:
    """The acts that this person may ask for."""
    return [act for act in ACTS if act.is_offered and user.has_perm(act.permission)]
