"""Errors as problem documents (RFC 9457): what is wrong and what to do, in Russian, by field where there are fields."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.responses import NinjaJSONEncoder

TITLES = {
    400: _("Запрос не понят"),
    401: _("Нужен ключ"),
    403: _("Нельзя"),
    404: _("Не найдено"),
    405: _("Так обратиться нельзя"),
    409: _("Запрос спорит с прежним"),
    413: _("Запрос слишком большой"),
    422: _("Исправьте данные"),
    429: _("Слишком часто"),
}
Errors = dict[str, list[str]]


class Problem(Exception):
    """Ends a request with a problem document; `errors` are sentences by the name of what is wrong, `more` are further
    members of the document."""

    def __init__(
        self,
        status: int,
        detail: str | Promise,
        errors: Errors | None = None,
        wait: int = 0,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors, self.wait = status, detail, errors or {}, wait
        self.more = more or {}


def answer(problem: Problem) -> HttpResponse:
    """The response for a problem. Lone surrogates that somebody sent are replaced."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES.get(problem.status, _("Ошибка"))),
        "status": problem.status,
        "detail": str(problem.detail),
    }
    if problem.errors:
        body["errors"] = problem.errors
    text = json.dumps(body | problem.more, ensure_ascii=False, cls=NinjaJSONEncoder).encode("utf-8", "replace")
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(problem.wait)} if problem.wait else {})
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return HttpResponse(text, status=problem.status, content_type="application/problem+json", headers=headers)


def attach(api: NinjaAPI, docs: str = "/api/docs", index: str = "/api/") -> None:
    """Let every error of this API be a problem document; `docs` and `index` are the addresses that it leads to."""

    @api.exception_handler(Problem)
    def _own(request: HttpRequest, error: Problem) -> HttpResponse:
        return answer(error)

    @api.exception_handler(ValidationError)
    def _parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
        names = {str(part["loc"][-1])[:64] for part in error.errors}
        errors = {name: [_("Проверьте значение: см. описание параметра в %s") % docs] for name in sorted(names)}
        return answer(Problem(422, _("Проверьте параметры запроса"), errors))

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(Problem(404, _("Такого адреса или записи нет. Список адресов: %s") % index))

    @api.exception_handler(PermissionDenied)
    def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(Problem(403, _("Роль сотрудника, от чьего имени работает ключ, этого не позволяет")))

    @api.exception_handler(Throttled)
    def _often(request: HttpRequest, error: Throttled) -> HttpResponse:
        wait = int(error.wait or 60)
        return answer(Problem(429, _("Слишком много запросов с этого адреса. Повторите позже"), wait=wait))

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(Problem(error.status_code, _("Запрос не понят. Описание: %s") % docs))
