"""Keys for programs, given out and taken back, with a line in the journal of the office for each."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access_keys
from accounts.models import AccessKey
from forms.applications import office
from forms.applications.movement import Refused
from forms.applications.querysets import VIEW

BACKEND = "django.contrib.auth.backends.ModelBackend"


def people() -> Any:
    """For whom a key can be made: who sees the queue."""
    users: Any = get_user_model().objects
    allowed = users.with_perm(VIEW, backend=BACKEND).order_by().values("pk")
    return users.filter(pk__in=allowed, is_active=True).order_by("last_name", "first_name", "username")


def issue(admin: Any, user: Any, purpose: str, ends_on: date) -> tuple[AccessKey, str]:
    """Make a key and give its text, this once. Raises Refused with what to mend."""
    today = timezone.localdate()
    if not admin.has_perm(access_keys.MANAGE):
        raise Refused(_("Ключи выдаёт администратор."))
    if not today <= ends_on <= last_day(today):
        raise Refused(_("Ключ работает не дольше года: до %s.") % last_day(today).strftime("%d.%m.%Y"))
    with transaction.atomic():
        key, text = access_keys.make(user, purpose, ends_on, admin)
        office.write(admin, "key_issued", {"key": key.pk, "person": user.pk, "ends_on": ends_on.isoformat()})
    return key, text


def revoke(admin: Any, key: AccessKey) -> bool:
    """Close a key at once; False where it was closed before. Raises Refused."""
    if not admin.has_perm(access_keys.MANAGE):
        raise Refused(_("Ключи отзывает администратор."))
    with transaction.atomic():
        done = access_keys.revoke(key)
        if done:
            office.write(admin, "key_revoked", {"key": key.pk, "person": key.user_id})
    return done


def last_day(today: date) -> date:
    """The last day that a key made today may have."""
    return today + access_keys.LONGEST


def soon(today: date) -> date:
    """From this day on an end is near enough to be shown."""
    return today + timedelta(days=14)
