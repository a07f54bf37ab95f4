"""Reading a list of days as people write it or paste it from an act: «1, 2, 3 января», «30.12», lines, ranges."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from home.words import day_month
from services.production_calendar import ONE_DAY
from services.weekdays import Weekday

MOST_LETTERS = 4000
_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_OF_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_SHORT_DAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
_DAY = (
    r"(?P<{0}iso>\d{{4}}-\d\d?-\d\d?)|(?P<{0}dots>\d\d?\.\d\d?(?:\.\d{{4}}|\.\d\d)?)"
    r"|(?P<{0}day>\d\d?)(?: (?P<{0}month>[а-я]{{3,}})\.?(?: (?P<{0}year>\d{{4}}))?)?"
)
_PIECE = re.compile(
    rf"(?:(?P<before>[а-я]+) )?(?:{_DAY.format('a')})(?: ?(?:-|по) ?(?:{_DAY.format('z')}))?(?: (?P<after>[а-я]+))?"
)


@dataclass
class DayList:
    """What was read: the days in order, and a sentence for everything that could not be."""

    days: list[date] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _Unclear(Exception):
    """A piece that is not a day of this year; the sentence says why."""


@dataclass(frozen=True)
class _Piece:
    """A part of a line as it was typed, and what the pattern found in it."""

    text: str
    found: re.Match[str]

    def month(self) -> int | None:
        """The month that the piece names, for the numbers before it."""
        return next((number for end in "az" if (number := _month(self.found[f"{end}month"]))), None)


def read(text: str, year: int) -> DayList:
    """The days of `year` that the text names; never raises."""
    result = DayList()
    for line in text[:MOST_LETTERS].lower().replace("ё", "е").splitlines():
        for piece in _pieces(line):
            try:
                result.days += _days(piece, year) if isinstance(piece, _Piece) else _refuse(piece)
            except _Unclear as unclear:
                result.problems.append(str(unclear))
    twice = [day for day, times in Counter(result.days).items() if times > 1]
    result.problems += [_("Дважды в списке: {day}. Оставьте один раз.").format(day=day_month(day)) for day in twice]
    result.days = sorted(set(result.days))
    return result


def written(days: Iterable[date]) -> str:
    """The days as the field shows them, one run of days a line: «1–8 января»; `read` takes it back."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == ONE_DAY and day.month == runs[-1][-1].month:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "\n".join(day_month(run[0]) if len(run) == 1 else f"{run[0].day}–{day_month(run[-1])}" for run in runs)


def told(day: date) -> str:
    """«11 января, понедельник»."""
    return f"{day_month(day)}, {Weekday(day.weekday()).label}"


def _pieces(line: str) -> Iterator["_Piece | str"]:
    """The parts of a line; a number without a month takes that of the next part which has one."""
    plain = re.sub(r"\b(\d{4}) ?(?:года|год|г)\b\.?", r"\1", re.sub(r"[\s()]+", " ", line))
    plain = re.sub(r" ?[–—−-] ?", "-", re.sub(r"\bс (?=\d)", "", plain))
    month, found = None, []
    for text in reversed(_split(plain)):
        match = _PIECE.fullmatch(text)
        piece = _Piece(text, match) if match else None
        month = (piece and piece.month()) or month
        needs = piece and piece.found["aday"] and not piece.month()
        if piece and needs and month:
            piece = _Piece(text, _PIECE.fullmatch(f"{text} {_OF_MONTHS[month - 1]}") or piece.found)
        found.append(piece or text)
    yield from reversed(found)


def _split(line: str) -> list[str]:
    """At commas, semicolons and «и»; a weekday by itself belongs to the day before it, or after where that has one."""
    found: list[str] = []
    waiting = ""
    for part in (part.strip(" .") for part in re.split(r"[,;]|\bи\b", line)):
        if _weekday(part) is None:
            found += [f"{waiting} {part}".strip()] if part else []
            waiting = ""
        elif found and not any(_weekday(word) is not None for word in found[-1].split()):
            found[-1] += f" {part}"
        else:
            waiting = part
    return [*found, waiting] if waiting else found


def _days(piece: _Piece, year: int) -> list[date]:
    first = _day(piece, "a", year)
    last = _day(piece, "z", year) if any(piece.found[f"z{part}"] for part in ("iso", "dots", "day")) else first
    if last < first:
        raise _Unclear(_("«{text}»: конец раньше начала.").format(text=piece.text))
    _check_weekday(piece, first, last)
    return [first + ahead * ONE_DAY for ahead in range((last - first).days + 1)]


def _day(piece: _Piece, end: str, year: int) -> date:
    numbers = _numbers(piece, end)
    if numbers is None:
        raise _Unclear(_("«{text}»: допишите месяц, например «3 января».").format(text=piece.text))
    named, month, day = numbers
    if named is not None and named != year:
        words = _("«{text}»: это {named} год, а список на {year}. Проверьте год.")
        raise _Unclear(words.format(text=piece.text, named=named, year=year))
    try:
        return date(year, month, day)
    except ValueError:
        raise _Unclear(_("«{text}»: такого дня нет.").format(text=piece.text)) from None


def _numbers(piece: _Piece, end: str) -> tuple[int | None, int, int] | None:
    """(year or None, month, day) of one end of a range; None without a month."""
    found = piece.found
    if iso := found[f"{end}iso"]:
        named, month, day = (int(part) for part in iso.split("-"))
        return named, month, day
    if dots := found[f"{end}dots"]:
        day, month, *rest = (int(part) for part in dots.split("."))
        return (rest[0] + 2000 if rest[0] < 100 else rest[0]) if rest else None, month, day
    year = found[f"{end}year"] or found["zyear"]
    month_named = _month(found[f"{end}month"]) or piece.month()
    return (int(year) if year else None, month_named, int(found[f"{end}day"])) if month_named else None


def _month(word: str | None) -> int | None:
    if not word:
        return None
    for number, names in enumerate(zip(_MONTHS, _OF_MONTHS, strict=True), start=1):
        if any(name.startswith(word) for name in names):
            return number
    return None


def _check_weekday(piece: _Piece, first: date, last: date) -> None:
    """A weekday in the list is a check of its year: «понедельник, 11 января» is right in 2027 and wrong in 2026."""
    for word in (piece.found["before"], piece.found["after"]):
        if not word:
            continue
        wanted = _weekday(word)
        if wanted is None:
            _refuse(piece.text)
        if first == last and wanted != first.weekday():
            words = _("«{text}»: в {year} году это {day}. Проверьте, тот ли год.")
            label = Weekday(first.weekday()).label
            raise _Unclear(words.format(text=piece.text, year=first.year, day=label))


def _weekday(word: str) -> int | None:
    if word in _SHORT_DAYS:
        return _SHORT_DAYS.index(word)
    return _names().index(word) if word in _names() else None


def _names() -> list[str]:
    return [str(label) for label in Weekday.labels]


def _refuse(text: str) -> list[date]:
    words = _("«{text}» не дата. Пишите так: «3 января», «1–8 января», «03.01».")
    raise _Unclear(words.format(text=text[:60]))
