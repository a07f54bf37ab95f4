"""Taking back: the application, the consent to process the data; and erasing what the consent was for.

152-FZ: a consent may be withdrawn at any time; processing stops, the data is erased within ERASURE_DAYS, and a record
stays that it was: number, dates, states, journal and the version of the consent, but nothing of the person.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions.models import Form

from . import companions, entering, files, indexing, messages, movement
from .models import (
    Application,
    Correction,
    Draft,
    Inquiry,
    Message,
    Note,
    PendingMove,
    Sheet,
    StaffChange,
    StaffReason,
    StaffSheet,
    UnsentText,
    Upload,
)
from .movement import Refused
from .states import BY_ACTION
from .texts import cleaned

REASON_LENGTH = 1000
PERSONAL = ("name", "name_key", "phone", "phone_digits", "phone_rev", "email", "email_key", "summary")
_SHOWN = tuple(column for column in PERSONAL if not column.startswith("email"))
TOLD = ("explanation", "next_step", "extension_reason")


def withdraw(application_id: int, key: str, reason: str = "") -> Application:
    """The applicant needs it no longer. It closes without an explanation of staff. A second time changes nothing."""
    reason = cleaned(reason, REASON_LENGTH)
    with transaction.atomic():
        application = movement.locked(application_id)
        if application.state == BY_ACTION["withdraw"].target:
            return application
        if not application.is_open:
            raise Refused(_("Заявка уже закрыта, отзывать её не нужно."))
        facts = {}
        if reason:
            said = Message.objects.create(application=application, side=Message.Side.APPLICANT, key=key, text=reason)
            indexing.said(application, reason)
            facts["message"] = said.pk
        movement.step(application, BY_ACTION["withdraw"], None, {"has_news": True}, facts)
        messages.withdrawn(application)
    return application


def withdraw_consent(application_id: int) -> Application:
    """Stop processing: an open application closes, and the day of the erasure is set. A second time changes nothing.

    Until then the answers lie where nobody works with them: lists, cards and the search do not know the person.
    """
    with transaction.atomic():
        application = movement.locked(application_id)
        if application.erase_on:
            return application
        day = timezone.localdate() + timedelta(days=settings.ERASURE_DAYS)
        facts = {"erase_on": day.isoformat(), "consent_version": application.sheet.consent_version}
        columns = {"erase_on": day, "has_news": True} | dict.fromkeys(_SHOWN, "") | {"name": _("данные закрыты")}
        indexing.erase(application)
        if application.is_open:
            movement.step(application, BY_ACTION["withdraw_consent"], None, columns, facts)
            messages.withdrawn(application)
        else:
            movement.act(application, "consent_withdrawn", None, columns, facts)
            companions.ended(application)
            messages.consent_withdrawn(application)
        # After the letter that says so.
        Application.objects.filter(pk=application.pk).update(email="", email_key="")
    return application


def erase(application_id: int) -> Application:
    """Erase everything of the person; the record, its journal and its number stay. A second time changes nothing."""
    with transaction.atomic():
        application = movement.locked(application_id)
        if application.erased_at is not None:
            return application
        if application.is_open or application.erase_on is None or application.erase_on > timezone.localdate():
            raise Refused(_("Срок удаления данных ещё не наступил."))
        facts = _empty(application)
        columns: dict[str, Any] = dict.fromkeys(PERSONAL, "") | {"erased_at": timezone.now(), "has_news": False}
        gone = _("Текст удалён вместе с персональными данными.")
        columns |= {name: gone for name in TOLD if getattr(application, name)}
        movement.act(application, "erase", None, columns, facts)
    return application


def end_of_keeping(limit: int = 1000) -> int:
    """Set the day for closed applications that were kept as long as their form says; how many."""
    today, found = timezone.localdate(), 0
    closed = Application.objects.filter(is_open=False, erase_on__isnull=True)
    for form_id, months in Form.objects.values_list("pk", "retention_months"):
        oldest = timezone.now() - relativedelta(months=months)
        ids = closed.filter(form=form_id, closed_at__lt=oldest).order_by("closed_at").values_list("pk", flat=True)
        found += Application.objects.filter(pk__in=list(ids[:limit])).update(erase_on=today)
    return found


def erase_due(limit: int = 1000) -> int:
    """Erase every application whose day has come; how many."""
    end_of_keeping(limit)
    due = Application.objects.filter(erased_at__isnull=True, erase_on__lte=timezone.localdate(), is_open=False)
    found = list(due.order_by("erase_on").values_list("pk", flat=True)[:limit])
    for pk in found:
        erase(pk)
    return len(found)


def _empty(application: Application) -> dict[str, int]:
    """Empty what hangs on it; what there was, in numbers, for the journal."""
    Sheet.objects.filter(application=application).update(answers={})
    StaffSheet.objects.filter(application=application).update(answers={})
    StaffChange.objects.filter(application=application).update(change=None)
    indexing.erase(application)
    Draft.objects.filter(application=application).delete()
    UnsentText.objects.filter(application=application).delete()
    PendingMove.objects.filter(application=application).delete()
    own = Q(application=application) | Q(unsent_of=application)
    uploads = list(Upload.objects.filter(own).values_list("pk", flat=True))
    Upload.objects.filter(pk__in=uploads).delete()
    # After the commit: a rolled-back erasure must not lose the files. What a crash leaves is swept away as an orphan.
    transaction.on_commit(partial(files.drop_contents, uploads))
    Inquiry.objects.filter(application=application).update(asked={})
    return (
        {
            "files": len(uploads),
            "messages": Message.objects.filter(application=application).update(text=""),
            "reasons": StaffReason.objects.filter(application=application).update(text=""),
            "notes": Note.objects.filter(application=application).update(text=""),
            "corrections": Correction.objects.filter(application=application).update(change=None),
            "letters": messages.forget(application),
        }
        | entering.erase(application)
        | companions.erased(application)
    )
