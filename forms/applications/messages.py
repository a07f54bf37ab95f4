"""Letters to applicants: plain text, only what the status page shows too, put into the outbox."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.notifications import outbox
from forms.notifications.models import Outbox

from . import codes
from .models import Application
from .querysets import ABOUT


def received(application: Application) -> None:
    """Number, code, promised date and where to look; nothing is sent when no address was given."""
    subject = _("Обращение %(number)s принято") % {"number": application.public_number}
    _put(application, "received", subject, {"code": codes.shown(codes.code_for(application))})


SUBJECTS: dict[str, str | Promise] = {
    "closed": gettext_lazy("Ответ на обращение %(number)s"),
    "asked": gettext_lazy("Есть вопрос по заявке %(number)s"),
    "wrote": gettext_lazy("Есть сообщение по заявке %(number)s"),
    "put_off": gettext_lazy("По заявке %(number)s нужно больше времени"),
    "extended": gettext_lazy("Срок ответа по заявке %(number)s продлён"),
    "handed_over": gettext_lazy("Заявка %(number)s передана другой команде"),
    "reopened": gettext_lazy("Заявка %(number)s открыта снова"),
    "merged": gettext_lazy("Заявка %(number)s объединена с другой вашей заявкой"),
}


def of_move(application: Application, letter: str) -> None:
    """The letter of a move: an answer whole, a question or a message as an invitation to the page behind the code."""
    _put(application, letter, str(SUBJECTS[letter]) % {"number": application.public_number}, {})


def text_of(application: Application, letter: str) -> str:
    """The letter as it would read for this row, saved or not: for the preview."""
    return _render(application, letter, {})


def withdrawn(application: Application) -> None:
    """That it was withdrawn, so that a stranger who did it is noticed; and when the data goes, if it does."""
    _put(application, "withdrawn", _("Заявка %(number)s отозвана") % {"number": application.public_number}, {})


def consent_withdrawn(application: Application) -> None:
    """The same of the consent to an application that was closed before."""
    subject = _("Согласие по заявке %(number)s отозвано") % {"number": application.public_number}
    _put(application, "consent_withdrawn", subject, {})


def forget(application: Application) -> int:
    """Delete every letter about it, sent or not: an erasure leaves no address behind. How many."""
    return int(Outbox.objects.filter(about=f"{ABOUT}{application.pk}").delete()[0])


def _put(application: Application, kind: str, subject: str, extra: dict[str, Any]) -> None:
    if not application.email:
        return
    outbox.put(
        # The row version keeps a second closing after a reopening apart from the first.
        key=f"application:{application.pk}:{kind}:{application.version}",
        recipient=application.email,
        subject=subject,
        body=_render(application, kind, extra),
        about=f"{ABOUT}{application.pk}",
    )


def _render(application: Application, kind: str, extra: dict[str, Any]) -> str:
    context = {"application": application, "status_url": f"{settings.PUBLIC_URL}/requests/", **extra}
    return render_to_string(f"emails/{kind}.txt", context).strip() + "\n"
