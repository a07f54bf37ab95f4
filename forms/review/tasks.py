"""What the worker does for the queue."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

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
