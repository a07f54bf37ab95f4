"""The due date in words, the first thing a row says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from home.words import day_month, plural

SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """Words with a look: `late`, `today`, `soon` or plain; the icon repeats what the colour says."""

    words: str
    look: str = ""
    icon: str = ""


def chip_of(row: Any, today: date) -> Chip:
    """The chip of an open application: what is sooner, its day of contact or its promised date."""
    if row.contact_on and row.contact_on <= row.due_on:
        return _contact(row.contact_on, today)
    return chip(row.due_on, today, row.paused_on)


def chip(due_on: date, today: date, paused_on: date | None = None) -> Chip:
    """How far an open application is from its date; while the clock stands, how long the applicant is waited for."""
    if paused_on:
        waited = max(0, (today - paused_on).days)
        if not waited:
            return Chip(_("пауза: ждём ответа"), "pause", "pause")
        return Chip(
            _("пауза: ждём %(days)s") % {"days": f"{waited} {plural(waited, 'день', 'дня', 'дней')}"}, "pause", "pause"
        )
    days = (due_on - today).days
    if days < 0:
        late = f"{-days} {plural(-days, 'день', 'дня', 'дней')}"
        return Chip(_("просрочено на %(days)s") % {"days": late}, "late", "warning")
    if days == 0:
        return Chip(_("сегодня"), "today", "time")
    if days == 1:
        return Chip(_("завтра"), "soon")
    if days <= SOON_DAYS:
        return Chip(_("через %(days)s") % {"days": f"{days} {plural(days, 'день', 'дня', 'дней')}"}, "soon")
    return Chip(_("до %(date)s") % {"date": day_month(due_on)})


def _contact(contact_on: date, today: date) -> Chip:
    days = (contact_on - today).days
    if days < 0:
        late = f"{-days} {plural(-days, 'день', 'дня', 'дней')}"
        return Chip(_("не связались: %(days)s") % {"days": late}, "late", "warning")
    if days == 0:
        return Chip(_("связаться сегодня"), "today", "time")
    return Chip(_("отложено до %(date)s") % {"date": day_month(contact_on)}, "pause", "pause")
