"""Letters to applicants: plain text, only what the status page shows too, put into the outbox."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from forms.notifications import outbox

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
