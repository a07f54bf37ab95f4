"""The first and the last address of an API: what there is, and that there is nothing else."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Router


def begin(api: NinjaAPI, **pages: str) -> None:
    """Add the list of addresses; `pages`: paths of what describes them, by name."""

    @api.get("/", summary=str(_("Список адресов")), tags=[str(_("Начало"))])
    def index(request: HttpRequest) -> dict[str, Any]:
        """С чего начать."""
        paths = api.get_openapi_schema()["paths"]
        return {
            "title": api.title,
            **{name: request.build_absolute_uri(path) for name, path in pages.items()},
            "endpoints": [
                {"method": method.upper(), "path": path, "summary": operation.get("summary", "")}
                for path, operations in paths.items()
                for method, operation in operations.items()
            ],
        }


def end(api: NinjaAPI) -> None:
    """Answer every other address; added last."""
    elsewhere = Router()

    @elsewhere.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False)
    def nothing(request: HttpRequest, rest: str) -> None:
        raise Http404

    api.add_router("", elsewhere)
