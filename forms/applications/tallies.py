"""Counting answers that need no card, and adding them up. Only presses that were not taken back count."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from . import routing
from .entering import ENTER
from .models import Tally, TallyKind
from .models.entry import SPOKEN
from .movement import Refused
from .querysets import VIEW, VIEW_ALL

UNDO = timedelta(minutes=10)


def count(kind_id: int, user: Any, channel: str, key: str) -> Tally:
    """One more, for the team of this person; the same key is the same press. Raises Refused, TallyKind.DoesNotExist."""
    if not user.has_perm(ENTER):
        raise Refused(_("Ваша роль не позволяет отмечать вопросы."))
    if channel not in SPOKEN:
        raise Refused(_("Выберите, как человек обратился."))
    kind = TallyKind.objects.get(pk=kind_id, is_used=True)
    team = user.teams.order_by("name").first() or routing.common()
    digest = hashlib.sha256(f"{user.pk}:{key}".encode()).hexdigest()
    row = {"kind": kind, "team": team, "channel": channel, "day": timezone.localdate(), "counted_by": user}
    try:
        with transaction.atomic():
            return Tally.objects.get_or_create(key=digest, defaults=row)[0]
    except IntegrityError:
        return Tally.objects.get(key=digest)


def undo(tally_id: int, user: Any) -> bool:
    """Take back one's own press of the last minutes; whether there was one."""
    own = Tally.objects.filter(pk=tally_id, counted_by=user, undone_at__isnull=True, at__gt=timezone.now() - UNDO)
    return bool(own.update(undone_at=timezone.now()))


def visible_to(user: Any) -> QuerySet[Tally]:
    """What this person's teams have counted; of all teams with «view_all_applications»."""
    rows = Tally.objects.filter(undone_at__isnull=True)
    if not user.is_active or not user.has_perm(VIEW):
        return rows.none()
    return rows if user.has_perm(VIEW_ALL) else rows.filter(team__in=user.teams.order_by().values("pk"))


def today(user: Any) -> list[tuple[TallyKind, int]]:
    """The kinds in use with what one's own teams have counted today; two queries."""
    counted = visible_to(user).filter(day=timezone.localdate()).values_list("kind").annotate(n=Count("pk")).order_by()
    numbers = dict(counted)
    return [(kind, numbers.get(kind.pk, 0)) for kind in TallyKind.objects.filter(is_used=True)]


def table(user: Any, first: date, last: date) -> list[Any]:
    """One row for each kind, day, channel and team of the period, with its number; one query."""
    rows = visible_to(user).filter(day__range=(first, last))
    named = rows.values("kind__name", "day", "channel", "team__name").annotate(n=Count("pk"))
    return list(named.order_by("kind__place", "kind__name", "day", "channel", "team__name"))
