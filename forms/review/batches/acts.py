"""What can be done to many applications at once: one literal table. Each act is the one of the card, item by item."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from forms.applications import asking, assigning, closing, staffing
from forms.applications.models import Labelling, Team
from forms.applications.policies import ASSIGN, WORK

from .inputs import ActForm, AssignForm, CloseForm, Given, LabelForm, LetterForm, TeamForm, UrgencyForm


def _assign(pk: int, user: Any, expected: int, given: Given) -> None:
    assigning.assign(pk, user, expected, assignee=User.objects.filter(pk=given["assignee"]).first())


def _label(pk: int, user: Any, expected: int, given: Given) -> None:
    now = Labelling.objects.filter(application=pk).values_list("label_id", flat=True)
    staffing.save(pk, user, expected, staffing.Wanted(labels=frozenset({*now, given["label"]})))


def _team(pk: int, user: Any, expected: int, given: Given) -> None:
    team = Team.objects.filter(pk=given["team"]).first()
    assigning.hand_over(pk, user, expected, team=team, notice=given["notice"], reason=given["reason"])


def _urgency(pk: int, user: Any, expected: int, given: Given) -> None:
    staffing.save(pk, user, expected, staffing.Wanted(urgency=given["urgency"], reason=given["reason"]))


def _letter(pk: int, user: Any, expected: int, given: Given) -> None:
    asking.write(pk, user, expected, given["text"])


def _close(pk: int, user: Any, expected: int, given: Given) -> None:
    close = closing.resolve if given["result"] == "resolve" else closing.explain
    close(pk, user, expected, given["explanation"])


@dataclass(frozen=True, slots=True)
class BatchAct:
    """One act: its button, who may, its form, what it does to one application; `asks_number`: nothing of it can be
    taken back, so the number of applications has to be typed."""

    key: str
    label: str | Promise
    permission: str
    form: type[ActForm]
    perform: Callable[[int, Any, int, Given], None]
    done: str | Promise
    icon: str
    asks_number: bool = False


ACTS: Final[tuple[BatchAct, ...]] = (
    BatchAct("assign", gettext_lazy("Назначить"), ASSIGN, AssignForm, _assign, gettext_lazy("Назначено"), "user"),
    BatchAct("label", gettext_lazy("Метка"), WORK, LabelForm, _label, gettext_lazy("Метка стоит"), "tag"),
    BatchAct(
        "team", gettext_lazy("Команда"), WORK, TeamForm, _team, gettext_lazy("Передано"), "group", asks_number=True
    ),
    BatchAct(
        *("urgency", gettext_lazy("Срочность"), WORK, UrgencyForm, _urgency),
        done=gettext_lazy("Срочность изменена"),
        icon="warning",
    ),
    BatchAct(
        "letter",
        gettext_lazy("Написать"),
        WORK,
        LetterForm,
        _letter,
        gettext_lazy("Письмо отправлено"),
        "mail",
        asks_number=True,
    ),
    BatchAct(
        "close", gettext_lazy("Закрыть"), WORK, CloseForm, _close, gettext_lazy("Закрыто"), "check", asks_number=True
    ),
)
BY_KEY: Final[dict[str, BatchAct]] = {act.key: act for act in ACTS}


def offered(user: Any) -> list[BatchAct]:
    """The acts that this person may ask for."""
    return [act for act in ACTS if user.has_perm(act.permission)]
