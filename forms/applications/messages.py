"""Letters to applicants: plain text, only what the status page shows too, put into the outbox."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from forms.notifications import outbox
from forms.notifications.models import Outbox

from . import codes
from .models import Application
from .querysets import ABOUT


def received(application: Application) -> None:
    """Number, code, promised date and where to look; nothing is sent when no address was given."""
    subject = _("Обращение %(number)s принято") % {"number": application.public_number}
    _put(application, "received", subject, {"code": codes.shown(codes.code_for(application))})


def closed(application: Application) -> None:
    """The result and its explanation."""
    subject = _("Ответ на обращение %(number)s") % {"number": application.public_number}
    _put(application, "closed", subject, {})


def asked(application: Application) -> None:
    """That an answer is wanted; the question itself is read on the page, behind the code."""
    _put(application, "asked", _("Есть вопрос по заявке %(number)s") % {"number": application.public_number}, {})


def wrote(application: Application) -> None:
    """That there is a message; it is read on the page, behind the code."""
    _put(application, "wrote", _("Есть сообщение по заявке %(number)s") % {"number": application.public_number}, {})


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
