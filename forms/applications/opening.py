"""Whether a form takes applications now: opened by hand, within its dates, and below its limit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.models import Form
from home.words import long_date

from .models import Application
from .movement import Refused

OPEN, EARLY, LATE, FULL, CLOSED = "open", "early", "late", "full", "closed"


@dataclass(frozen=True, slots=True)
class Opening:
    """How it stands, what to say about it, and what the editor adds to that."""

    state: str
    title: str = ""
    sentence: str = ""
    message: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an application would be taken."""
        return self.state == OPEN


class Closed(Refused):
    """The form takes no applications; `opening` says why."""

    def __init__(self, opening: Opening) -> None:
        super().__init__(" ".join(filter(None, (opening.sentence, opening.message))))
        self.opening = opening


def of(form: Form) -> Opening:
    """How a form stands now; one query where it has a limit, none elsewhere."""
    now = timezone.now()
    if not form.is_open:
        return Opening(CLOSED, _("Приём заявок закрыт"), _("Сейчас форма не принимает заявки."), form.closed_message)
    if form.opens_at and now < form.opens_at:
        sentence = _("Форма начнёт принимать заявки %s.") % _moment(form.opens_at)
        return Opening(EARLY, _("Приём ещё не начался"), sentence, form.closed_message)
    if form.closes_at and now >= form.closes_at:
        sentence = _("Форма принимала заявки до %s.") % long_date(form.closes_at)
        return Opening(LATE, _("Приём заявок закончен"), sentence, form.closed_message)
    if form.most_applications is not None and _taken(form) >= form.most_applications:
        sentence = _("Пришло столько заявок, сколько можем принять. Новые пока не берём.")
        return Opening(FULL, _("Приём заявок закрыт"), sentence, form.closed_message)
    return Opening(OPEN)


def admit(form: Form) -> None:
    """Raises Closed unless one more application may come; `form` was read in the caller's transaction, within which
    nobody else passes the limit."""
    if form.most_applications is not None:
        # Whoever else sends to this form waits here; those who only refer to its row do not.
        form = Form.objects.select_for_update(no_key=True).get(pk=form.pk)
    opening = of(form)
    if not opening.is_open:
        raise Closed(opening)


def _taken(form: Form) -> int:
    since: dict[str, Any] = {"received_at__gte": form.opens_at} if form.opens_at else {}
    return Application.objects.filter(form_id=form.pk, **since).count()


def _moment(moment: datetime) -> str:
    return _("%(day)s в %(time)s") % {
        "day": long_date(moment),
        "time": timezone.localtime(moment).strftime("%H:%M").removeprefix("0"),
    }
