"""What the site could not answer, for the press service: words only, and only when several people asked."""

import re
from datetime import timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.models import MissedSearch
from home.stems import words

PEOPLE = 3  # who must have asked before the words are written down: a name or a secret is typed by one
_MOST_WORDS, _MOST_LETTERS, _MOST_ROWS = 4, 60, 1000
_FORGOTTEN = timedelta(days=180)
_COUNTED = 30 * 24 * 60 * 60
# Patronymics stand in names of people and nowhere else.
_OF_A_PERSON = re.compile(r"(вич|вна|ична|инична|кызы|оглы)(а|у|ы|е|ем|ой|ей)?$")


def note(query: str, address: str) -> None:
    """Count a search that found nothing, from this address; nothing is stored before the third address asked.

    Queries with digits, letters of other alphabets, a patronymic or many words are not counted at all.
    """
    text = " ".join(words(query))
    if not _is_plain(query, text):
        return
    name = _keyed("search", text)
    if not cache.add(f"{name}:{_keyed('address', address)}", 1, _COUNTED):
        return
    cache.add(name, 0, _COUNTED)
    try:
        people = cache.incr(name)
    except ValueError:  # dropped between the two lines
        return
    if people >= PEOPLE:
        _write(text, people)


def _is_plain(query: str, text: str) -> bool:
    found = text.split()
    return (
        0 < len(found) <= _MOST_WORDS
        and 3 <= len(text) <= _MOST_LETTERS
        and "@" not in query
        and all(re.fullmatch("[а-я]+", word) and not _OF_A_PERSON.search(word) for word in found)
    )


def _keyed(kind: str, value: str) -> str:
    return salted_hmac(f"home.missed_searches.{kind}", value, algorithm="sha256").hexdigest()[:32]


def _write(text: str, people: int) -> None:
    today = timezone.localdate()
    if MissedSearch.objects.filter(words=text).update(times=F("times") + 1, last_on=today):
        return
    MissedSearch.objects.filter(last_on__lt=today - _FORGOTTEN).delete()
    if MissedSearch.objects.count() >= _MOST_ROWS:
        return
    try:
        with transaction.atomic():
            MissedSearch.objects.create(words=text, times=people)
    except IntegrityError:  # somebody else was first
        MissedSearch.objects.filter(words=text).update(times=F("times") + 1, last_on=today)
