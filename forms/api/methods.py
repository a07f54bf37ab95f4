"""Methods of HTTP as everybody expects them: HEAD wherever there is GET, a refusal that reads as other errors do."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .problems import Problem, answer


def polite(pattern: Any, docs: str = "/api/docs") -> Any:
    """The address of an endpoint with its view wrapped; `docs` describes it."""
    view = pattern.callback

    @wraps(view)
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "HEAD":
            # The server sends no body then.
            request.method = "GET"
        response = view(request, *args, **kwargs)
        return _refused(response, docs) if response.status_code == 405 else response

    pattern.callback = call
    return pattern


def _refused(response: HttpResponse, docs: str) -> HttpResponse:
    allowed = response.headers.get("Allow", "")
    sentence = _("Здесь можно только: %(methods)s. Описание адресов: %(docs)s") % {"methods": allowed, "docs": docs}
    refused = answer(Problem(405, sentence))
    refused["Allow"] = allowed
    return refused
