"""How long one statement may take: a list that cannot be had in time is asked another way, or said to be too broad."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""

CANCELED = "57014"


class Spent(Exception):
    """The time is over."""


@contextmanager
def spending(milliseconds: int, processor: int = 0) -> Iterator[None]:
    """Raise Spent when the statements inside take longer; on PostgreSQL each of them has the whole time.

    `processor`: on SQLite also when they take so much of the processor, however busy the machine is with other things.
    """
    try:
        with _sqlite(milliseconds, processor) if connection.vendor == "sqlite" else _postgresql(milliseconds):
            yield
    except OperationalError as error:
        # By its number: a timeout that comes as the statement ends is told in the words of a cancelled one.
        if "interrupt" in str(error) or getattr(error.__cause__, "sqlstate", "") == CANCELED:
            raise Spent from error
        raise


@contextmanager
def _sqlite(milliseconds: int, processor: int) -> Iterator[None]:
    connection.ensure_connection()
    until = time.monotonic() + milliseconds / 1000
    used = time.thread_time() + (processor or milliseconds) / 1000
    raw = connection.connection
    raw.set_progress_handler(lambda: int(time.monotonic() > until or time.thread_time() > used), STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def _postgresql(milliseconds: int) -> Iterator[None]:
    with connection.execute_wrapper(_limited(milliseconds, inside=connection.in_atomic_block)):
        yield


def _limited(milliseconds: int, *, inside: bool) -> Callable[..., Any]:
    """A wrapper that sends the limit, the statement and the end of the limit at once: one way to the server, not three.

    They are one transaction: where the statement is stopped, the limit is taken back with it. `inside` of another
    transaction a savepoint does that.
    """
    limit, none = f"SET LOCAL statement_timeout TO {int(milliseconds)}", "SET LOCAL statement_timeout TO DEFAULT"
    before, after = (f"SAVEPOINT budget; {limit}", f"{none}; RELEASE budget") if inside else (limit, none)

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        try:
            found = execute(f"{before}; {sql}; {after}", params, many, context)
        except Exception:
            if inside:
                connection.connection.execute("ROLLBACK TO budget")
            raise
        # What the limit itself answered.
        for _statement in before.split(";"):
            context["cursor"].nextset()
        return found

    return run
