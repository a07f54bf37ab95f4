"""What staff say about an application: a message that the applicant reads, and a reason that only colleagues read."""

import secrets
from typing import Any

from . import indexing
from .models import Application, Inquiry, Message, StaffReason


def to_applicant(application: Application, user: Any, text: str, inquiry: Inquiry | None = None) -> Message:
    """A message of staff, shown on the applicant's page; the caller holds the lock."""
    indexing.said(application, text)
    return Message.objects.create(
        application=application,
        inquiry=inquiry,
        side=Message.Side.STAFF,
        author=user,
        # The version of the row is what makes a second click stale here; the key only has to differ.
        key=secrets.token_hex(16),
        text=text,
    )


def to_colleagues(application: Application, user: Any, text: str) -> StaffReason:
    """Why staff did so. It never reaches the applicant; the caller holds the lock."""
    return StaffReason.objects.create(application=application, author=user, text=text)
