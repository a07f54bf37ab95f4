"""What must not stay in the outbox for ever."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from .models import Outbox


def purge() -> int:
    """Delete finished rows after OUTBOX_KEEP_DAYS; the letters that failed lose body and address with them."""
    before = timezone.now() - timedelta(days=settings.OUTBOX_KEEP_DAYS)
    return Outbox.objects.filter(~Q(state=Outbox.State.WAITING), finished_at__lt=before).delete()[0]
