"""What happened to an application, told twice: in the applicant's words and in those of staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.words import day_month, long_date, plural

from .journal import READ, SUBMIT
from .models import Application, JournalEntry
from .states import ACTS, APPLICANT_WORDS, BY_ACTION, Act, State

DIALOGUE = frozenset({"ask", "letter", "message", "papers", "answer", "withdraw"})
RECEIVED = gettext_lazy("Обращение принято")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the applicant's timeline."""

    at: datetime
    words: str | Promise


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """All that the status page may show. It holds no name, note or read of staff by construction."""

    number: str
    state_words: str | Promise
    promise: str
    is_open: bool
    received_at: datetime
    due_on: date
    explanation: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """One line of the card: who did what; `kind` picks the look (`move` or `out`), `icon` is Wagtail's."""

    at: datetime
    who: str
    words: str | Promise
    kind: str = "move"
    icon: str = "user"
    text: str = ""


@dataclass(frozen=True, slots=True)
class StaffView:
    """The timeline of the card, newest first and by days, with how often the card was read."""

    days: tuple[tuple[str, tuple[StaffEvent, ...]], ...]
    reads: int
    readers: int


def for_applicant(application: Application) -> ApplicantView:
    """The applicant's view; one query, for the journal."""
    entries = application.journal.exclude(action=READ).order_by("seq")
    return ApplicantView(
        number=application.public_number,
        state_words=APPLICANT_WORDS[application.state],
        promise=_promise(application),
        is_open=application.is_open,
        received_at=application.received_at,
        due_on=application.due_on,
        explanation=application.explanation,
        events=tuple(_applicant_events(entries)),
    )


def for_staff(
    application: Application, entries: Sequence[JournalEntry], words: Mapping[int, str] | None = None
) -> StaffView:
    """The card's view of the entries that `entries_of` gave, with what was said in them; no query."""
    days: dict[date, list[StaffEvent]] = {}
    for entry in reversed(entries):
        if entry.action != READ:
            days.setdefault(timezone.localdate(entry.at), []).append(
                _staff_event(entry, application, (words or {}).get(entry.seq, ""))
            )
    reads = [entry.actor_id for entry in entries if entry.action == READ]
    return StaffView(
        days=tuple((_day_words(day), tuple(events)) for day, events in days.items()),
        reads=len(reads),
        readers=len(set(reads)),
    )


def has_dialogue(entries: Sequence[JournalEntry]) -> bool:
    """Whether anything was said after sending, so that there is something to read."""
    return any(entry.action in DIALOGUE for entry in entries)


def entries_of(application: Application) -> list[JournalEntry]:
    """The whole journal with its people, oldest first; one query."""
    return list(application.journal.select_related("actor").order_by("seq"))


def changes_since(application: Application, version: int) -> list[StaffEvent]:
    """What others did after this row version, oldest first: for a refused stale write."""
    entries = application.journal.select_related("actor").exclude(action=READ).order_by("seq")
    return [_staff_event(entry, application) for entry in entries if entry.facts.get("version", 0) > version]


def due_sum(application: Application, entries: Sequence[JournalEntry]) -> list[tuple[str, date]]:
    """How the due date came about: received, plus the period, moved where it fell on a day off; no query."""
    start = timezone.localdate(application.received_at)
    parts = [(_("Получено"), start)]
    days = entries[0].facts.get("days") if entries else None
    if days is None:
        return parts
    plain = start + timedelta(days=days)
    parts.append((_days(days), plain))
    for entry in entries:
        if waited := entry.facts.get("waited"):
            plain += timedelta(days=waited)
            since = day_month(date.fromisoformat(entry.facts["since"]))
            parts.append((_("ждали заявителя с %(day)s, ещё %(days)s") % {"day": since, "days": _days(waited)}, plain))
    if application.paused_on:
        return [*parts, (_("ждём заявителя, срок стоит"), application.paused_on)]
    if application.due_on < plain:
        parts.append((_("это выходной, отвечаем раньше"), application.due_on))
    elif application.due_on > plain:
        parts.append((_("это выходной, отвечаем позже"), application.due_on))
    return parts


def _days(count: int) -> str:
    return f"{count} {plural(count, 'день', 'дня', 'дней')}"


def _promise(application: Application) -> str:
    if application.state == State.WITHDRAWN:
        return _("Заявка отозвана %(date)s, больше мы ею не занимаемся") % {"date": long_date(application.closed_at)}
    if application.paused_on:
        return _("Ответим до %(date)s. Пока ждём вас, этот срок сдвигается") % {"date": long_date(application.due_on)}
    if application.closed_at:
        return _("Ответ дан %(date)s") % {"date": long_date(application.closed_at)}
    return _("Ответим до %(date)s") % {"date": long_date(application.due_on)}


def _applicant_events(entries: Iterable[JournalEntry]) -> Iterable[Event]:
    for entry in entries:
        if entry.action == SUBMIT:
            yield Event(entry.at, RECEIVED)
        elif words := _told(entry.action).applicant_words:
            yield Event(entry.at, words)


def _staff_event(entry: JournalEntry, application: Application, said: str = "") -> StaffEvent:
    who = entry.actor.short_name if entry.actor else ""
    if entry.action == SUBMIT:
        words = _("Получено: %(channel)s") % {"channel": application.get_channel_display()}
        return StaffEvent(entry.at, who, words, icon="form")
    move: Any = BY_ACTION.get(entry.action)
    words = _told(entry.action).staff_words
    if move and move.needs_explanation and application.closed_at:
        return StaffEvent(entry.at, who, words, kind="out", icon="mail", text=application.explanation)
    if entry.action in DIALOGUE:
        mine = entry.actor is not None
        return StaffEvent(
            entry.at, who, words, kind="out" if mine else "in", icon="mail" if mine else "user", text=said
        )
    return StaffEvent(entry.at, who, words)


def _told(action: str) -> Any:
    """The words of a move or an act; an unknown one is told to staff by its name and to the applicant not at all."""
    return BY_ACTION.get(action) or ACTS.get(action) or Act(action, action)


def _day_words(day: date) -> str:
    today = timezone.localdate()
    if day == today:
        return _("Сегодня, %(date)s") % {"date": day_month(day)}
    return day_month(day) if day.year == today.year else long_date(day)
