"""The morning letter: what waits for a person today. In numbers and links; nothing waits, no letter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from home.words import day_month
from services import holidays

from . import absences, staff_letters
from .models import Application, LetterKind, Team
from .policies import WORK


@dataclass(slots=True)
class Morning:
    """What waits for one person."""

    burning: int = 0
    overdue: int = 0
    contacts: int = 0
    news: int = 0
    mine: int = 0
    unassigned: int = 0
    numbers: list[tuple[str, str]] = field(default_factory=list)
    """Of what burns: number and link."""

    def __bool__(self) -> bool:
        return bool(self.burning or self.contacts or self.news or self.mine or self.unassigned)


def send(today: date) -> int:
    """The letters of this morning that were not settled yet; how many left. Nothing on a day off, nor to who is away.

    A person is settled whether there was something or not: what comes later in the day is no matter of the morning.
    """
    if holidays.calendar().is_day_off(today):
        return 0
    known = staff_letters.settled(LetterKind.DIGEST, today)
    people = [each for each in staff_letters.wants_digest(staff_letters.readers(WORK)) if each.pk not in known]
    away = absences.on(today, [each.pk for each in people])
    people = [each for each in people if each.pk not in away]
    if not people:
        return 0
    mornings = of(people, today)
    return sum(_tell(person, today, mornings[person.pk]) for person in people)


def of(people: Iterable[Any], today: date) -> dict[int, Morning]:
    """What waits for each; four queries however many they are."""
    found = {person.pk: Morning() for person in people}
    running = Q(paused_on__isnull=True)
    held = Application.objects.filter(is_open=True, assignee__in=list(found)).order_by()
    counts = {
        "mine": Count("pk"),
        "burning": Count("pk", filter=running & Q(due_on__lte=today)),
        "overdue": Count("pk", filter=running & Q(due_on__lt=today)),
        "news": Count("pk", filter=Q(has_news=True)),
        "contacts": Count("pk", filter=Q(contact_on__lte=today)),
    }
    for person, *numbers_of in held.values("assignee").annotate(**counts).values_list("assignee", *counts):
        for name, number in zip(counts, numbers_of, strict=True):
            setattr(found[person], name, number)
    hot = Application.objects.burning(today).filter(assignee__in=list(found)).order_by("due_on", "pk")
    for each in hot.only("number_prefix", "assignee").iterator():
        numbers = found[each.assignee_id].numbers
        if len(numbers) < staff_letters.MOST_NAMED:
            numbers.append((each.public_number, staff_letters.link(each.pk)))
    free = dict(
        Application.objects.unassigned()
        .order_by()
        .values("team")
        .annotate(number=Count("pk"))
        .values_list("team", "number")
    )
    members = Team.members.through.objects.filter(user_id__in=list(found), team_id__in=list(free))
    for team, person in members.values_list("team_id", "user_id"):
        found[person].unassigned += free[team]
    return found


def _tell(person: Any, today: date, morning: Morning) -> bool:
    with transaction.atomic():
        if not staff_letters.settle(person, LetterKind.DIGEST, today) or not morning:
            return False
        subject = _("Очередь на %(day)s") % {"day": day_month(today)}
        if morning.burning:
            subject = _("%(subject)s: горит %(count)s") % {"subject": subject, "count": morning.burning}
        staff_letters.put(person, LetterKind.DIGEST, today, subject, morning=morning)
    return True
