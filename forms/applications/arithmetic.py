"""How the promised date came about, for the card."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from home.words import day_month, plural

from . import journal, lending
from .models import Application, JournalEntry


def due_sum(application: Application, entries: Sequence[JournalEntry]) -> list[tuple[str, date]]:
    """How the due date came about: received, plus the period, the days the clock stood and the extension, moved where
    it fell on a day off; no query."""
    start = timezone.localdate(application.received_at)
    parts = [(_("Получено"), start)]
    days = entries[0].facts.get("days") if entries else None
    if days is None:
        return parts
    plain = start + timedelta(days=days)
    parts.append((_days(days), plain))
    undone = journal.undone(entries)
    for entry in (each for each in entries if each.seq not in undone):
        added, words = _moved(entry)
        if added:
            plain += timedelta(days=added)
            parts.append((words, plain))
    lender = _lender(application, [entry for entry in entries if entry.seq not in undone])
    if lender:
        parts.append((_("у объединённого %(number)s срок раньше") % {"number": lender}, application.due_on))
    if application.paused_on:
        return [*parts, (_("ждём заявителя, срок стоит"), application.paused_on)]
    if lender:
        return parts
    if application.due_on < plain:
        parts.append((_("это выходной, отвечаем раньше"), application.due_on))
    elif application.due_on > plain:
        parts.append((_("это выходной, отвечаем позже"), application.due_on))
    return parts


def _lender(application: Application, entries: Sequence[JournalEntry]) -> str:
    """The number of the merged application whose earlier date holds; blank for none. The newest date says so."""
    newest = next((entry for entry in reversed(entries) if entry.facts.get("due_on")), None)
    if newest is None or newest.facts["due_on"] != application.due_on.isoformat():
        return ""
    return str(newest.facts.get("lent") or (newest.facts["number"] if newest.action == lending.ABSORB else ""))


def _moved(entry: JournalEntry) -> tuple[int, str]:
    """By how many days an entry moved the date, and the words for it."""
    if extended := entry.facts.get("extended"):
        return extended, _("продлили %(day)s, ещё %(days)s") % {
            "day": day_month(timezone.localdate(entry.at)),
            "days": _days(extended),
        }
    if stood := entry.facts.get("waited"):
        words = {"day": day_month(date.fromisoformat(entry.facts["since"])), "days": _days(stood)}
        if entry.action == "reopen":
            return stood, _("было закрыто с %(day)s, ещё %(days)s") % words
        return stood, _("ждали заявителя с %(day)s, ещё %(days)s") % words
    return 0, ""


def _days(count: int) -> str:
    return f"{count} {plural(count, 'день', 'дня', 'дней')}"
