"""How often codes may be guessed: strictly for one number from one address, generously for a number from everywhere.

An office or a family behind one address is not locked out by a neighbour, and who knows a number cannot shut its page
for its owner: beyond the generous limits a try costs a proof of work instead of being refused.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .models import CodeTry

COOL_OFF = timedelta(minutes=15)
# Wrong codes within COOL_OFF. With eight digits the last one leaves a guesser one chance in 3 500 a day for a number.
FROM_ONE_PLACE = 5
FOR_ONE_NUMBER = 30
OF_ONE_ADDRESS = 40
AT_MOST = 300
COUNTERS = 3
_ANY = 0
_KEYS = -1


class TooManyTries(Exception):
    """The code was guessed too often; `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class NeedsProof(Exception):
    """Too many guesses by others: this try needs a proof of work. Without one, `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def source_of(address: str) -> str:
    """A digest of an address; the address itself is never stored, and nobody without the key can tell it."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"portal.application.tries:{address}".encode(), hashlib.sha256).hexdigest()[:32]


def count(number: int, source: str, *, proven: bool) -> None:
    """Count a try before looking, so that guesses sent at once cannot pass the limit together; raises instead.

    A try that is refused is rolled back with its count: hammering one door does not wear out the others.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = _counted(number, source, now)
        everywhere, here, anything = (rows[key] for key in ((number, ""), (number, source), (_ANY, source)))
        if here.count > FROM_ONE_PLACE:
            raise TooManyTries(_minutes(here, now))
        if everywhere.count > AT_MOST:
            raise TooManyTries(_minutes(everywhere, now))
        if not proven and everywhere.count > FOR_ONE_NUMBER:
            raise NeedsProof(_minutes(everywhere, now))
        if not proven and anything.count > OF_ONE_ADDRESS:
            raise NeedsProof(_minutes(anything, now))


def forgive(number: int, source: str) -> None:
    """The code was right: this try does not count, and neither do the slips of the same person before it."""
    mine = CodeTry.objects.filter(_of(number, source))
    gone = mine.filter(Q(number=number, source=source) | Q(count__lte=1)).delete()[0]
    if gone < COUNTERS:
        mine.update(count=F("count") - 1)


def count_key(source: str) -> None:
    """Count a wrong key of a program; raises TooManyTries beyond OF_ONE_ADDRESS. A right one never asks here: it has
    256 random bits, and programs behind one address are not shut out by a neighbour's old key."""
    now = timezone.now()
    mine = CodeTry.objects.filter(number=_KEYS, source=source)
    CodeTry.objects.bulk_create([CodeTry(number=_KEYS, source=source, since=now)], ignore_conflicts=True)
    mine.filter(since__lte=now - COOL_OFF).update(count=0, since=now)
    mine.update(count=F("count") + 1)
    row = mine.first()
    if row is not None and row.count > OF_ONE_ADDRESS:
        raise TooManyTries(_minutes(row, now))


def _of(number: int, source: str) -> Q:
    return Q(number=number, source__in=("", source)) | Q(number=_ANY, source=source)


def _counted(number: int, source: str, now: datetime) -> dict[tuple[int, str], CodeTry]:
    """The counters with this try in them."""
    mine = CodeTry.objects.filter(_of(number, source))
    mine.update(count=F("count") + 1)
    rows = {(row.number, row.source): row for row in mine}
    old = [row.pk for row in rows.values() if row.since + COOL_OFF <= now]
    if old:
        CodeTry.objects.filter(pk__in=old).update(since=now, count=1)
    for row in rows.values():
        if row.pk in old:
            row.since, row.count = now, 1
    keys = ((number, ""), (number, source), (_ANY, source))
    fresh = [CodeTry(number=key[0], source=key[1], count=1, since=now) for key in keys if key not in rows]
    if fresh:
        CodeTry.objects.bulk_create(fresh, ignore_conflicts=True)
    return rows | {(row.number, row.source): row for row in fresh}


def suspicious(address: str) -> bool:
    """Whether so much was guessed from this address that the next try needs a proof of work."""
    row = CodeTry.objects.filter(number=_ANY, source=source_of(address)).first()
    return bool(row and row.since + COOL_OFF > timezone.now() and row.count >= OF_ONE_ADDRESS)


def drop_old() -> int:
    """Forget counters whose cool-off is over; how many."""
    return CodeTry.objects.filter(since__lt=timezone.now() - COOL_OFF).delete()[0]


def _minutes(row: CodeTry, now: datetime) -> int:
    wait = row.since + COOL_OFF - now
    return max(1, -(-int(wait.total_seconds()) // 60))
