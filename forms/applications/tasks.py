"""What the worker does for applications by itself."""

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from . import (
    digest,
    drafts,
    due_moves,
    files,
    indexing,
    reminding,
    sealing,
    sizes,
    staff_letters,
    trials,
    tries,
    unsent,
    unsent_files,
    withdrawal,
)


@db_periodic_task(crontab(hour="3", minute="40"))
def drop_old() -> None:
    """Forget trials that were left, drafts, unsent texts and files nobody came back to, and counters of wrong codes."""
    trials.drop_old()
    drafts.drop_old()
    unsent.drop_old()
    unsent_files.drop_old()
    files.drop_orphans()
    tries.drop_old()
    reminding.forget_old(timezone.localdate())


@db_periodic_task(crontab(hour="4", minute="10"))
def erase_due() -> None:
    """Erase the personal data of whoever withdrew the consent, on the day that was promised."""
    withdrawal.erase_due()


@db_periodic_task(crontab(minute="25"))
def make_findable() -> None:
    """What came from before the queue could search, or was loaded past the actions, is found within the hour."""
    indexing.catch_up()


@db_periodic_task(crontab(hour="2", minute="50"))
def seal_journal() -> None:
    """The day's entries of all chains, in one seal."""
    sealing.seal()


@db_periodic_task(crontab(hour="4", minute="40"))
def learn_sizes() -> None:
    """After what the night deleted: lists are planned by the sizes of tables."""
    sizes.learn()


@db_periodic_task(crontab(minute="*/10"))
def tell_staff() -> None:
    """Morning letters and reminders, once each however often this runs; what a stopped worker missed comes with it."""
    if staff_letters.is_time():
        today = timezone.localdate()
        digest.send(today)
        reminding.send(today)


@db_task()
def take_held() -> None:
    """The doorbell of a held step, rung when its time for undo is over."""
    due_moves.take_due()


@db_periodic_task(crontab(minute="*"))
def take_held_every_minute() -> None:
    """Whatever a lost doorbell or a killed process left behind."""
    due_moves.take_due()
