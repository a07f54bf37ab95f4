"""Numbers of answers: what survives JSON in every language, and arithmetic that gives the same result in each."""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MOST = 2**53 - 1
_STEP = Decimal("0.000001")

# A sum of money as it is stored, and no other writing of a number. A float holds thirteen digits to the kopeck.
_SUM = re.compile(r"-?(0|[1-9][0-9]{0,12})\.[0-9]{2}")

Number = int | float


def is_number(value: Any) -> bool:
    """A finite number that JavaScript holds exactly; yes and no are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (isinstance(value, int) or math.isfinite(value)) and -MOST <= value <= MOST


def number_of(value: Any) -> Number | None:
    """The number that an answer is to a comparison: itself, or a sum of money, which is text; None for all else."""
    if is_number(value):
        return value
    if not isinstance(value, str) or not _SUM.fullmatch(value):
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def calculate(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Number | None:
    """`operation` of two numbers or sums to six places; None when one is none or the result is out of range."""
    left, right = number_of(left), number_of(right)
    return None if left is None or right is None else normal(operation(left, right))


def normal(result: Number) -> Number | None:
    """The number as stored: whole where it can be, else rounded half away from zero to six places."""
    if not is_number(result):
        return None
    if isinstance(result, float):
        # Of the exact binary value, as Number.prototype.toFixed does.
        result = float(Decimal(result).quantize(_STEP, ROUND_HALF_UP))
        return int(result) if result.is_integer() else result
    return result
