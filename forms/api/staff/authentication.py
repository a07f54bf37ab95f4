"""Who asks: a program with a key, and nobody else. No cookie is read here, so a foreign page makes no browser ask."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security.http import HttpBearer

from accounts import access_keys
from accounts.addresses import client_ip
from accounts.models import AccessKey
from forms.api.problems import Problem, answer
from forms.applications import tries
from forms.applications.querysets import VIEW


class ByKey(HttpBearer):
    """`Authorization: Bearer …`; from here on the request is one of the key's user."""

    def __call__(self, request: HttpRequest) -> AccessKey:
        """The key. Raises Problem 401 or 429, PermissionDenied where its user may not see the queue."""
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            raise Problem(401, _("Пришлите ключ в заголовке «Authorization: Bearer …». Ключ выдаёт администратор"))
        return self.authenticate(request, text.strip())

    def authenticate(self, request: HttpRequest, token: str) -> AccessKey:
        """The key of this text, when it opens."""
        key = access_keys.of_text(token)
        if key is None:
            _count(request)
            raise Problem(401, _("Такого ключа нет. Проверьте, целиком ли он скопирован, или попросите новый"))
        today = timezone.localdate()
        if why := why_shut(key):
            raise Problem(401, why)
        request.user = key.user
        if not key.user.has_perm(VIEW):
            raise PermissionDenied
        access_keys.note_use(key, today)
        return key


def why_shut(key: AccessKey) -> str:
    """Why a key opens nothing any more; blank when it does."""
    if key.revoked_at:
        return _("Этот ключ отозван. Попросите у администратора новый")
    if key.ends_on < timezone.localdate():
        return _("Срок ключа кончился %s. Попросите у администратора новый") % key.ends_on.strftime("%d.%m.%Y")
    if not key.user.is_active:
        return _("Сотрудник, от чьего имени выдан ключ, больше не работает в портале. Попросите новый ключ")
    return ""


def _count(request: HttpRequest) -> None:
    try:
        tries.count_key(tries.source_of(client_ip(request)))
    except tries.TooManyTries as error:
        wait = {"minutes": error.minutes}
        sentence = _("Слишком много неверных ключей с этого адреса. Проверьте ключ и повторите через %(minutes)d мин.")
        raise Problem(429, sentence % wait, wait=error.minutes * 60) from error


def with_key(view: Callable[..., Any]) -> Callable[..., Any]:
    """A plain view behind the same door."""

    @wraps(view, assigned=("__doc__",))
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            ByKey()(request)
        except Problem as problem:
            return answer(problem)
        except PermissionDenied:
            return answer(denied())
        return view(request, *args, **kwargs)

    return call


def denied() -> Problem:
    """The role of the key's user is not enough."""
    return Problem(403, _("Роль сотрудника, от чьего имени работает ключ, этого не позволяет"))
