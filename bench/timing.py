"""One page inside this process: its queries, what it was waited for and what it took of the processor, in ms."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def of_page(
    client: Any, address: str, query: dict[str, Any], rounds: int, before: Callable[[], Any] = lambda: None
) -> tuple[Any, dict[str, Any]]:
    """The last answer and the figures of `rounds` requests; `before` comes ahead of each and is not counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address, query)
    before()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, query)
    # Now: the next request empties the log that they are kept in.
    asked = list(captured.captured_queries)
    times, spent = [], []
    for _round in range(rounds):
        before()
        started, cpu = time.perf_counter(), processor()
        answer = client.get(address, query)
        times.append((time.perf_counter() - started) * 1000)
        spent.append((processor() - cpu) * 1000)
    times.sort()
    spent.sort()
    last = max(0, round(rounds * 0.95) - 1)
    return answer, {
        "queries": len(asked),
        "sql": round(sum(float(each["time"]) for each in asked) * 1000, 1),
        "cpu": round(statistics.median(spent), 1),
        "cpu_p95": round(spent[last], 1),
        "cpu_worst": round(spent[-1], 1),
        "least": round(times[0], 1),
        "median": round(statistics.median(times), 1),
        "p95": round(times[last], 1),
        "worst": round(times[-1], 1),
    }


def processor() -> float:
    """Seconds of the processor that this thread has used, and the process of the database that serves it, where that
    runs on this machine: what a page costs, however busy the machine is with other things."""
    from django.db import connection

    used = time.thread_time()
    if connection.vendor == "postgresql":
        of_backend = Path("/proc", str(connection.connection.info.backend_pid), "schedstat")
        if of_backend.exists():
            used += int(of_backend.read_text().split()[0]) / 1e9
    return used
