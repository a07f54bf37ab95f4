"""What the worker does with the outbox."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from . import delivery, housekeeping


@db_task()
def drain_outbox() -> None:
    """The doorbell: something was put into the outbox."""
    delivery.drain()


@db_periodic_task(crontab(minute="*"))
def drain_every_minute() -> None:
    """Retries, and whatever a lost doorbell or a killed worker left behind."""
    delivery.drain()
    delivery.give_up()


@db_periodic_task(crontab(hour="3", minute="20"))
def purge_daily() -> None:
    """Personal data that nobody needs any more."""
    housekeeping.purge()
