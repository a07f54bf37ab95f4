"""Who may open the queue at all. Which applications they find there is decided by `visible_to`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from forms.applications.entering import ENTER
from forms.applications.querysets import VIEW


class QueueAccess:
    """For views of the queue: without «view_queue» the answer is Wagtail's refusal."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        # Personal data: nothing of it in a shared browser's cache or behind its back button.
        response["Cache-Control"] = "no-store, private"
        return response


class EntryAccess(QueueAccess):
    """For views by which staff write down what somebody asks: both rights are needed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not request.user.has_perm(ENTER):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
