"""Who is away on a day, who says so, and who stands in for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from home.words import day_month

from . import office
from .models import Absence
from .movement import Refused
from .policies import ASSIGN, WORK


def editable_by(user: Any) -> QuerySet[Absence]:
    """A person's own, and for who assigns work those of the people of the same teams."""
    return Absence.objects.filter(person__in=people_of(user))


def people_of(user: Any) -> QuerySet[Any]:
    """Whose absences this person may write down: their own, their teams' with «assign_application»."""
    users: Any = get_user_model().objects.filter(is_active=True)
    if user.is_superuser:
        return users.filter(teams__isnull=False).distinct() | users.filter(pk=user.pk).distinct()
    if not user.has_perm(ASSIGN):
        return users.filter(pk=user.pk)
    return (users.filter(teams__members=user) | users.filter(pk=user.pk)).distinct()


def colleagues() -> QuerySet[Any]:
    """Who may stand in: whoever works on applications in some team."""
    users: Any = get_user_model().objects
    working = users.with_perm(WORK, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend")
    rows: QuerySet[Any] = users.filter(pk__in=working.values("pk"), is_active=True, teams__isnull=False).distinct()
    return rows


def on(day: date, people: Iterable[int] | None = None) -> dict[int, Absence]:
    """The absences of a day by person (of these people only), the one that lasts longest of each; one query."""
    rows = Absence.objects.filter(starts_on__lte=day, ends_on__gte=day).select_related("substitute")
    if people is not None:
        rows = rows.filter(person__in=list(people))
    return {each.person_id: each for each in rows.order_by("ends_on", "pk")}


def words(absence: Absence) -> str:
    """«нет по 5 декабря, замещает Доржиев Б.»: for who is about to give this person work."""
    told = _("нет по %(day)s") % {"day": day_month(absence.ends_on)}
    if absence.substitute is None:
        return told
    return _("%(away)s, замещает %(name)s") % {"away": told, "name": absence.substitute.short_name}


def save(absence: Absence, user: Any) -> Absence:
    """Write down an absence, new or changed. Raises Refused with a sentence for who wrote it."""
    if not may_edit(user, absence.person):
        raise Refused(_("Отсутствие записывает сам сотрудник или руководитель его группы."))
    if absence.ends_on < absence.starts_on:
        raise Refused(_("Последний день раньше первого. Поменяйте дни местами."))
    if absence.substitute_id == absence.person_id:
        raise Refused(_("Замещать может только другой сотрудник."))
    if absence.substitute is not None and not absence.substitute.has_perm(WORK):
        raise Refused(_("Этот сотрудник не работает с обращениями, замещать не сможет."))
    others = Absence.objects.filter(person=absence.person_id).exclude(pk=absence.pk)
    if others.filter(starts_on__lte=absence.ends_on, ends_on__gte=absence.starts_on).exists():
        raise Refused(_("На эти дни отсутствие уже записано. Измените ту запись."))
    with transaction.atomic():
        absence.save()
        office.write(user, "absence_kept", _facts(absence))
    return absence


def remove(absence: Absence, user: Any) -> None:
    """Take it back. Raises Refused for a foreign one."""
    if not may_edit(user, absence.person):
        raise Refused(_("Отсутствие записывает сам сотрудник или руководитель его группы."))
    with transaction.atomic():
        office.write(user, "absence_dropped", _facts(absence))
        absence.delete()


def _facts(absence: Absence) -> dict[str, Any]:
    """Who and when by number: the journal keeps no name of anybody."""
    days = {"starts_on": absence.starts_on.isoformat(), "ends_on": absence.ends_on.isoformat()}
    return {"person": absence.person_id, "substitute": absence.substitute_id, **days}


def may_edit(user: Any, person: Any) -> bool:
    """Whether this person writes down absences of that one."""
    return bool(people_of(user).filter(pk=person.pk).exists())
