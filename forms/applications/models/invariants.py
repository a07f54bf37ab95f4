"""What an application can never be, whoever writes: named constraints of the database."""

from django.db import models
from django.db.models import F, Q

from forms.applications.stages import CLOSED, LONGEST_EXTENSION_DAYS, OPEN, SILENT, State

APPLICATION: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(is_open=True, state__in=OPEN) | Q(is_open=False, state__in=CLOSED),
        name="application_open_follows_state",
    ),
    models.CheckConstraint(
        condition=Q(is_open=True, closed_at__isnull=True, result="", explanation="")
        | Q(is_open=False, closed_at__isnull=False, result=F("state")) & (~Q(explanation="") | Q(state__in=SILENT)),
        name="application_closed_has_result_and_explanation",
    ),
    models.CheckConstraint(
        condition=Q(is_open=False) | Q(norm="", next_step="", redirected_to=""),
        name="application_open_has_no_answer",
    ),
    models.CheckConstraint(
        condition=~Q(state=State.REFUSED) | ~Q(norm="") & ~Q(next_step=""),
        name="application_refusal_has_norm_and_next_step",
    ),
    models.CheckConstraint(
        condition=~Q(state=State.REDIRECTED) | ~Q(redirected_to=""),
        name="application_redirection_says_where",
    ),
    models.CheckConstraint(
        condition=Q(state=State.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
        | ~Q(state=State.MERGED) & Q(merged_into__isnull=True),
        name="application_merged_into_another",
    ),
    models.CheckConstraint(
        condition=Q(state=State.POSTPONED, contact_on__isnull=False, assignee__isnull=False) & ~Q(put_off_reason="")
        | ~Q(state=State.POSTPONED) & Q(contact_on__isnull=True, put_off_reason=""),
        name="application_put_off_has_reason_and_day",
    ),
    models.CheckConstraint(
        condition=Q(extended_days=0, extension_reason="")
        | Q(extended_days__gt=0, extended_days__lte=LONGEST_EXTENSION_DAYS) & ~Q(extension_reason=""),
        name="application_extension_has_reason_and_limit",
    ),
    models.CheckConstraint(
        condition=~Q(state=State.IN_WORK) | Q(assignee__isnull=False),
        name="application_in_work_has_assignee",
    ),
    models.CheckConstraint(
        condition=Q(state=State.WAITING_APPLICANT, paused_on__isnull=False, assignee__isnull=False)
        | ~Q(state=State.WAITING_APPLICANT) & Q(paused_on__isnull=True),
        name="application_clock_stands_while_waiting",
    ),
    models.CheckConstraint(
        condition=Q(erased_at__isnull=True)
        | Q(is_open=False, name="", phone="", email="", summary="", name_key="", phone_digits="", email_key=""),
        name="application_erased_holds_no_person",
    ),
]
