"""A letter the day before, to everybody who has a seat; once for each moment at which the meeting begins."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from forms.applications.models import Application

from . import messages, shown
from .models import Registration, Session
from .states import State

FROM_HOUR = 9
"""Nobody is written to at night: from this hour on, in the time of the group."""
LONGEST = timedelta(hours=48)


def run() -> int:
    """Remind of everything that is tomorrow; how many letters. A second round writes nobody again."""
    now = timezone.now()
    soon = (
        Session.objects.taking_place().filter(starts__gt=now, starts__lt=now + LONGEST).select_related("group__venue")
    )
    return sum(_remind(session, now) for session in soon if _is_tomorrow(session, now))


def _is_tomorrow(session: Session, now: datetime) -> bool:
    zone = shown.zone_of(session)
    here, there = now.astimezone(zone), session.starts.astimezone(zone)
    return here.hour >= FROM_HOUR and here.date() + timedelta(days=1) == there.date()


def _remind(session: Session, now: datetime) -> int:
    here = now.astimezone(shown.zone_of(session))
    today = datetime.combine(here.date(), time.min, here.tzinfo)
    # Who registered today has just read where and when.
    due = session.registrations.filter(
        ~Q(reminded_of=F("session__starts")) | Q(reminded_of__isnull=True), state=State.CONFIRMED, made_at__lt=today
    )
    return sum(_tell(session, pk) for pk in sorted(set(due.values_list("application", flat=True))))


def _tell(session: Session, application_id: int) -> bool:
    with transaction.atomic():
        rows = list(
            Registration.objects.select_for_update(of=("self",))
            .filter(session=session, application=application_id, state=State.CONFIRMED)
            .order_by("row")
        )
        fresh = [row for row in rows if row.reminded_of != session.starts]
        if not fresh:
            return False
        Registration.objects.filter(pk__in=[row.pk for row in fresh]).update(reminded_of=session.starts)
        application = Application.objects.get(pk=application_id)
        messages.put("reminder", application, session, fresh, stamp=f"{session.starts:%Y%m%d%H%M%S}")
    return True
