"""Ready patterns of short text: what an editor picks by name instead of writing an expression."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LATIN_TWINS = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")
INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _same(text: str) -> str:
    return text


def _without_spaces(text: str) -> str:
    return re.sub(r"[\s\-]", "", text)


def _plate(text: str) -> str:
    """A plate as it is printed: no spaces, capitals, Cyrillic where Latin letters look the same."""
    return _without_spaces(text).upper().translate(LATIN_TWINS)


def _passport(text: str) -> str:
    digits = re.sub(r"[\s\-№]", "", text)
    return f"{digits[:4]} {digits[4:]}" if re.fullmatch(r"\d{10}", digits, re.ASCII) else digits


def inn_holds(text: str) -> bool:
    """Whether the control digits of a taxpayer number fit (weights of the tax service: 9, 10 and 11 of them)."""
    digits = [int(digit) for digit in text]

    def control(count: int) -> int:
        return sum(a * b for a, b in zip(INN_WEIGHTS[-count:], digits, strict=False)) % 11 % 10

    if not any(digits):
        return False
    if len(digits) == 10:
        return control(9) == digits[9]
    return control(10) == digits[10] and control(11) == digits[11]


@dataclass(frozen=True)
class Preset:
    """`normal` brings the text to its stored form; `pattern` must match it whole, and `holds` be true."""

    label: str | Promise
    pattern: str
    sentence: str | Promise
    normal: Callable[[str], str] = _same
    holds: Callable[[str], bool] = lambda text: True
    attrs: dict[str, str] = field(default_factory=dict)

    def fits(self, text: str) -> bool:
        """Whether normalised text is what was asked for."""
        return re.fullmatch(self.pattern, text, re.ASCII) is not None and self.holds(text)


DIGITS = {"inputmode": "numeric"}
PRESETS: dict[str, Preset] = {
    "letters": Preset(
        _("только русские буквы"),
        r"[А-Яа-яЁё]+(?:[ '’.\-]+[А-Яа-яЁё]+)*\.?",
        _("Напишите русскими буквами"),
    ),
    "digits": Preset(_("только цифры"), r"[0-9]+", _("Напишите только цифры"), _without_spaces, attrs=DIGITS),
    "index": Preset(
        _("почтовый индекс"),
        r"[1-9][0-9]{5}",
        _("Напишите индекс: 6 цифр, например 664003"),
        _without_spaces,
        attrs=DIGITS | {"autocomplete": "postal-code", "class": "w4"},
    ),
    "vehicle": Preset(
        _("номер автомобиля"),
        r"[АВЕКМНОРСТУХ][0-9]{3}[АВЕКМНОРСТУХ]{2}[0-9]{2,3}",
        _("Напишите номер с регионом, например А123ВС38"),
        _plate,
        attrs={"autocomplete": "off", "class": "w12"},
    ),
    "inn": Preset(
        _("ИНН"),
        r"[0-9]{10}|[0-9]{12}",
        _("Проверьте ИНН: у человека в нём 12 цифр, у организации 10"),
        _without_spaces,
        inn_holds,
        DIGITS | {"autocomplete": "off", "class": "w12"},
    ),
    "passport": Preset(
        _("серия и номер паспорта"),
        r"[0-9]{4} [0-9]{6}",
        _("Напишите серию и номер: 10 цифр, например 2512 345678"),
        _passport,
        attrs=DIGITS | {"autocomplete": "off", "class": "w12"},
    ),
    "account": Preset(
        _("номер счёта в банке"),
        r"[0-9]{20}",
        _("Напишите номер счёта: 20 цифр"),
        _without_spaces,
        attrs=DIGITS | {"autocomplete": "off"},
    ),
}
