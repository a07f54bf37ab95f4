"""What the worker does for applications by itself."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from . import codes, drafts


@db_periodic_task(crontab(hour="3", minute="40"))
def drop_old() -> None:
    """Forget drafts nobody came back to, and counters of wrong codes."""
    drafts.drop_old()
    codes.drop_old()
