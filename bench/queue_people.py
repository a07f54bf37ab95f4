"""Who writes the applications: most once, every fourth is by somebody known, forty are by one and the same person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .queue_region import FIRST, MIDDLE, SURNAMES, SYLLABLES, Region

BIRTHDAYS = tuple((date(1950, 1, 1) + timedelta(days=number)) for number in range(20_000))
KNOWN, AGAIN, REGULAR = 20_000, 0.25, 40
"""So many people are remembered, so often one of them writes again, so many applications are by the same person."""
REGULAR_PHONE = "+79000000001"


@dataclass(frozen=True, slots=True)
class Person:
    """Last, first and middle name with their stems, a telephone and a date of birth."""

    names: tuple[str, str, str]
    stems: str
    phone: str
    birth: date


class People:
    """The draw of people, by the same random numbers as all the rest."""

    def __init__(self, region: Region, rows: int, draw: Random) -> None:
        self._stems_of: Callable[[tuple[str, str, str]], str] = region.name_stems
        self._draw, self._every = draw, max(4, rows // REGULAR)
        self._known: list[Person] = []
        self._regular = self._somebody(REGULAR_PHONE)

    def of(self, number: int) -> Person:
        """Who writes the application of this number."""
        if number % self._every == 0:
            return self._regular
        if self._known and self._draw.random() < AGAIN:
            return self._known[int(self._draw.random() * len(self._known))]
        person = self._somebody(f"+79{int(self._draw.random() * 10**9):09d}")
        if len(self._known) < KNOWN:
            self._known.append(person)
        else:
            self._known[number % KNOWN] = person
        return person

    def _somebody(self, phone: str) -> Person:
        any_of = self._draw.random
        place = min(int(self._draw.expovariate(0.2)), len(SURNAMES) - 1)
        last = SURNAMES[place] + SYLLABLES[int(any_of() * 20)] + SYLLABLES[int(any_of() * 20)]
        names = (last, FIRST[int(any_of() * 10)], MIDDLE[int(any_of() * 8)])
        return Person(names, self._stems_of(names), phone, BIRTHDAYS[int(any_of() * len(BIRTHDAYS))])
