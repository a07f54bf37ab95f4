"""What the worker does for the API."""

from datetime import timedelta

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from .models import SentOnce

KEPT = timedelta(days=7)


@db_periodic_task(crontab(hour="3", minute="45"))
def drop_sent() -> None:
    """Forget what nobody repeats any more."""
    drop_old()


def drop_old() -> int:
    """How many were forgotten."""
    return int(SentOnce.objects.filter(made_at__lt=timezone.now() - KEPT).delete()[0])
