"""What a program asks for under a key of its own is done once: a repeat is answered as the first time was.

The row of the key is written in the transaction of the act. Who repeats it at the same moment waits for that row, so
two requests under one key are never two acts; what was refused leaves no row, and its key is free again.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Status

from forms.api.applications import KEY
from forms.api.models import SentOnce
from forms.api.problems import Problem

from .found import MOST

HEADER = "Idempotency-Key"
# Words are not kept: a repeat is told everything but what the applicant reads.
WORDS = "applicant_reads"


def key_of(request: HttpRequest, pk: int, *, required: bool = True) -> str:
    """A digest of the key that was sent: of this user and application, so that nobody meets another's; blank for none.

    Raises Problem 400 for what is no key, and for none where it is `required`.
    """
    key = request.headers.get(HEADER, "")
    if not key and not required:
        return ""
    if not KEY.fullmatch(key):
        errors = {HEADER: [_("Пришлите в заголовке ключ из 8–200 латинских знаков без пробелов")]}
        raise Problem(400, _("Нужен ключ отправки"), errors)
    return hashlib.sha256(f"{request.user.pk}:{pk}:{key}".encode()).hexdigest()


def once(user: Any, pk: int, key: str, given: Any, act: Callable[[], Any]) -> Any:
    """The answer of `act`, or that of the first request under this key; without a key always of `act`.

    Raises Problem 422 where `given`, all that was asked for, is other than the first time; and what `act` raises.
    """
    if not key:
        return act()
    if pk > MOST:
        raise Http404
    body = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        sent, is_first = SentOnce.objects.get_or_create(
            key=key, defaults={"user": user, "application_id": pk, "body": body}
        )
        if not is_first:
            if sent.body != body:
                raise used()
            return Status(sent.status, sent.answer | {WORDS: None})
        answer = act()
        sent.status, told = (answer.status_code, answer.value) if isinstance(answer, Status) else (200, answer)
        sent.answer = {name: _plain(value) for name, value in told.items() if name != WORDS}
        sent.save(update_fields=["status", "answer"])
    return answer


def used() -> Problem:
    """The key belongs to something else."""
    return Problem(422, _("Этот ключ уже использован для другого запроса. Возьмите новый ключ"))


def header(*, required: bool = True) -> dict[str, Any]:
    """The parameter as OpenAPI describes it."""
    words = _("Ваш ключ отправки, 8–200 знаков. Повтор с ним ничего не сделает дважды и получит тот же ответ")
    schema = {"type": "string", "minLength": 8, "maxLength": 200}
    return {"name": HEADER, "in": "header", "required": required, "description": str(words), "schema": schema}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
