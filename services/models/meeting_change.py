"""What staff changed about one meeting: beside the page, whose drafts and revisions must not undo it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.remembered import CHANGES, forget, remember

Change = tuple[datetime | None, str, datetime]
"""The new moment (None: there is no meeting), why, and when it was decided."""


class MeetingChange(models.Model):
    """A meeting that staff cancelled (`new_starts` blank) or moved. It holds over the page's own exceptions."""

    group = models.ForeignKey(
        "services.SupportGroup", verbose_name=_("группа"), on_delete=models.CASCADE, related_name="changes"
    )
    date = models.DateField(_("день по расписанию"))
    new_starts = models.DateTimeField(_("новое начало"), null=True, blank=True)
    reason = models.CharField(_("почему"), max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто изменил"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("когда изменили"), default=timezone.now)

    class Meta:
        verbose_name = _("изменение встречи")
        verbose_name_plural = _("изменения встреч")
        default_permissions = ()
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["group", "date"], name="meeting_changed_once")]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {self.reason}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget(CHANGES)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        done = super().delete(*args, **kwargs)
        forget(CHANGES)
        return done


def changes_of(group_id: int | None) -> dict[date, Change]:
    """The changed meetings of a group by their day; no query when warm."""
    return remember(CHANGES, _read).get(group_id or 0, {})


def _read() -> dict[int, dict[date, Change]]:
    found: dict[int, dict[date, Change]] = {}
    rows = MeetingChange.objects.values_list("group", "date", "new_starts", "reason", "made_at")
    for group_id, day, starts, reason, made_at in rows:
        found.setdefault(group_id, {})[day] = (starts, reason, made_at)
    return found
