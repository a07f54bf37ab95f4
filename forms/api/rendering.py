"""How answers are written."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder


class Readable(BaseRenderer):
    """JSON with Russian letters as they are."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        text = json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)
        return text.encode("utf-8", "replace")
