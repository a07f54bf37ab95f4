"""The portal for measuring its queue inside one process: the database and the patience of a real one, no mail."""

from portal.settings.base import BUSY_DATABASE
from portal.settings.base import QUEUE_PATIENCE_MS as _PATIENCE
from portal.settings.test import *  # noqa: F403
from portal.settings.test import DATABASES

# The suite waits longer than people do, and writes without waiting for the disk.
QUEUE_PATIENCE_MS = _PATIENCE
DATABASES["default"]["OPTIONS"] |= BUSY_DATABASE
