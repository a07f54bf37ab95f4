"""How the worker takes a job, keeps it, and lets go: a lease that runs out when its worker is killed."""

import secrets
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from .models.job import Job

WAITING, RUNNING = Job.State.WAITING, Job.State.RUNNING
EVERY = 0.5
"""Seconds between two words about the progress."""


class Stopped(Exception):
    """Its owner asked to stop."""


class Lost(Exception):
    """Another worker has it: the lease ran out under this one."""


class Failed(Exception):
    """It cannot be done; `sentence` says why and what helps."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def claim(rows: QuerySet[Any], *, one_at_a_time: bool = False) -> Any:
    """Lease the oldest job that nobody works on; None when there is none.

    `one_at_a_time`: leave it while another of its kind runs, so that letters find a free worker.
    """
    now = timezone.now()
    if one_at_a_time and rows.filter(state=RUNNING, lease_until__gt=now).exists():
        return None
    free = rows.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), state__in=(WAITING, RUNNING))
    for pk in list(free.order_by("created_at").values_list("pk", flat=True)[:20]):
        token = secrets.token_hex(16)
        taken = free.filter(pk=pk).update(
            state=RUNNING, lease_token=token, lease_until=_until(), attempts=F("attempts") + 1, started_at=now
        )
        if taken:
            return rows.select_related("owner").get(pk=pk)
    return None


class Hold:
    """A claimed job while it is worked on: says the progress, learns of a stop, ends it."""

    def __init__(self, job: Any) -> None:
        self.job = job
        self._mine = type(job)._default_manager.filter(pk=job.pk, lease_token=job.lease_token, state=RUNNING)
        self._said = 0.0

    def say(self, *, now: bool = False, **values: Any) -> None:
        """Tell the progress, at most every EVERY seconds, and keep the lease. Raises Stopped or Lost."""
        if not now and time.monotonic() - self._said < EVERY:
            return
        self._said = time.monotonic()
        if not self._mine.update(lease_until=_until(), **values):
            raise Lost
        if self._mine.filter(stop_asked=True).exists():
            raise Stopped

    def end(self, state: str, **values: Any) -> bool:
        """Let go of it for ever; False when another worker has it by now."""
        return bool(self._mine.update(state=state, finished_at=timezone.now(), lease_until=None, **values))


def ask_to_stop(rows: QuerySet[Any]) -> int:
    """What waits is stopped at once, what runs at its next word; how many were not over yet."""
    waiting = rows.filter(state=WAITING).update(
        state=Job.State.STOPPED, stop_asked=True, finished_at=timezone.now(), lease_until=None
    )
    return waiting + rows.filter(state=RUNNING).update(stop_asked=True)


def _until() -> Any:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
