"""Trials of forms: begun by an editor, gone through like a real journey, recorded, cleaned. Nothing of them is sent."""

import datetime
import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from forms.definitions import rules
from forms.definitions.document import Definition

from . import actions, files
from .models import Draft, Trial

PREFIX = "trial--"
ADDRESS = re.compile(rf"{PREFIX}([0-9a-f]{{32}})")
DAYS = 1


def begin(page: Page, definition: Definition, digest: str, user: Any, back: str = "") -> Trial:
    """A new trial of this content; `back` is where its receipt leads."""
    return Trial.objects.create(
        page_id=page.pk, digest=digest, document=definition.to_json(), made_by=user, facts={"back": back}
    )


def slug_of(trial: Trial) -> str:
    """What stands in the addresses of its journey in place of a form's slug."""
    return f"{PREFIX}{trial.address}"


def at(slug: str) -> Trial | None:
    """The trial of such an address, for a day; None for every other slug. Whose rights suffice is not asked here."""
    found = ADDRESS.fullmatch(slug)
    if not found:
        return None
    return Trial.objects.filter(address=found[1], document__isnull=False, created_at__gte=_oldest()).first()


def finish(trial: Trial, draft: Draft, definition: Definition, consent_version: int, user: Any) -> None:
    """Check everything that sending checks, remember that it went through, and wipe what was typed and attached.

    Raises as `actions.submit`. There is never an application, so no queue, figure or letter can hold it.
    """
    with transaction.atomic():
        held = Trial.objects.select_for_update().get(pk=trial.pk)
        if held.finished_at is None:
            answers = files.owned(definition, draft.answers, draft)
            made = actions.rehearse(definition, answers, consent_version)
            held.facts |= {"receipt_text": rules.receipt_text(definition, answers)}
            held.facts |= {"team": made.team.name, "due_on": made.due_on.isoformat(), "with_letter": bool(made.email)}
            held.finished_at, held.made_by = timezone.now(), user
            held.save(update_fields=["facts", "finished_at", "made_by"])
    trial.facts, trial.finished_at = held.facts, held.finished_at
    _wipe(trial)


def vouch(page: Page, digest: str, how: Trial.How, user: Any = None) -> None:
    """Record that this content needs no trial: it was live before, or comes ready from who laid it."""
    if not is_tried(page.pk, digest):
        Trial.objects.create(page_id=page.pk, digest=digest, how=how, made_by=user, finished_at=timezone.now())


def is_tried(page_id: int | None, digest: str) -> bool:
    """Whether a trial of exactly this content was finished, or somebody vouched for it."""
    return last(page_id, digest) is not None


def last(page_id: int | None, digest: str) -> Trial | None:
    """The newest finished trial of this content."""
    if page_id is None:
        return None
    done = Trial.objects.filter(page_id=page_id, digest=digest, finished_at__isnull=False)
    return done.defer("document").select_related("made_by").order_by("-finished_at", "-pk").first()


def drop_old() -> int:
    """Wipe what was begun and left more than a day ago, and the documents of finished ones; how many were left."""
    old = Trial.objects.filter(created_at__lt=_oldest())
    old.filter(finished_at__isnull=False, document__isnull=False).update(document=None)
    left = list(old.filter(finished_at__isnull=True))
    for trial in left:
        _wipe(trial)
        trial.delete()
    return len(left)


def _wipe(trial: Trial) -> None:
    for draft in Draft.objects.filter(trial=trial):
        for uploads in files.of_draft(draft).values():
            for upload in uploads:
                files.remove(draft, str(upload.pk))
        draft.delete()


def _oldest() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=DAYS)
