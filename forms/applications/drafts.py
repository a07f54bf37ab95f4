"""Journeys under way: the browser holds a random token, the database only its digest."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forms.definitions.models import FormVersion

from . import draft_pass, funnel, plain, tries
from .models import Draft, Trial

TOKEN_BYTES = 32
TRIES = 5


def start(version_id: int, form_id: int | None = None, **first: Any) -> tuple[Draft, str]:
    """A new draft of that version and the token that opens it; the token is nowhere else.

    Empty, or with its `first` answers, typed words and place. The form is asked for where the caller does not know it.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if form_id is None:
        form_id = FormVersion.objects.values_list("form_id", flat=True).get(pk=version_id)
    draft = Draft.objects.create(token_digest=_digest(token), version_id=version_id, form_id=form_id, **first)
    return draft, token


def start_trial(trial: Trial) -> tuple[Draft, str]:
    """A new empty draft of a trial and the token that opens it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return Draft.objects.create(token_digest=_digest(token), trial=trial), token


def load(token: str) -> Draft | None:
    """The draft behind a token, submitted ones too; None when the token is unknown or the draft too old."""
    if not token or len(token) > 100:
        return None
    named = draft_pass.draft_named(token)
    if named is not None:
        found = Draft.objects.filter(pk=named).first()
        draft = found if found and draft_pass.fits(found, token) else None
    else:
        draft = plain.row(Draft, "WHERE token_digest = %s", [_digest(token)])
    return draft if draft and draft.updated_at >= _oldest() else None


def find(form_id: int, number_text: str, code_text: str, address: str, *, proven: bool = False) -> Draft | None:
    """The draft of a form that was begun on another device and is not sent yet, by number and code.

    Throttled like the codes of applications: raises tries.TooManyTries or, unless `proven`, tries.NeedsProof.
    """
    number = draft_pass.read_number(number_text)
    if number is None:
        return None
    # Below nought, where no number of an application is counted.
    source = tries.source_of(address)
    tries.count(-number, source, proven=proven)
    draft = Draft.objects.filter(pk=number, form_id=form_id, application=None, updated_at__gte=_oldest()).first()
    if draft is None or not draft_pass.code_fits(draft, code_text):
        return None
    tries.forgive(-number, source)
    return draft


def kept_until(draft: Draft) -> date:
    """The last day on which it can be continued if nobody touches it."""
    return timezone.localdate(draft.updated_at) + timedelta(days=settings.DRAFT_DAYS)


def save(draft: Draft, answers: dict[str, Any], step_key: str, *, seen: datetime | None = None) -> bool:
    """Keep the answers, `draft.typed`, `draft.news` and the place; False when the draft was sent meanwhile.

    With `seen`, the time of the last change that the caller knows of, also False when there was a later one.
    """
    now = timezone.now()
    rows = Draft.objects.filter(pk=draft.pk, application__isnull=True)
    if seen is not None:
        rows = rows.filter(updated_at=seen)
    changed = {"answers": answers, "typed": draft.typed, "news": draft.news, "step_key": step_key}
    kept = rows.update(**changed, version_id=draft.version_id, updated_at=now)
    if not kept:
        return False
    draft.answers, draft.step_key, draft.updated_at = answers, step_key, now
    return True


def keep_typed(draft: Draft, step_key: str, typed: Mapping[str, Any], may: Callable[[Draft], bool]) -> bool:
    """Keep what is typed into one step and nothing else, other steps as another tab may have left them.

    False when the draft was sent, or when it is not as it `may` be overwritten.
    """
    for _attempt in range(TRIES):
        if draft.application_id is not None or not may(draft):
            return False
        others = {key: value for key, value in draft.typed.items() if key != step_key}
        now, changed = timezone.now(), others | ({step_key: dict(typed)} if typed else {})
        # Whoever changed it since we looked goes first: look again.
        same = Draft.objects.filter(pk=draft.pk, application__isnull=True, updated_at=draft.updated_at)
        if same.update(typed=changed, updated_at=now):
            draft.typed, draft.updated_at = changed, now
            return True
        draft.refresh_from_db()
    return False


def discard(draft: Draft) -> bool:
    """Delete a draft that its applicant wants forgotten; False when it was sent, for then the receipt hangs on it."""
    return bool(Draft.objects.filter(pk=draft.pk, application__isnull=True).delete()[0])


def drop_old() -> int:
    """Delete drafts nobody touched for DRAFT_DAYS, and the emptied ones of what was sent; how many."""
    sent = Q(application__isnull=False, updated_at__lt=timezone.now() - timedelta(days=settings.SENT_DRAFT_DAYS))
    with transaction.atomic():
        doomed = Draft.objects.filter(sent | Q(updated_at__lt=_oldest()))
        funnel.tally(doomed)
        return doomed.delete()[0]


def _oldest() -> Any:
    return timezone.now() - timedelta(days=settings.DRAFT_DAYS)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
