"""How long one statement may take: a list that cannot be had in time is asked another way, or said to be too broad."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class Spent(Exception):
    """The time is over."""


@contextmanager
def spending(milliseconds: int) -> Iterator[None]:
    """Raise Spent when the statements inside take longer; on PostgreSQL each of them has the whole time."""
    guard = _sqlite if connection.vendor == "sqlite" else _postgresql
    try:
        with guard(milliseconds):
            yield
    except OperationalError as error:
        if "interrupt" in str(error) or "statement timeout" in str(error):
            raise Spent from error
        raise


@contextmanager
def _sqlite(milliseconds: int) -> Iterator[None]:
    connection.ensure_connection()
    until = time.monotonic() + milliseconds / 1000
    raw = connection.connection
    raw.set_progress_handler(lambda: int(time.monotonic() > until), STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def _postgresql(milliseconds: int) -> Iterator[None]:
    if not connection.in_atomic_block:
        # Two statements instead of the three of a transaction: they are counted on every page.
        _limit(milliseconds)
        try:
            yield
        finally:
            _limit(None)
        return
    with transaction.atomic():
        _limit(milliseconds, local=True)
        yield
        # Otherwise it ends with the transaction.
        _limit(None, local=True)


def _limit(milliseconds: int | None, *, local: bool = False) -> None:
    value = "DEFAULT" if milliseconds is None else str(int(milliseconds))
    with connection.cursor() as cursor:
        cursor.execute(f"SET {'LOCAL ' if local else ''}statement_timeout TO {value}")
