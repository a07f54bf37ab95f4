"""Reading a JSON body from a stranger."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .problems import Problem

MOST_BYTES = 256 * 1024


def read_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body; raises Problem 413 over MOST_BYTES, 400 for anything that is not a JSON object."""
    too_big = Problem(413, _("Сократите запрос: не больше %d килобайт") % (MOST_BYTES // 1024))
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MOST_BYTES:
        raise too_big
    body = request.body
    if len(body) > MOST_BYTES:
        raise too_big
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(400, _("Пришлите тело запроса в виде JSON в кодировке UTF-8")) from error
    if not isinstance(data, dict):
        raise Problem(400, _("Пришлите объект JSON: имя поля и значение"))
    return data
