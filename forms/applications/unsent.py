"""Notes and letters that were typed on a card and not sent yet: kept for who typed them alone."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from .models import Application, UnsentText
from .texts import cleaned

TEXT_LENGTH = 5000


def keep(application: Application, user: Any, kind: str, text: str) -> None:
    """Keep this text instead of the one before; an empty one is forgotten. Raises Refused for one that is too long."""
    text = cleaned(text, TEXT_LENGTH)
    if not text:
        forget(application.pk, user, kind)
        return
    UnsentText.objects.bulk_create(
        [UnsentText(application=application, user=user, kind=kind, text=text, saved_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["application", "user", "kind"],
        update_fields=["text", "saved_at"],
    )


def of(application: Application, user: Any) -> dict[str, UnsentText]:
    """What this person typed on this card, by kind; one query."""
    return {each.kind: each for each in UnsentText.objects.filter(application=application, user=user)}


def forget(application_id: int, user: Any, kind: str) -> None:
    """It was sent, or emptied by hand."""
    UnsentText.objects.filter(application=application_id, user=user, kind=kind).delete()


def drop_old() -> int:
    """Delete what nobody came back to; how many."""
    oldest = timezone.now() - timedelta(days=settings.DRAFT_DAYS)
    return int(UnsentText.objects.filter(saved_at__lt=oldest).delete()[0])
