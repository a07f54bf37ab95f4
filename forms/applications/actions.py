"""The only writers of applications. Each function is one transaction: lock, check, write, journal, outbox."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import FormVersion
from services import holidays, territories

from . import applicant, journal, messages, numbers, policies, routing
from .models import Application, Draft, Sheet
from .states import BY_ACTION, CLOSED, Move

EXPLANATION_LENGTH = 5000


class Refused(Exception):
    """The action is not possible; `sentence` says why, for the person who asked."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Incomplete(Refused):
    """A required question is unanswered; `step_key` is where."""

    def __init__(self, step_key: str) -> None:
        super().__init__(_("Ответьте на обязательные вопросы, и заявку можно будет отправить."))
        self.step_key = step_key


class Stale(Exception):
    """Somebody changed the application since the form was drawn; `application` is how it is now."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.pk)
        self.application = application


def submit(draft: Draft, consent_version: int, channel: str = "site") -> Application:
    """Send a draft. A second call, at the same moment too, returns the same application.

    Raises Incomplete, or Refused when the consent the applicant saw is no longer the current text of the form.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        if held.application_id is None:
            application = _create(held.version_id, held.form_id, held.answers, consent_version, channel, _key(held))
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
    key = f"api:{hashlib.sha256(f'{version.form_id}:{idempotency_key}'.encode()).hexdigest()}"
    try:
        with transaction.atomic():
            known = Application.objects.filter(source_key=key).first()
            if known is None:
                return _create(version.pk, version.form_id, answers, consent_version, channel, key)
    except IntegrityError:
        # A twin request won the race between the look and the insert.
        known = Application.objects.get(source_key=key)
    kept = Journey(versions.definition_of(known.form_version_id), answers).kept()
    if known.sheet.answers != kept:
        raise Refused(_("Этот ключ уже использован для другой заявки. Возьмите новый ключ."))
    return known


def take(application_id: int, user: Any, expected: int) -> Application:
    """Make the application this user's work. Raises Refused, Stale, or DoesNotExist when it is not theirs to see."""
    return _move(BY_ACTION["take"], application_id, user, expected, {"assignee": user})


def resolve(application_id: int, user: Any, expected: int, explanation: str) -> Application:
    """Close as solved, with what the applicant will read. Raises as `take`."""
    return _close("resolve", application_id, user, expected, explanation)


def explain(application_id: int, user: Any, expected: int, explanation: str) -> Application:
    """Close with an explanation where help itself was not possible. Raises as `take`."""
    return _close("explain", application_id, user, expected, explanation)


def _close(action: str, application_id: int, user: Any, expected: int, explanation: str) -> Application:
    text = explanation.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Напишите, что сделано или почему помочь нельзя: это прочтёт заявитель."))
    if len(text) > EXPLANATION_LENGTH:
        raise Refused(_("Сократите объяснение до %(limit)s знаков.") % {"limit": EXPLANATION_LENGTH})
    return _move(BY_ACTION[action], application_id, user, expected, {"explanation": text})


def _move(move: Move, application_id: int, user: Any, expected: int, changes: dict[str, Any]) -> Application:
    with transaction.atomic():
        application = Application.objects.visible_to(user).select_for_update(of=("self",)).get(pk=application_id)
        if not user.has_perm(move.permission):
            raise Refused(policies.may_move(user, move, application).reason)
        if application.version != expected:
            raise Stale(application)
        decision = policies.may_move(user, move, application)
        if not decision:
            raise Refused(decision.reason)
        source = application.state
        _apply(application, move, changes)
        facts: dict[str, Any] = {"version": application.version}
        if "explanation" in changes:
            # The journal outlives an erasure, so it proves the text without keeping it.
            facts["explanation_sha256"] = hashlib.sha256(changes["explanation"].encode()).hexdigest()
        journal.write(application, user, move.action, source, move.target, facts)
        if move.target in CLOSED:
            messages.closed(application)
    return application


def _apply(application: Application, move: Move, changes: dict[str, Any]) -> None:
    """Write the move's columns; the caller holds the lock and has checked the version."""
    values: dict[str, Any] = {"state": move.target, "version": application.version + 1, **changes}
    if move.target in CLOSED:
        values |= {"is_open": False, "closed_at": timezone.now(), "result": move.target}
    for name, value in values.items():
        setattr(application, name, value)
    application.save(update_fields=list(values))


def _create(
    version_id: int, form_id: int, answers: dict[str, Any], consent_version: int, channel: str, source_key: str
) -> Application:
    definition = versions.definition_of(version_id)
    kept = _checked(definition, answers, consent_version)
    now = timezone.now()
    days = settings.ANSWER_PERIOD_DAYS
    due_on = holidays.answer_by(timezone.localdate(now), days)
    territory_id = territories.ids().get(applicant.territory_code(definition, kept))
    team = routing.team_for(territory_id, definition.team)
    application = Application(
        number_prefix=numbers.prefix(),
        source_key=source_key,
        form_id=form_id,
        form_version_id=version_id,
        team=team,
        territory_id=territory_id,
        channel=channel,
        received_at=now,
        due_on=due_on,
        **applicant.columns(definition, kept),
    )
    facts = {"version": 1, "team": team.pk, "due_on": due_on.isoformat(), "days": days, "channel": str(channel)}
    entry = journal.begin(application, now, facts)
    application.save(force_insert=True)
    entry.application = application
    entry.save(force_insert=True)
    Sheet.objects.create(application=application, answers=kept, consent_version=consent_version, consent_at=now)
    messages.received(application)
    return application


def _checked(definition: Definition, answers: dict[str, Any], consent_version: int) -> dict[str, Any]:
    """The answers to keep: hidden ones are dropped, required ones are there, the consent is to the current text."""
    if consent_version != definition.consent.version:
        raise Refused(_("Текст согласия изменился. Прочитайте его и отправьте заявку ещё раз."))
    journey = Journey(definition, answers)
    missing = journey.first_incomplete()
    if missing is not None:
        raise Incomplete(missing.key)
    return journey.kept()


def _key(draft: Draft) -> str:
    return f"draft:{draft.token_digest}"
