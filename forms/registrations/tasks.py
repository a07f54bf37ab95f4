"""What the worker does for registrations by itself."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from . import following, offers, reminding


@db_task()
def offer_seats() -> None:
    """The doorbell: somebody gave a seat back."""
    offers.run()


@db_periodic_task(crontab(minute="*"))
def offer_every_minute() -> None:
    """Offers that ran out, and whatever a lost doorbell or a killed worker left behind."""
    offers.run()


@db_periodic_task(crontab(minute="*/5"))
def follow_schedules() -> None:
    """Whoever is registered hears of a meeting that was moved or cancelled."""
    following.run()


@db_task()
def follow_schedule() -> None:
    """The doorbell: an editor published another schedule."""
    following.run()


@db_periodic_task(crontab(minute="*/10"))
def remind() -> None:
    """The day before a meeting."""
    reminding.run()
