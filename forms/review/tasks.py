"""What the worker does for the queue."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from . import presence
from .batches import running as batches
from .exporting import keeping, running


@db_task()
def make_exports() -> None:
    """The doorbell: an export was asked for."""
    running.drain()


@db_periodic_task(crontab(minute="*"))
def make_exports_every_minute() -> None:
    """What a lost doorbell or a killed worker left behind."""
    running.drain()


@db_periodic_task(crontab(minute="35"))
def drop_expired_exports() -> None:
    """Files past their time."""
    keeping.drop_expired()


@db_task()
def do_batches() -> None:
    """The doorbell: a batch was started."""
    batches.drain()


@db_periodic_task(crontab(minute="*"))
def do_batches_every_minute() -> None:
    """What a lost doorbell or a killed worker left behind."""
    batches.drain()


@db_periodic_task(crontab(hour="3", minute="50"))
def drop_old_batches() -> None:
    """Batches that were over long ago."""
    batches.drop_old()


@db_periodic_task(crontab(hour="3", minute="55"))
def drop_presence() -> None:
    """Forget who had a card open."""
    presence.drop_old()
