"""Numbers of answers: what survives JSON in every language, and arithmetic that gives the same result in each."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MOST = 2**53 - 1
_STEP = Decimal("0.000001")

Number = int | float


def is_number(value: Any) -> bool:
    """A finite number that JavaScript holds exactly; yes and no are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (isinstance(value, int) or math.isfinite(value)) and -MOST <= value <= MOST


def calculate(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Number | None:
    """`operation` of two numbers to six places; None when one is no number or the result is out of range."""
    if not is_number(left) or not is_number(right):
        return None
    return normal(operation(left, right))


def normal(result: Number) -> Number | None:
    """The number as stored: whole where it can be, else rounded half away from zero to six places."""
    if not is_number(result):
        return None
    if isinstance(result, float):
        # Of the exact binary value, as Number.prototype.toFixed does.
        result = float(Decimal(result).quantize(_STEP, ROUND_HALF_UP))
        return int(result) if result.is_integer() else result
    return result
