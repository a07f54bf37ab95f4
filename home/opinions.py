"""«Помогло?»: counted without cookies and without knowing who said it.

The address is looked at only to keep one person from counting many times: a keyed hash of it lies in the cache for a
day.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from home.models import AnswerPage, Opinion

OF_AN_ANSWER = 3  # from one address in a day: a family and a library share theirs
OF_ALL = 60
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Line:
    """One answer in the report; `share` is that of «нет», in per cent, None while nobody said anything."""

    pk: int
    title: str
    topic: str
    yes: int
    no: int

    @property
    def total(self) -> int:
        """How many said anything."""
        return self.yes + self.no

    @property
    def share(self) -> int | None:
        """Of «нет», in per cent."""
        return round(100 * self.no / self.total) if self.total else None


def note(answer: AnswerPage, address: str, *, helped: bool) -> bool:
    """Counts one opinion; False where this address has said enough for a day."""
    if not (_is_within(f"{address} {answer.pk}", OF_AN_ANSWER) and _is_within(address, OF_ALL)):
        return False
    column = "yes" if helped else "no"
    if not Opinion.objects.filter(answer=answer).update(**{column: F(column) + 1}):
        try:
            with transaction.atomic():
                Opinion.objects.create(answer=answer, **{column: 1})
        except IntegrityError:  # somebody else was first
            Opinion.objects.filter(answer=answer).update(**{column: F(column) + 1})
    return True


def report() -> list[Line]:
    """Published answers, the greatest share of «нет» first; those nobody spoke about at the end. One query."""
    rows = AnswerPage.objects.live().values_list("pk", "title", "topic", "opinion__yes", "opinion__no")
    lines = [Line(pk, title, topic, yes or 0, no or 0) for pk, title, topic, yes, no in rows]
    return sorted(lines, key=lambda line: (-(line.no / line.total if line.total else -1), -line.total, line.title))


def _is_within(who: str, most: int) -> bool:
    key = "opinions:" + salted_hmac("home.opinions", who, algorithm="sha256").hexdigest()[:32]
    cache.add(key, 0, _DAY)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # dropped between the two lines
        return True
