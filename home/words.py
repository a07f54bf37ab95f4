"""Russian words that depend on a value: plurals, dates, telephone numbers, and which words must not part."""

import re
from datetime import date, datetime

from django.utils import timezone

_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_NBSP = "\u00a0"
# A preposition, conjunction or particle of up to three letters that must not end a line (a typographer's rule).
_SHORT_WORDS = "а|без|в|во|да|для|до|за|и|из|или|к|как|ко|на|над|не|ни|но|о|об|от|по|под|при|про|с|со|у|что"
_SHORT = re.compile(rf"(?<![\w-])({_SHORT_WORDS}) (?=\S)", re.IGNORECASE)
# A long unit may begin a line: tied to its number it would not fit a narrow heading and would break in the middle.
_NUMBER = re.compile(rf"(?<=\d) (?=(?!(?:{_SHORT_WORDS})\b)[а-яё]{{1,11}}(?![а-яё]))", re.IGNORECASE)


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form of a word that a Russian number asks for: 1 мера, 2 меры, 5 мер, 11 мер, 21 мера."""
    tail, teens = abs(n) % 10, abs(n) % 100
    if tail == 1 and teens != 11:
        return one
    if 2 <= tail <= 4 and not 12 <= teens <= 14:
        return few
    return many


def long_date(value: date | datetime | None) -> str:
    """«25 ноября 2026 года»; a moment is first brought to the site's time zone; nothing for None."""
    day = _local_day(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} года" if day else ""


def day_month(value: date | datetime | None) -> str:
    """«25 ноября», for dates whose year is plain from the context."""
    day = _local_day(value)
    return f"{day.day} {_MONTHS[day.month - 1]}" if day else ""


def month_name(value: date | datetime | None) -> str:
    """The month in the genitive: «ноября»."""
    day = _local_day(value)
    return _MONTHS[day.month - 1] if day else ""


def _local_day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def phone(number: str) -> str:
    """«+78006000000» as people dictate it: «8 800 600-00-00»; anything else is returned as it is."""
    digits = re.sub(r"\D", "", number or "")
    if len(digits) != 11 or digits[0] not in "78":
        return number or ""
    return f"8 {digits[1:4]} {digits[4:7]}-{digits[7:9]}-{digits[9:]}".replace(" ", _NBSP)


def phone_href(number: str) -> str:
    """The same number for a `tel:` link: «+78006000000»."""
    digits = re.sub(r"\D", "", number or "")
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    return f"+{digits}" if (number or "").strip().startswith("+") else digits


def bind(text: str) -> str:
    """Ties short words to the next one and a number to its unit, so that no line ends in «в» or «10»."""
    # Twice: neighbours such as «и в» overlap, so one pass would miss the second of them.
    for _ in range(2):
        text = _SHORT.sub(lambda found: found.group(1) + _NBSP, text)
    return _NUMBER.sub(_NBSP, text).replace(" — ", f"{_NBSP}— ").replace(" – ", f"{_NBSP}– ")
