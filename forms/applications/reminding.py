"""Reminders of promised dates: to who leads an application some days before, to who assigns work when the day has come.

Each date of each application is told to a person once, all that is due in one letter a person and day, on working days
only. What came too late for today's letter, or fell on days when nothing ran, stands in the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from home.words import day_month, plural
from services import holidays
from services.production_calendar import ONE_DAY, Calendar

from . import absences, staff_letters
from .models import Application, LetterKind, Reminded, Team, Told
from .policies import ASSIGN, WORK
from .querysets import ApplicationQuerySet

KEPT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Line:
    """One application of a letter."""

    number: str
    due: str
    url: str


def remind_on(due: date, days: int, calendar: Calendar) -> date:
    """The day on which to remind of a date: so many days before it, on a working day."""
    return calendar.working_day_until(due - timedelta(days=days))


def horizon(today: date, days: int, calendar: Calendar) -> date:
    """The last date that `remind_on` gives to today or earlier; today is a working day."""
    return calendar.working_day_from(today + ONE_DAY) + timedelta(days=days - 1)


def send(today: date) -> int:
    """Both reminders of this day, to whom they have not gone yet; how many letters. Nothing on a day off."""
    calendar = holidays.calendar()
    if calendar.is_day_off(today):
        return 0
    return _before(today, horizon(today, settings.REMIND_DAYS_BEFORE, calendar)) + _due(today)


def forget_old(today: date) -> None:
    """Drop what nobody asks for any more: days long past, and dates of what was closed."""
    Told.objects.filter(day__lt=today - KEPT).delete()
    Reminded.objects.filter(application__is_open=False, due_on__lt=today - KEPT).delete()


def _before(today: date, until: date) -> int:
    """To who leads them, or stands in: applications whose date comes near."""
    running = Application.objects.filter(is_open=True, paused_on__isnull=True, due_on__lte=until)
    rows = running.filter(assignee__isnull=False)
    holders = set(rows.order_by().values_list("assignee", flat=True).distinct())
    away = absences.on(today, holders)
    told_instead = {pk: absence.substitute_id or pk for pk, absence in away.items()}
    leading: dict[int, list[int]] = {}
    for holder in holders:
        leading.setdefault(told_instead.get(holder, holder), []).append(holder)
    return sum(
        _tell(person, LetterKind.BEFORE, today, rows.filter(assignee__in=leading[person.pk]))
        for person in _unsettled(WORK, LetterKind.BEFORE, today, leading)
    )


def _due(today: date) -> int:
    """To who assigns work in a team: applications whose day has come."""
    rows = Application.objects.burning(today)
    teams = set(rows.order_by().values_list("team", flat=True).distinct())
    leads = _leads_of(teams, today)
    return sum(
        _tell(person, LetterKind.DUE, today, rows.filter(team__in=leads[person.pk]))
        for person in _unsettled(ASSIGN, LetterKind.DUE, today, leads)
    )


def _leads_of(teams: Iterable[int], today: date) -> dict[int, list[int]]:
    """Teams by the person who is told about them: the leads who are there, else all of its leads."""
    ids = {person.pk for person in staff_letters.readers(ASSIGN)}
    away = absences.on(today, ids)
    of_team: dict[int, list[int]] = {}
    members = Team.members.through.objects.filter(team_id__in=list(teams), user_id__in=ids)
    for team, person in members.order_by("user_id").values_list("team_id", "user_id"):
        of_team.setdefault(team, []).append(person)
    found: dict[int, list[int]] = {}
    for team, people in of_team.items():
        for person in [pk for pk in people if pk not in away] or people:
            found.setdefault(person, []).append(team)
    return found


def _unsettled(perm: str, kind: LetterKind, today: date, wanted: Mapping[int, Any]) -> list[Any]:
    known = staff_letters.settled(kind, today)
    return [person for person in staff_letters.readers(perm, wanted) if person.pk not in known]


def _tell(person: Any, kind: LetterKind, today: date, rows: ApplicationQuerySet) -> bool:
    """One letter about those of these rows that this person was not told of; one transaction."""
    told = Reminded.objects.filter(person=person, kind=kind, application=OuterRef("pk"), due_on=OuterRef("due_on"))
    with transaction.atomic():
        fresh = list(rows.filter(~Exists(told)).order_by("due_on", "pk").only("number_prefix", "due_on"))
        if not fresh or not staff_letters.settle(person, kind, today):
            return False
        Reminded.objects.bulk_create(
            (Reminded(person=person, application=each, kind=kind, due_on=each.due_on) for each in fresh),
            ignore_conflicts=True,
        )
        words = plural(len(fresh), "обращение", "обращения", "обращений")
        subject = _("Скоро срок: %(count)s %(words)s") if kind == LetterKind.BEFORE else _("Срок: %(count)s %(words)s")
        lines = [
            Line(each.public_number, day_month(each.due_on), staff_letters.link(each.pk))
            for each in fresh[: staff_letters.MOST_NAMED]
        ]
        more = len(fresh) - len(lines)
        told_words = {"count": len(fresh), "words": words}
        staff_letters.put(person, kind, today, subject % told_words, lines=lines, more=more, **told_words)
    return True
