"""What the worker does for applications by itself."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from . import codes, drafts, files


@db_periodic_task(crontab(hour="3", minute="40"))
def drop_old() -> None:
    """Forget drafts nobody came back to with their files, and counters of wrong codes."""
    drafts.drop_old()
    files.drop_orphans()
    codes.drop_old()
