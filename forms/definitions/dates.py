"""Calendar arithmetic of conditions and computed answers, total: what is no date gives None.

A date is ISO text. Where the day is not known («2018-03», «2018») the first day of the month or year stands for it.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

SHAPE = re.compile(r"[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
UNITS = ("days", "months", "years")
MOST_UNITS = 100_000
FIRST = date(1000, 1, 1)


def read(value: Any) -> date | None:
    """The date behind ISO text of a day, a month or a year; None for everything else."""
    if not isinstance(value, str) or not SHAPE.fullmatch(value):
        return None
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(start: date, count: int, unit: str) -> date | None:
    """`count` days, months or years later; 31 January and a month is the last day of February. None out of range."""
    if abs(count) > MOST_UNITS:
        return None
    try:
        if unit == "days":
            moved = start + timedelta(days=count)
        else:
            moved = _months(start, count * (12 if unit == "years" else 1))
    except (ValueError, OverflowError):
        return None
    return moved if moved >= FIRST else None


def _months(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def age(born: date, on: date) -> int | None:
    """Full years between two dates; None for somebody not born yet. 29 February counts from 1 March."""
    if born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
