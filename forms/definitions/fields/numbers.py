"""Numbers as people type them: «12 500,50», «−3», «1 000 руб.»."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import cleaning

MOST = 999_999_999_999_999  # 15 digits: exact in JSON for every reader
LONGEST = 60
SPACE = "\u00a0"
NUMBER = re.compile(r"([+-]?)(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d+))?", re.ASCII)


def exact(raw: Any, example: str, places: int) -> Decimal:
    """The number that was typed or sent; at most `places` digits after the comma and 15 before it.

    Takes text, int and float; raises ValidationError with `example` of what to type.
    """
    wrong = ValidationError(_("Напишите число цифрами, например %s") % example, code="number")
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise wrong
    if isinstance(raw, int):
        return _fitting(Decimal(raw) if abs(raw) <= MOST else None, places)
    if isinstance(raw, float):
        # Also false for NaN and the infinities.
        return _fitting(Decimal(repr(raw)) if abs(raw) <= MOST else None, places)
    text = cleaning.line(raw, LONGEST).replace("\u2212", "-").replace("\u2013", "-")
    found = NUMBER.fullmatch(text[:1] + text[1:].lstrip() if text[:1] in "+-" else text)
    if not found:
        raise wrong
    sign, whole, fraction = found.groups(default="")
    value = Decimal(f"{sign}{whole.replace(' ', '')}.{fraction or 0}")
    return _fitting(value if abs(value) <= MOST else None, places)


def _fitting(value: Decimal | None, places: int) -> Decimal:
    if value is None:
        raise ValidationError(_("Такое большое число не подходит. Проверьте, сколько в нём цифр"), code="number")
    rounded = value.quantize(Decimal(1).scaleb(-places)) if _digits_before(value) <= 15 else value
    if rounded != value:
        if places == 0:
            raise ValidationError(_("Напишите целое число, без дробной части"), code="number")
        raise ValidationError(_("Оставьте после запятой не больше %d цифр") % places, code="number")
    return rounded + 0  # −0 becomes 0


def _digits_before(value: Decimal) -> int:
    return max(value.adjusted() + 1, 0)


def within(value: Decimal, least: Decimal | None, most: Decimal | None) -> None:
    """Raises ValidationError with a sentence when the value is outside of the limits."""
    if least is not None and value < least:
        raise ValidationError(_("Напишите число не меньше %s") % grouped(least), code="number")
    if most is not None and value > most:
        raise ValidationError(_("Напишите число не больше %s") % grouped(most), code="number")


def bound(value: Any) -> Decimal | None:
    """A limit from options; None without one; ValueError when it is not a number."""
    if value is None or value == "":
        return None
    try:
        return exact(value, "0", 6)
    except ValidationError as error:
        raise ValueError(value) from error


def bound_or_none(value: Any) -> Decimal | None:
    """The same for a definition nobody checked: a wrong limit is no limit."""
    try:
        return bound(value)
    except ValueError:
        return None


def limit_errors(least: Any, most: Any) -> list[str]:
    """What is wrong with a pair of limits, as sentences for the editor."""
    try:
        low, high = bound(least), bound(most)
    except ValueError:
        return [_("Наименьшее и наибольшее: напишите их числами")]
    if low is not None and high is not None and low > high:
        return [_("Наименьшее больше наибольшего. Поменяйте их местами")]
    return []


def grouped(value: Decimal | int) -> str:
    """«12 500,5»: groups of three from five digits on, comma, no trailing zeros."""
    size = abs(Decimal(value))
    text = f"{size:,f}" if size >= 10_000 else f"{size:f}"
    whole, _point, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return f"{'−' if value < 0 else ''}{whole.replace(',', SPACE)}{',' + fraction if fraction else ''}"


def typed(value: Decimal | int) -> str:
    """The same as somebody would type it: plain spaces and minus."""
    return grouped(value).replace(SPACE, " ").replace("−", "-")


def plain(value: Decimal | int) -> str:
    """«12500,5»: how a table with Russian settings reads a number."""
    return typed(value).replace(" ", "")
