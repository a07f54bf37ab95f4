"""Letters to members of staff about their work: numbers and links, never a name or a word of an applicant.

Everything is settled once: a person, a kind and a day are one row of `Told`, written in the transaction that puts
the letter into the outbox. A second round, another worker or one that was killed and began anew finds the row and
passes on.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils import timezone

from forms.notifications import outbox
from services import holidays

from .models import LetterKind, StaffLetters, Told

QUEUE = "/admin/queue/"
TEMPLATES = {
    LetterKind.DIGEST: "emails/staff_digest.txt",
    LetterKind.BEFORE: "emails/staff_before.txt",
    LetterKind.DUE: "emails/staff_due.txt",
}
MOST_NAMED = 20
"""So many numbers stand in a letter; the folder behind the link has them all."""


def is_time(now: datetime | None = None) -> bool:
    """Whether letters about work leave now: a working day, from STAFF_LETTERS_HOUR until UNTIL of the region."""
    here = timezone.localtime(now)
    hours = range(settings.STAFF_LETTERS_HOUR, settings.STAFF_LETTERS_UNTIL)
    return here.hour in hours and not holidays.is_day_off(here.date())


def readers(perm: str, ids: Iterable[int] | None = None) -> list[Any]:
    """Members of teams with this permission who have an address, by number; one query."""
    users: Any = get_user_model().objects
    allowed = users.with_perm(perm, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend")
    rows = users.filter(pk__in=allowed.values("pk"), is_active=True, teams__isnull=False).exclude(email="")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return list(rows.distinct().order_by("pk"))


def settle(person: Any, kind: LetterKind, day: date) -> bool:
    """Take the letter of this day for oneself; False when it was settled before. Inside a transaction."""
    return bool(Told.objects.get_or_create(person=person, kind=kind, day=day)[1])


def settled(kind: LetterKind, day: date) -> set[int]:
    """Whose letter of this day is settled."""
    return set(Told.objects.filter(kind=kind, day=day).values_list("person_id", flat=True))


def put(person: Any, kind: LetterKind, day: date, subject: str, **context: Any) -> None:
    """Put the letter into the outbox; inside the transaction of `settle`."""
    context |= {"queue_url": f"{settings.PUBLIC_URL}{QUEUE}", "account_url": f"{settings.PUBLIC_URL}/admin/account/"}
    outbox.put(
        key=f"staff:{person.pk}:{kind}:{day.isoformat()}",
        recipient=person.email,
        subject=subject,
        body=render_to_string(TEMPLATES[kind], context).strip() + "\n",
    )


def wants_digest(people: Iterable[Any]) -> list[Any]:
    """Those who did not switch it off; one query."""
    against = set(StaffLetters.objects.filter(digest=False).values_list("person_id", flat=True))
    return [person for person in people if person.pk not in against]


def wants_mentions(people: Iterable[Any]) -> list[Any]:
    """Those who did not switch off the letter about a note that calls them; one query."""
    people = list(people)
    rows = StaffLetters.objects.filter(mentions=False, person__in=[person.pk for person in people])
    against = set(rows.values_list("person_id", flat=True))
    return [person for person in people if person.pk not in against]


def link(number: int) -> str:
    """The card of an application."""
    return f"{settings.PUBLIC_URL}{QUEUE}{number}/"
