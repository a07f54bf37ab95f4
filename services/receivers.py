"""Drops what is kept of the places when something below their pages is saved.

Signals and not calls: it is Wagtail that saves the rows of a page and the choices of a snippet, after the page itself.
"""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from services.models import Centre, CentrePhone, HoursException, SharedHours, WeeklyHours
from services.remembered import NETWORK, forget

_UID = "services-network"


def connect() -> None:
    """Called once, when the apps are ready."""
    for model in (CentrePhone, WeeklyHours, HoursException, SharedHours):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=_UID)
    for through in (SharedHours.centres.through, Centre.serves.through):
        m2m_changed.connect(_changed, sender=through, dispatch_uid=_UID)


def _changed(**kwargs: Any) -> None:
    forget(NETWORK)
