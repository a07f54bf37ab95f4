"""Who may export, and whose export it is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from forms.applications.querysets import VIEW, VIEW_ALL
from forms.review.access import QueueAccess
from forms.review.models import Export

EXPORT = "form_review.export_applications"
ALL = "all"


class ExportAccess(QueueAccess):
    """For views of exports: the right to export beside the right to see the queue."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def may_export(user: Any) -> bool:
    """Whether this person may export at all, now."""
    return bool(user.is_active and user.has_perm(VIEW) and user.has_perm(EXPORT))


def scope(user: Any) -> list[int] | str:
    """The teams whose applications this person sees now; ALL for who sees all."""
    return ALL if user.has_perm(VIEW_ALL) else sorted(user.teams.values_list("pk", flat=True))


def still_allowed(export: Export, user: Any) -> bool:
    """Whether everything in the file may still be seen by who asked for it: a right lost meanwhile closes it."""
    if export.owner_id != user.pk or not may_export(user):
        return False
    seen = scope(user)
    return seen == ALL or (isinstance(export.scope, list) and set(export.scope) <= set(seen))
