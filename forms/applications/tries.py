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
_ANY = 0


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
    """Count a try before looking, so that guesses sent at once cannot pass the limit together; raises instead."""
    now = timezone.now()
    with transaction.atomic():
        # Always in this order, so that two requests never wait for each other.
        everywhere, here, anything = (_row(*key, now) for key in ((number, ""), (number, source), (_ANY, source)))
        if here.count >= FROM_ONE_PLACE:
            problem: Exception = TooManyTries(_minutes(here, now))
        elif everywhere.count >= AT_MOST:
            problem = TooManyTries(_minutes(everywhere, now))
        elif not proven and everywhere.count >= FOR_ONE_NUMBER:
            problem = NeedsProof(_minutes(everywhere, now))
        elif not proven and anything.count >= OF_ONE_ADDRESS:
            problem = NeedsProof(_minutes(anything, now))
        else:
            for row in (everywhere, here, anything):
                row.count += 1
                row.save(update_fields=["since", "count"])
            return
    raise problem


def forgive(number: int, source: str) -> None:
    """The code was right: this try does not count, and neither do the slips of the same person before it."""
    rows = CodeTry.objects.filter(Q(number=number, source="") | Q(number=_ANY, source=source), count__gt=0)
    rows.update(count=F("count") - 1)
    CodeTry.objects.filter(number=number, source=source).delete()
    CodeTry.objects.filter(number__in=(number, _ANY), source__in=("", source), count=0).delete()


def suspicious(address: str) -> bool:
    """Whether so much was guessed from this address that the next try needs a proof of work."""
    row = CodeTry.objects.filter(number=_ANY, source=source_of(address)).first()
    return bool(row and row.since + COOL_OFF > timezone.now() and row.count >= OF_ONE_ADDRESS)


def drop_old() -> int:
    """Forget counters whose cool-off is over; how many."""
    return CodeTry.objects.filter(since__lt=timezone.now() - COOL_OFF).delete()[0]


def _row(number: int, source: str, now: datetime) -> CodeTry:
    rows = CodeTry.objects.select_for_update()
    row, _made = rows.get_or_create(number=number, source=source, defaults={"since": now})
    if row.since + COOL_OFF <= now:
        row.since, row.count = now, 0
    return row


def _minutes(row: CodeTry, now: datetime) -> int:
    wait = row.since + COOL_OFF - now
    return max(1, -(-int(wait.total_seconds()) // 60))
