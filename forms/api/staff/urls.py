"""The addresses below /api/staff/: with a key only, kept by nobody."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from forms.api import edges, methods, problems
from forms.api.rendering import Readable

from . import card, moves, queue, writing
from .authentication import ByKey, with_key

ROOT = "/api/staff/"
OPENAPI = "/api/staff/openapi.json"

api = NinjaAPI(
    title=str(_("Очередь для программ")),
    version="1",
    description=str(
        _(
            "Очередь обращений, карточки и действия в виде JSON. Ключ выдаёт администратор; программа может ровно "
            "то, что может сотрудник, от чьего имени выдан ключ. Ключ присылайте в заголовке «Authorization: Bearer …»."
        )
    ),
    auth=ByKey(),
    docs_url=None,
    docs_decorator=with_key,
    renderer=Readable(),
    urls_namespace="api_staff",
)
problems.attach(api, OPENAPI, ROOT)
api.add_router("", queue.router)
api.add_router("", card.router)
api.add_router("", moves.router)
api.add_router("", writing.router)
edges.begin(api, openapi=OPENAPI)
edges.end(api)


def _kept_by_nobody(pattern: Any) -> Any:
    view = pattern.callback

    @wraps(view)
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    pattern.callback = call
    return pattern


urlpatterns = [_kept_by_nobody(methods.polite(pattern, OPENAPI)) for pattern in api.urls[0]]
app_name = "api_staff"
