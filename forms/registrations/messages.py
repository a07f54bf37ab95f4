"""Letters about a seat: when, where, how it stands, and the link that changes it. Once each, by their keys."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from forms.applications.models import Application
from forms.applications.querysets import ABOUT
from forms.notifications import outbox
from services.models import SupportGroup

from . import links, shown
from .course import Change
from .models import Registration, Session
from .states import State

SUBJECTS: dict[str, str | Promise] = {
    "registered": gettext_lazy("Запись на встречу: %(title)s"),
    "listed": gettext_lazy("Вы в листе ожидания: %(title)s"),
    "offered": gettext_lazy("Освободилось место: %(title)s"),
    "lapsed": gettext_lazy("Место предложили следующему: %(title)s"),
    "confirmed": gettext_lazy("Место подтверждено: %(title)s"),
    "cancelled": gettext_lazy("Запись отменена: %(title)s"),
    "moved": gettext_lazy("Встречу перенесли: %(title)s"),
    "course": gettext_lazy("Изменились встречи: %(title)s"),
    "called_off": gettext_lazy("Встречи не будет: %(title)s"),
    "reminder": gettext_lazy("Завтра встреча: %(title)s"),
    "given": gettext_lazy("Для вас есть место: %(title)s"),
    "transferred": gettext_lazy("Вас записали на другую встречу: %(title)s"),
}

MOST_CHANGES = 10
"""So many single meetings are named in one letter; the page of the group has them all."""


def registered(application: Application, session: Session, group: SupportGroup) -> None:
    """That there are seats, or which place in the waiting list it is."""
    if not application.email:
        return
    session.group = group
    rows = list(Registration.objects.filter(application=application, session=session).order_by("row"))
    kind = "registered" if any(row.state == State.CONFIRMED for row in rows) else "listed"
    put(kind, application, session, rows, stamp="0")


def put(
    kind: str,
    application: Application,
    session: Session,
    rows: Sequence[Registration],
    *,
    stamp: str,
    changes: Sequence[Change] = (),
) -> None:
    """One letter about these people of one application; the same `stamp` is the same letter.

    `changes`: the single meetings of a course that are otherwise now.
    """
    if not application.email:
        return
    outbox.put(
        key=f"seat:{application.pk}:{session.pk}:{kind}:{stamp}",
        recipient=application.email,
        subject=str(SUBJECTS[kind]) % {"title": session.group.title},
        body=text_of(kind, application, session, rows, changes),
        about=f"{ABOUT}{application.pk}",
    )


def text_of(
    kind: str,
    application: Application,
    session: Session,
    rows: Sequence[Registration],
    changes: Sequence[Change] = (),
) -> str:
    """The letter as it reads now; for the preview as well."""
    context: dict[str, Any] = {
        "kind": kind,
        "block": shown.block_of(session, rows),
        "changes": [shown.change(session, each) for each in changes[:MOST_CHANGES]],
        "more": max(0, len(changes) - MOST_CHANGES),
        "number": application.public_number,
        "url": links.url_of(application),
    }
    return render_to_string("emails/seat.txt", context).strip() + "\n"
