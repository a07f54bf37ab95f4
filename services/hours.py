"""Is a centre open at a moment, and what will change next: pure functions over its hours.

Times are those of the centre's own zone, kept as minutes since midnight; 1440 is midnight at the end of the day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise, zip_longest
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from home.words import day_month
from services import precedence
from services.precedence import Spans, Special
from services.production_calendar import ONE_DAY, Calendar
from services.weekdays import ON_DAY

DAY_MINUTES = 24 * 60
LOOK_AHEAD_DAYS = 60
LUNCH = (11 * 60, 14 * 60 + 30)
"""A break that begins between these minutes of the day is called lunch."""
FRIDAY = 4


class Kind(StrEnum):
    OPEN = "open"
    BREAK = "break"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Timetable:
    """When a place is open. `week` maps a weekday (Monday is 0) to its spans; a day that is absent is closed.

    `zone_words` («по времени Москвы») follow the first time of a sentence where the reader's clock may be another one.
    """

    zone: ZoneInfo
    week: Mapping[int, Spans] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    specials: tuple[Special, ...] = ()
    works_on_holidays: bool = False
    zone_words: str = ""

    def told(self, minute: int) -> str:
        """«9:00», «9:00 по времени Москвы»."""
        return f"{clock(minute)} {self.zone_words}".rstrip()


@dataclass(frozen=True)
class OpenState:
    """`words` are for people; `until` is the first moment at which they may no longer be true.

    `opens` is when the doors of a closed place open next; None where that is unknown.
    """

    kind: Kind
    words: str
    until: datetime | None = None
    opens: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.kind is Kind.OPEN

    @property
    def is_warning(self) -> bool:
        """Come later: the doors are not open and it is known why or until when."""
        return self.kind in {Kind.BREAK, Kind.CLOSED}


def span(opens: time, closes: time) -> tuple[int, int]:
    """Minutes of the day; closing at 0:00 means the end of the day."""
    end = closes.hour * 60 + closes.minute
    return opens.hour * 60 + opens.minute, end or DAY_MINUTES


def with_break(opens: time, closes: time, from_: time | None, to: time | None) -> Spans:
    """The spans of a day from 9:00 to 18:00 with a break from 13:00 to 14:00."""
    start, end = span(opens, closes)
    if from_ is None or to is None:
        return ((start, end),)
    pause, back = span(from_, to)
    return tuple((a, b) for a, b in ((start, min(pause, end)), (max(back, start), end)) if a < b)


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """The same hours without overlaps: rows that meet or overlap become one, so no break is told that nobody has."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def spans_on(table: Timetable, day: date, calendar: Calendar) -> Spans:
    """When the place is open on `day`.

    A special day goes first (`precedence` says which), then public holidays and moved days off (closed, unless the
    place works on holidays), then the week. A weekend that the government made a working day has Friday's hours where
    its own are empty: the shortest day of the week, so nobody comes to a closed door.
    """
    special = special_on(table, day)
    if special is not None:
        return special.spans
    if calendar.is_holiday(day) and not table.works_on_holidays:
        return ()
    usual = table.week.get(day.weekday(), ())
    if not usual and calendar.is_working_weekend(day):
        return table.week.get(FRIDAY, ())
    return usual


def special_on(table: Timetable, day: date) -> Special | None:
    """The special day that holds, as `precedence` decides."""
    return precedence.holding(table.specials, day)


def state_at(table: Timetable, moment: datetime, calendar: Calendar) -> OpenState:
    """What to tell about the place at `moment` (aware)."""
    local = moment.astimezone(table.zone)
    today, minute = local.date(), local.hour * 60 + local.minute
    spans = spans_on(table, today, calendar)
    for start, end in spans:
        if start <= minute < end:
            return _open(table, calendar, today, minute, spans=spans)
    for (_start, end), (back, _end) in pairwise(spans):
        if end <= minute < back:
            words = _("Перерыв до {time}").format(time=table.told(back))
            return OpenState(Kind.BREAK, words, _moment(table, today, back), opens=_moment(table, today, back))
    return _closed(table, calendar, today, minute)


def clock(minute: int) -> str:
    """«9:00»; midnight at the end of a day is «24:00»."""
    return f"{minute // 60}:{minute % 60:02}"


def hours_words(spans: Spans) -> tuple[str, str]:
    """(«9:00–18:00», «обед 13:00–14:00»); («», «») for a closed day. A break at another time is «перерыв»."""
    if not spans:
        return "", ""
    if spans == ((0, DAY_MINUTES),):
        return _("круглосуточно"), ""
    whole = f"{clock(spans[0][0])}–{clock(spans[-1][1])}"
    pauses = ", ".join(f"{clock(end)}–{clock(back)}" for (_s, end), (back, _e) in pairwise(spans))
    if not pauses:
        return whole, ""
    at_noon = len(spans) == 2 and LUNCH[0] <= spans[0][1] < LUNCH[1]
    return whole, (_("обед {pauses}") if at_noon else _("перерыв {pauses}")).format(pauses=pauses)


def _open(table: Timetable, calendar: Calendar, today: date, minute: int, *, spans: Spans) -> OpenState:
    end, later = next((end, start) for (begin, end), start in _followed(spans) if begin <= minute < end)
    until = _moment(table, today, end)
    if later is not None:
        words = _("Открыто до {time}, потом перерыв до {back}").format(time=table.told(end), back=clock(later))
        return OpenState(Kind.OPEN, words, until)
    if end == DAY_MINUTES:
        overnight = spans_on(table, today + ONE_DAY, calendar)
        if overnight and overnight[0] == (0, DAY_MINUTES):
            return OpenState(Kind.OPEN, _("Открыто круглосуточно"), until)
        if overnight and overnight[0][0] == 0:
            # At 19:00 «до 2:00» is this night; at 9:00 «до 10:00» would be heard as an hour from now.
            closes = overnight[0][1]
            words = _("Открыто до завтра, до {time}") if closes > minute else _("Открыто до {time}")
            return OpenState(Kind.OPEN, words.format(time=table.told(closes)), until)
    words = _("Открыто до {time}").format(time=table.told(end))
    note = "" if special_on(table, today) else table.notes.get(today.weekday(), "")
    return OpenState(Kind.OPEN, f"{words}, {note}" if note else words, until)


def _followed(spans: Spans) -> Iterator[tuple[tuple[int, int], int | None]]:
    """Each span with the beginning of the next one."""
    yield from zip_longest(spans, (start for start, _end in spans[1:]))


def _closed(table: Timetable, calendar: Calendar, today: date, minute: int) -> OpenState:
    midnight = _moment(table, today, DAY_MINUTES)
    for day, start in openings(table, today, calendar):
        if day == today and start <= minute:
            continue
        words = _("Откроется {day} в {time}").format(day=_day_words(day, today), time=table.told(start))
        until = _moment(table, today, start) if day == today else midnight
        return OpenState(Kind.CLOSED, words, until, opens=_moment(table, day, start))
    if not table.week:
        return OpenState(Kind.UNKNOWN, _("Часы работы уточните по телефону"))
    return OpenState(Kind.CLOSED, _("Закрыто"), midnight)


def openings(table: Timetable, since: date, calendar: Calendar) -> Iterator[tuple[date, int]]:
    """Every (day, minute) at which the doors open, for two months from `since`."""
    for ahead in range(LOOK_AHEAD_DAYS):
        day = since + ahead * ONE_DAY
        for start, _end in spans_on(table, day, calendar):
            yield day, start


def _day_words(day: date, today: date) -> str:
    away = (day - today).days
    if away == 0:
        return _("сегодня")
    if away == 1:
        return _("завтра")
    return str(ON_DAY[day.weekday()]) if away < 7 else day_month(day)


def _moment(table: Timetable, day: date, minute: int) -> datetime:
    extra, minute = divmod(minute, DAY_MINUTES)
    return datetime.combine(day + extra * ONE_DAY, time(minute // 60, minute % 60), table.zone)
