"""When a group meets next: pure functions over its rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.hours import clock
from services.precedence import Special, holding
from services.production_calendar import Calendar
from services.weekdays import EVERY_DAY, ON_DAYS, nth

LOOK_AHEAD = timedelta(days=2 * 366)
LONGEST_MEETING = timedelta(days=1)


class Recurrence(models.TextChoices):
    WEEKLY = "weekly", gettext_lazy("каждую неделю")
    EVERY_N_WEEKS = "every_n_weeks", gettext_lazy("раз в несколько недель")
    MONTHLY = "monthly", gettext_lazy("раз в месяц, в определённый день недели")


class Nth(models.IntegerChoices):
    FIRST = 1, gettext_lazy("первый в месяце")
    SECOND = 2, gettext_lazy("второй в месяце")
    THIRD = 3, gettext_lazy("третий в месяце")
    FOURTH = 4, gettext_lazy("четвёртый в месяце")
    LAST = -1, gettext_lazy("последний в месяце")


@dataclass(frozen=True)
class Rule:
    """How a group meets. `starts_on` is a meeting day for two-weekly groups (the anchor); `weekday`: Monday is 0."""

    recurrence: Recurrence
    weekday: int
    starts: time
    zone: ZoneInfo
    starts_on: date
    minutes: int = 60
    every_weeks: int = 1
    nth: int = 1
    ends_on: date | None = None
    skips_holidays: bool = True
    cancelled: Mapping[date, str] = field(default_factory=dict)
    """Day → why there is no meeting."""
    moved: Mapping[date, datetime] = field(default_factory=dict)
    """Day by the rule → naive local moment at which the meeting really is."""
    specials: tuple[Special, ...] = ()
    """Special days of the place: when it is closed, nobody meets there."""

    def why_not(self, day: date, calendar: Calendar) -> str | None:
        """Why there is no meeting on a day of the rule: the reason, «» for a holiday, None if there is one."""
        if day in self.cancelled:
            return self.cancelled[day]
        if day in self.moved:
            return None
        special = holding(self.specials, day)
        if special is not None and not special.spans:
            return special.reason
        return "" if self.skips_holidays and calendar.is_holiday(day) else None


@dataclass(frozen=True)
class Meeting:
    """One meeting, in the group's own zone; `by_rule` is the day it would be on had nobody moved it."""

    starts: datetime
    ends: datetime
    by_rule: date

    @property
    def is_moved(self) -> bool:
        return self.starts.date() != self.by_rule


def next_dates(rule: Rule, after: datetime, count: int, calendar: Calendar) -> list[Meeting]:
    """The next `count` meetings that have not ended at `after` (aware), earliest first.

    Looks no further than two years ahead.
    """
    kept = (meeting for meeting in _meetings(rule, after, calendar) if meeting.ends > after)
    moved = sorted((m for m in _moved(rule) if m.ends > after), key=_start)
    return list(islice(_merge(kept, moved), count))


def meeting_on(rule: Rule, day: date, calendar: Calendar) -> Meeting | None:
    """The meeting that the rule has on this day, wherever it was moved to; None when there is none."""
    if not any(_days(rule, day, day)) or rule.why_not(day, calendar) is not None:
        return None
    return _meeting(rule, rule.moved.get(day, datetime.combine(day, rule.starts)), day)


def cancelled_between(rule: Rule, first: date, last: date, calendar: Calendar) -> list[tuple[date, str]]:
    """Days on which the group would meet but does not, with the reason («» for a public holiday)."""
    reasons = ((day, rule.why_not(day, calendar)) for day in _days(rule, first, last))
    return [(day, reason) for day, reason in reasons if reason is not None]


def words(rule: Rule) -> str:
    """«Каждую субботу в 10:00», «по средам, раз в две недели, в 16:30», «вторая суббота месяца, в 12:00»."""
    at = clock(rule.starts.hour * 60 + rule.starts.minute)
    if rule.recurrence == Recurrence.MONTHLY:
        return _("{day} месяца, в {time}").format(day=nth(rule.nth, rule.weekday), time=at)
    if rule.recurrence == Recurrence.WEEKLY or rule.every_weeks == 1:
        return _("{day} в {time}").format(day=EVERY_DAY[rule.weekday], time=at)
    often = {2: _("раз в две недели"), 3: _("раз в три недели"), 4: _("раз в четыре недели")}.get(
        rule.every_weeks, _("раз в {n} нед.").format(n=rule.every_weeks)
    )
    return _("{day}, {often}, в {time}").format(day=ON_DAYS[rule.weekday], often=often, time=at)


def _start(meeting: Meeting) -> datetime:
    return meeting.starts


def _days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Days of the rule from `first` to `last`, inclusive, before anything is cancelled or moved."""
    begin = datetime.combine(rule.starts_on, time())
    if rule.recurrence == Recurrence.MONTHLY:
        series = rrule(MONTHLY, dtstart=begin, byweekday=weekday(rule.weekday)(rule.nth))
    else:
        interval = rule.every_weeks if rule.recurrence == Recurrence.EVERY_N_WEEKS else 1
        series = rrule(WEEKLY, dtstart=begin, interval=interval, byweekday=weekday(rule.weekday))
    end = min(last, rule.ends_on) if rule.ends_on else last
    for moment in series.xafter(datetime.combine(first, time()), inc=True):
        if moment.date() > end:
            return
        yield moment.date()


def _meetings(rule: Rule, after: datetime, calendar: Calendar) -> Iterator[Meeting]:
    """Meetings on their own day."""
    since = (after - LONGEST_MEETING).astimezone(rule.zone).date()
    for day in _days(rule, since, since + LOOK_AHEAD):
        if day not in rule.moved and rule.why_not(day, calendar) is None:
            yield _meeting(rule, datetime.combine(day, rule.starts), day)


def _moved(rule: Rule) -> Iterator[Meeting]:
    for day, moment in rule.moved.items():
        if day not in rule.cancelled and any(_days(rule, day, day)):
            yield _meeting(rule, moment, day)


def _meeting(rule: Rule, local: datetime, by_rule: date) -> Meeting:
    starts = local.replace(tzinfo=rule.zone)
    return Meeting(starts, starts + timedelta(minutes=rule.minutes), by_rule)


def _merge(kept: Iterator[Meeting], moved: list[Meeting]) -> Iterator[Meeting]:
    for meeting in kept:
        while moved and moved[0].starts <= meeting.starts:
            yield moved.pop(0)
        yield meeting
    yield from moved
