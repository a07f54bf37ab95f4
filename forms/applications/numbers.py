"""The public number: region code and the row's own running number, which the database hands out without locks.

A rolled-back submission leaves a gap, and that is fine: a number names an application and does not count them.
"""

import re
from typing import NamedTuple

from home.settings import frame

SHORT = 6
# Far beyond any region, well within the database's integers.
LARGEST = 10**12


class Number(NamedTuple):
    """A number as somebody typed it; the prefix is blank where they left it out."""

    prefix: str
    value: int


def prefix() -> str:
    """The region's digits in front of new numbers, from the site settings."""
    return frame(None).number_prefix or "00"


def parse(text: str) -> Number | None:
    """«38-004-817», «№ 38 004 817», «38004817», «4817» → Number; None when it cannot be one."""
    groups = re.findall(r"[0-9]+", (text or "")[:60])
    digits = "".join(groups)
    if not digits or len(digits) > 20:
        return None
    if len(groups) == 3:
        found = Number(groups[0], int(groups[1] + groups[2]))
    elif len(digits) <= SHORT:
        found = Number("", int(digits))
    else:
        found = Number(digits[:-SHORT], int(digits[-SHORT:]))
    return found if 0 < found.value <= LARGEST else None
