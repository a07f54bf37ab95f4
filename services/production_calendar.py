"""The production calendar as a value: weekends, public holidays, days moved by decree, editors' exceptions.

Moved days come from the library `holidays`, which knows the decrees up to the last published year; in later years it
knows the public holidays only, and editors enter the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The calendar at one moment; take it once when many days are asked about."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    """Day → is it a working day."""

    def is_day_off(self, day: date) -> bool:
        """Weekend, public holiday or moved day off, unless an editor said otherwise."""
        if day in self.exceptions:
            return not self.exceptions[day]
        off, working_weekends = _published(day.year)
        return day in off or (_is_weekend(day) and day not in working_weekends)

    def is_holiday(self, day: date) -> bool:
        """A day off that is more than an ordinary weekend: places that are open on Saturdays close on it."""
        if day in self.exceptions:
            return not self.exceptions[day]
        return day in _published(day.year)[0]

    def is_working_weekend(self, day: date) -> bool:
        """A Saturday or Sunday that the government or an editor made a working day."""
        return _is_weekend(day) and not self.is_day_off(day)

    def working_day_from(self, day: date) -> date:
        """The day itself, or the next working one."""
        while self.is_day_off(day):
            day += ONE_DAY
        return day

    def working_day_until(self, day: date) -> date:
        """The day itself, or the last working one before it."""
        while self.is_day_off(day):
            day -= ONE_DAY
        return day


def has_decree(year: int) -> bool:
    """Whether the library knows which days the government moved in this year."""
    return year in country_holidays("RU", years=year).special_public_holidays


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


@lru_cache(maxsize=32)
def _published(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off (without ordinary weekends) and working weekends of a year, as decreed."""
    known = country_holidays("RU", years=year)
    return frozenset(known), frozenset(known.weekend_workdays)
