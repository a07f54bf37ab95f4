"""Writers of applications: here how they come in, and by name every step of staff.

The steps themselves live in `assigning`, `asking`, `delaying` and `closing`, those of applicants in `answering`,
`papers` and `withdrawal`; there are no others. Each function is one transaction: lock, check, write, journal, outbox.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions import rules, versions, whole
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import Form, FormVersion
from services import holidays, territories

from . import applicant, companions, files, indexing, journal, labelling, messages, numbers, opening, routing, sharing
from .asking import ask, resume, write
from .assigning import assign, hand_over, take
from .closing import EXPLANATION_LENGTH, explain, mark_spam, redirect, refuse, reopen, resolve
from .delaying import extend, pick_up, put_off
from .models import Application, Draft, Label, Sheet, Urgency
from .movement import Refused, Stale

__all__ = [
    "EXPLANATION_LENGTH",
    "Incomplete",
    "Refused",
    "Stale",
    "ask",
    "assign",
    "explain",
    "extend",
    "hand_over",
    "mark_spam",
    "pick_up",
    "put_off",
    "redirect",
    "refuse",
    "reopen",
    "resolve",
    "resume",
    "sent_before",
    "submit",
    "submit_answers",
    "take",
    "write",
]


class Incomplete(Refused):
    """A required question is unanswered; `step_key` is where."""

    def __init__(self, step_key: str) -> None:
        super().__init__(_("Ответьте на обязательные вопросы, и заявку можно будет отправить."))
        self.step_key = step_key


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent, on its way to becoming an application; `entered_by`: who of staff wrote it down for them."""

    version_id: int
    form_id: int
    answers: dict[str, Any]
    consent_version: int
    channel: str
    source_key: str
    entered_by: Any = None


def submit(draft: Draft, consent_version: int, channel: str = "site") -> Application:
    """Send a draft. A second call, at the same moment too, returns the same application.

    Raises Incomplete, opening.Closed, or Refused when the consent the applicant saw is no longer the current text.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).select_related("form").get(pk=draft.pk)
        if held.application_id is None:
            # A trial has neither: trials.finish ends it.
            assert held.version_id is not None and held.form is not None
            opening.admit(held.form)
            key = f"draft:{held.token_digest}"
            definition = versions.definition_of(held.version_id)
            answers = files.owned(definition, held.answers, held)
            application = create(Sent(held.version_id, held.form.pk, answers, consent_version, channel, source_key=key))
            files.attach(application, held, definition, application.sheet.answers)
            held.application, held.answers, held.typed, held.updated_at = application, {}, {}, timezone.now()
            held.save(update_fields=["application", "answers", "typed", "updated_at"])
    draft.application, draft.answers = held.application, held.answers
    assert held.application is not None
    return held.application


def submit_answers(
    version: FormVersion, answers: dict[str, Any], consent_version: int, channel: str, idempotency_key: str
) -> Application:
    """Send answers at once (API). The same key returns the same application; raises as `submit`, and Refused when
    the key was used with other answers."""
    answers = files.owned(versions.definition_of(version.pk), answers, None)
    key = _api_key(version.form_id, idempotency_key)
    try:
        with transaction.atomic():
            known = Application.objects.filter(source_key=key).first()
            if known is None:
                opening.admit(Form.objects.get(pk=version.form_id))
                return create(Sent(version.pk, version.form_id, answers, consent_version, channel, source_key=key))
    except IntegrityError:
        # A twin request won the race between the look and the insert.
        known = Application.objects.get(source_key=key)
    kept = Journey(versions.definition_of(known.form_version_id), answers).kept()
    if known.sheet.answers != kept:
        raise Refused(_("Этот ключ уже использован для другой заявки. Возьмите новый ключ."))
    return known


def sent_before(form_id: int, idempotency_key: str) -> Application | None:
    """The application that `submit_answers` made for this key, if any."""
    return Application.objects.filter(source_key=_api_key(form_id, idempotency_key)).select_related("sheet").first()


def _api_key(form_id: int, idempotency_key: str) -> str:
    return f"api:{hashlib.sha256(f'{form_id}:{idempotency_key}'.encode()).hexdigest()}"


def rehearse(definition: Definition, answers: dict[str, Any], consent_version: int) -> Application:
    """The row that sending these answers would make, unsaved; raises as `submit`. Nothing is kept, nobody is told."""
    sent = Sent(0, 0, answers, consent_version, "site", source_key="")
    kept = _checked(definition, sent)
    return _row(definition, sent, kept, labelling.named(rules.topics(definition, kept), make=False))


def _row(definition: Definition, sent: Sent, kept: dict[str, Any], topics: Sequence[Label]) -> Application:
    now = timezone.now()
    territory_id = territories.ids().get(applicant.territory_code(definition, kept))
    return Application(
        number_prefix=numbers.prefix(),
        source_key=sent.source_key,
        form_id=sent.form_id,
        form_version_id=sent.version_id,
        team=companions.team(definition, kept) or routing.team_for(territory_id, rules.route(definition, kept), topics),
        territory_id=territory_id,
        topic=topics[0] if topics else None,
        channel=sent.channel,
        received_at=now,
        due_on=holidays.answer_by(timezone.localdate(now), settings.ANSWER_PERIOD_DAYS),
        urgency=Urgency.USUAL - rules.urgency(definition, kept),
        **applicant.columns(definition, kept),
    )


def create(sent: Sent) -> Application:
    """Everything a new application consists of; the caller holds the transaction and has asked `opening.admit`.

    Raises as `submit`.
    """
    definition = versions.definition_of(sent.version_id)
    if sent.entered_by is not None:
        definition = whole.eased(definition)
    kept = _checked(definition, sent)
    labels = labelling.named(rules.topics(definition, kept))
    application = _row(definition, sent, kept, labels)
    now, days = application.received_at, settings.ANSWER_PERIOD_DAYS
    facts = {"version": 1, "team": application.team_id, "due_on": application.due_on.isoformat(), "days": days}
    entry = journal.begin(application, now, facts | {"channel": str(sent.channel)}, sent.entered_by)
    application.save(force_insert=True)
    labelling.put(application, labels[1:])
    entry.application = application
    entry.save(force_insert=True)
    Sheet.objects.create(application=application, answers=kept, consent_version=sent.consent_version, consent_at=now)
    indexing.first(application, definition, kept)
    messages.received(application)
    sharing.share(application, application.team)
    # Last: whoever gives out seats locks a row that everybody else who sends this form waits for.
    companions.made(application, definition, kept)
    return application


def _checked(definition: Definition, sent: Sent) -> dict[str, Any]:
    """The answers to keep: hidden ones are dropped, required ones are there, no rule of the form stands in the way, and
    the consent is to the current text."""
    if sent.consent_version != definition.consent.version:
        raise Refused(_("Текст согласия изменился. Прочитайте его и отправьте заявку ещё раз."))
    journey = Journey(definition, sent.answers)
    missing = journey.first_incomplete()
    if missing is not None:
        raise Incomplete(missing.key)
    stop = rules.hard_stop(definition, sent.answers)
    if stop is not None:
        raise Refused(stop.message)
    for failed in rules.failed_checks(definition, sent.answers):
        raise Refused(failed.message)
    return journey.kept()
