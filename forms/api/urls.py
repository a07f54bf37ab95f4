"""The API of the portal: everything public is also reachable as JSON; nothing here needs or sets a cookie."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Router

from . import applications, content, methods, problems, schema_of_forms, where
from .documentation import Documentation
from .rendering import Readable

api = NinjaAPI(
    title=str(_("Программный доступ к порталу")),
    version="1",
    description=str(_("Страницы портала и заявки в виде JSON. Без ключей доступа: здесь только то, что видят все.")),
    docs=Documentation(),
    docs_url="/docs",
    renderer=Readable(),
    urls_namespace="api",
)
problems.attach(api)
api.add_router("", content.router)
api.add_router("", where.router)
api.add_router("", applications.router)
api.add_router("", schema_of_forms.router)


@api.get("/", summary="Список адресов", tags=["Начало"])
def index(request: HttpRequest) -> dict[str, Any]:
    """С чего начать."""
    paths = api.get_openapi_schema()["paths"]
    return {
        "title": api.title,
        "documentation": request.build_absolute_uri("/api/docs"),
        "openapi": request.build_absolute_uri("/api/openapi.json"),
        "endpoints": [
            {"method": method.upper(), "path": path, "summary": operation.get("summary", "")}
            for path, operations in paths.items()
            for method, operation in operations.items()
        ],
    }


elsewhere = Router()


@elsewhere.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> None:
    """Every other address below /api/; added last."""
    raise Http404


api.add_router("", elsewhere)
urlpatterns = [methods.polite(pattern) for pattern in api.urls[0]]
app_name = "api"
