"""What the worker does for the pages of the site."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from . import scheduling


@db_periodic_task(crontab(minute="*"))
def keep_times_every_minute() -> None:
    """Pages go live and end when they should; what a stopped worker missed comes with the next round."""
    scheduling.keep_times()
