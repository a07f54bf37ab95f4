"""For the benchmark only (PORTAL_BENCH=1): every answer says how many SQL queries it took and how long the work was."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class QueryCount:
    """Middleware that adds `Server-Timing: sql;desc="12", app;dur=8.4`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        counted = 0

        def count(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
            nonlocal counted
            counted += 1
            return execute(sql, params, many, context)

        begun = time.perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        spent = (time.perf_counter() - begun) * 1000
        response.headers["Server-Timing"] = f'sql;desc="{counted}", app;dur={spent:.2f}'
        return response
