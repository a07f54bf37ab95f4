"""What staff say to an applicant: a question that the clock waits for, answers to correct, a letter."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.words import long_date

from . import corrections, deadlines, messages, movement, policies, saying
from .models import Application, Inquiry, Message
from .movement import Refused, Stale
from .states import BY_ACTION
from .texts import cleaned

TEXT_LENGTH = 5000
WHY_LENGTH = 500
MOST_ASKED = 40
LONGEST_WAIT = timedelta(days=60)


def ask(
    application_id: int,
    user: Any,
    expected: int,
    *,
    text: str = "",
    asked: Mapping[str, str] | None = None,
    wanted_by: date | None = None,
) -> Application:
    """Ask in words, or for some answers once more (`asked`: key of the question → why), and stop the clock.

    Raises Refused, Stale, or DoesNotExist when it is not theirs to see.
    """
    text = cleaned(text, TEXT_LENGTH, "text")
    fields = {key: cleaned(why, WHY_LENGTH, "asked") for key, why in (asked or {}).items()}
    if not text and not fields:
        raise Refused(_("Напишите вопрос или выберите ответы, которые нужно поправить."), "text")
    day = _wanted(wanted_by)
    with transaction.atomic():
        move = BY_ACTION["ask"]
        application = movement.locked_for_staff(move, application_id, user, expected)
        _check_fields(application, fields)
        inquiry = Inquiry.objects.create(application=application, asked_by=user, asked=fields, wanted_by=day)
        message = saying.to_applicant(application, user, text, inquiry) if text else None
        facts = {"asked": list(fields), "wanted_by": day.isoformat(), "inquiry": inquiry.pk}
        facts["message"] = message.pk if message else None
        movement.step(application, move, user, {}, facts)
        movement.tell(application, move)
    return application


def resume(application_id: int, user: Any, expected: int) -> Application:
    """Wait no longer: the applicant answered otherwise, or does not answer. Raises as `ask`."""
    return movement.by_staff(BY_ACTION["resume"], application_id, user, expected, changes={})


def write(application_id: int, user: Any, expected: int, text: str) -> Application:
    """A letter that asks for nothing; the clock runs on. Raises as `ask`."""
    text = cleaned(text, TEXT_LENGTH, "text")
    if not text:
        raise Refused(_("Напишите текст сообщения."), "text")
    with transaction.atomic():
        rows = Application.objects.visible_to(user).select_for_update(of=("self",))
        application: Application = rows.get(pk=application_id)
        if user.has_perm(policies.WORK):
            movement.check_free(application)
            if application.version != expected:
                raise Stale(application)
        decision = policies.may_write(user, application)
        if not decision:
            raise Refused(decision.reason)
        message = saying.to_applicant(application, user, text)
        movement.act(application, "letter", user, {}, {"message": message.pk})
        messages.of_move(application, "wrote")
    return application


def note_seen(application: Application) -> None:
    """Who leads it has the card open: what the applicant wrote is read. What arrives meanwhile stays news."""
    now = timezone.now()
    fresh = Application.objects.filter(pk=application.pk, version=application.version)
    with transaction.atomic():
        if fresh.update(has_news=False):
            theirs = Message.objects.filter(application=application, side=Message.Side.APPLICANT)
            theirs.filter(read_at__isnull=True).update(read_at=now)


def _check_fields(application: Application, fields: Mapping[str, str]) -> None:
    if not fields:
        return
    known = {question.key: question.label for question in corrections.correctable(application)}
    if len(fields) > MOST_ASKED or not fields.keys() <= known.keys():
        sentence = _("Часть выбранных вопросов в этой заявке не задавали. Обновите страницу и выберите снова.")
        raise Refused(sentence, "asked")
    for key, why in fields.items():
        if not why:
            raise Refused(_("Напишите, что поправить: «%(label)s».") % {"label": known[key]}, "asked")


def _wanted(day: date | None) -> date:
    today = timezone.localdate()
    if day is None:
        return deadlines.wanted_by(today)
    if not today < day <= today + LONGEST_WAIT:
        sentence = _("Ждать ответа можно с завтрашнего дня и до %(day)s.")
        raise Refused(sentence % {"day": long_date(today + LONGEST_WAIT)}, "wanted_by")
    return day
