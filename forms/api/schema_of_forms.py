"""The JSON Schema of a form's description, the file that editors take out and put in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from forms.definitions import transfer

router = Router(tags=["Заявки"])
SECONDS = 3600


@router.get("/schemas/form", response=dict[str, Any], summary="Схема описания формы")
def form_schema(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """JSON Schema файла, в котором форму переносят между порталами. Вопросы и правила: по видам."""
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return {"$id": request.build_absolute_uri(request.path)} | transfer.document_schema()
