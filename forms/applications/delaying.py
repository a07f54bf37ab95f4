"""More time: put off with a reason and a day of contact, come back to it, extend the promised date once."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.words import long_date

from . import deadlines, movement, saying
from .models import Application
from .movement import Refused
from .stages import PutOffReason
from .states import BY_ACTION
from .texts import needed

NOTICE_LENGTH = 5000
REASON_LENGTH = 500


def put_off(
    application_id: int, user: Any, expected: int, *, put_off_reason: str, contact_on: date | None, notice: str
) -> Application:
    """Do it later, with a reason and the day we write or call by; the promised date stays. Again is possible too.

    Raises Refused, Stale, or DoesNotExist when it is not theirs to see.
    """
    told = needed(notice, NOTICE_LENGTH, _("Напишите, почему нужно больше времени: это прочтёт заявитель."), "notice")
    if put_off_reason not in PutOffReason.values:
        raise Refused(_("Выберите, почему не сейчас."), "put_off_reason")
    with transaction.atomic():
        move = BY_ACTION["put_off"]
        application = movement.locked_for_staff(move, application_id, user, expected)
        day = _contact_day(application, contact_on)
        columns: dict[str, Any] = {"put_off_reason": put_off_reason, "contact_on": day}
        facts: dict[str, Any] = {"contact_on": day.isoformat(), "why": put_off_reason}
        facts["message"] = saying.to_applicant(application, user, told).pk
        movement.step(application, move, user, columns, facts)
        movement.tell(application, move)
    return application


def pick_up(application_id: int, user: Any, expected: int) -> Application:
    """Work on what was put off. Raises as `put_off`."""
    return movement.by_staff(BY_ACTION["pick_up"], application_id, user, expected, changes={})


def extend(application_id: int, user: Any, expected: int, *, days: int, extension_reason: str) -> Application:
    """Move the promised date, once, with a reason that the applicant reads. Raises as `put_off`."""
    sentence = _("Напишите, почему нужно больше времени: это прочтёт заявитель.")
    why = needed(extension_reason, REASON_LENGTH, sentence, "extension_reason")
    with transaction.atomic():
        move = BY_ACTION["extend"]
        application = movement.locked_for_staff(move, application_id, user, expected)
        longest = deadlines.longest_extension()
        if not 1 <= days <= longest:
            raise Refused(_("Продлить можно на срок от 1 до %(days)s дней.") % {"days": longest}, "days")
        due = deadlines.due_of(application, extended_days=days)
        if due.on <= max(application.due_on, timezone.localdate()):
            raise Refused(_("Так срок не сдвинется: новая дата %(day)s.") % {"day": long_date(due.on)}, "days")
        columns = {"extended_days": days, "extension_reason": why, "due_on": due.on}
        movement.step(application, move, user, columns, {"extended": days} | due.facts)
        movement.tell(application, move)
    return application


def latest_contact(application: Application, today: date) -> date:
    """The last day of contact that may be promised: not after the promised answer; where that is past, within days."""
    within = today + timedelta(days=settings.CONTACT_WITHIN_DAYS)
    return application.due_on if application.due_on > today else within


def _contact_day(application: Application, day: date | None) -> date:
    today = timezone.localdate()
    last = latest_contact(application, today)
    if day is None or not today < day <= last:
        sentence = _("Назовите день, когда вы свяжетесь: с завтрашнего дня до %(day)s.")
        raise Refused(sentence % {"day": long_date(last)}, "contact_on")
    return day
