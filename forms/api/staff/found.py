"""One application for a program: of what its user may see, or there is none."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from forms.api.problems import Problem
from forms.applications import timeline
from forms.applications.models import Application
from forms.review import pending

MOST = 2**53


def found(user: Any, pk: int) -> tuple[Application, pending.Pending]:
    """The application as its card reads it, and what waits on it; raises Http404 for a foreign one as for none."""
    application = _row(user, pk)
    waiting = pending.of(application, user)
    return (_row(user, pk) if waiting.settled else application), waiting


def _row(user: Any, pk: int) -> Application:
    rows = Application.objects.visible_to(user).for_card().with_undelivered().with_pending()
    application: Application | None = rows.filter(pk=min(pk, MOST)).first()
    if application is None:
        raise Http404
    return application


def stale(application: Application, seen: int) -> Problem:
    """Somebody was quicker: what they did since, and the version to try again with."""
    changes = [event_of(event) for event in timeline.changes_since(application, seen)]
    sentence = _("Обращение изменили. Посмотрите, что изменилось, и отправьте ещё раз с новой версией")
    return Problem(409, sentence, more={"version": application.version, "changes": changes})


def event_of(event: timeline.StaffEvent) -> dict[str, Any]:
    """One line of the timeline."""
    names = ("at", "who", "kind", "text", "inside")
    return {name: getattr(event, name) for name in names} | {"words": str(event.words)}
