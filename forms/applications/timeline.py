"""What happened to an application, told twice: in the applicant's words and in those of staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.words import day_month, long_date

from . import companions
from .journal import READ, SUBMIT, undone
from .models import Application, JournalEntry
from .states import ACTS, BY_ACTION, Act, State

CALL = "call"
# What has words of its own: a message, or a reason for colleagues.
DIALOGUE = frozenset(
    {"ask", "letter", "message", "papers", "answer", "withdraw", "put_off", "hand_over", "reopen", "mark_spam", CALL}
)
NOTE = "note"
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
    norm: str
    next_step: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """One line of the card: who did what; `kind` picks the look (`move`, `in` or `out`), `icon` is Wagtail's.

    `text` is what applicant and staff said to each other, `inside` what only colleagues read.
    """

    at: datetime
    who: str
    words: str | Promise
    kind: str = "move"
    icon: str = "user"
    text: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who opened the card: how often, and when last."""

    who: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class StaffView:
    """The timeline of the card, newest first and by days, with who read the card, the last one first."""

    days: tuple[tuple[str, tuple[StaffEvent, ...]], ...]
    readers: tuple[Reader, ...]

    @property
    def reads(self) -> int:
        """How often it was opened."""
        return sum(reader.times for reader in self.readers)

    @property
    def kinds(self) -> set[str]:
        """The kinds of events there are."""
        return {event.kind for _day, events in self.days for event in events}


def for_applicant(application: Application) -> ApplicantView:
    """The applicant's view; one query, for the journal."""
    entries = list(application.journal.exclude(action=READ).order_by("seq"))
    nothing = undone(entries)
    return ApplicantView(
        number=application.public_number,
        state_words=application.applicant_words,
        promise=_promise(application),
        is_open=application.is_open,
        received_at=application.received_at,
        due_on=application.due_on,
        explanation=application.explanation,
        norm=application.norm,
        next_step=application.next_step,
        events=tuple(_applicant_events(entry for entry in entries if entry.seq not in nothing)),
    )


def for_staff(
    application: Application,
    entries: Sequence[JournalEntry],
    words: Mapping[int, str] | None = None,
    inside: Mapping[int, str] | None = None,
) -> StaffView:
    """The card's view of the entries that `entries_of` gave, with what was said in them; no query."""
    days: dict[date, list[StaffEvent]] = {}
    for entry in reversed(entries):
        if entry.action != READ:
            event = _staff_event(entry, application, (words or {}).get(entry.seq, ""))
            event = replace(event, inside=(inside or {}).get(entry.seq, ""))
            days.setdefault(timezone.localdate(entry.at), []).append(event)
    return StaffView(
        days=tuple((_day_words(day), tuple(events)) for day, events in days.items()),
        readers=_readers(entries),
    )


def _readers(entries: Sequence[JournalEntry]) -> tuple[Reader, ...]:
    found: dict[int | None, Reader] = {}
    for entry in entries:
        if entry.action == READ and entry.actor:
            before = found.pop(entry.actor_id, None)
            found[entry.actor_id] = Reader(entry.actor.short_name, (before.times if before else 0) + 1, entry.at)
    return tuple(reversed(found.values()))


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


def changes_in(
    application: Application, entries: Sequence[JournalEntry], words: Mapping[int, str], version: int
) -> list[StaffEvent]:
    """The same out of a journal that was read already, with what was said; no query."""
    late = (entry for entry in entries if entry.action != READ and entry.facts.get("version", 0) > version)
    return [_staff_event(entry, application, words.get(entry.seq, "")) for entry in late]


def _promise(application: Application) -> str:
    until = {"date": long_date(application.due_on)}
    if application.closed_at:
        return _promise_of_closed(application, {"date": long_date(application.closed_at)})
    if application.paused_on:
        return _("Ответим до %(date)s. Пока ждём вас, этот срок сдвигается") % until
    if application.contact_on:
        contact = _("Свяжемся с вами до %(day)s") % {"day": long_date(application.contact_on)}
        # A date that is past is no promise any more.
        return (
            contact if application.due_on < application.contact_on else f"{contact}. {_('Ответим до %(date)s') % until}"
        )
    if application.extension_reason:
        return _("Ответим до %(date)s, срок продлён: %(why)s") % (
            until | {"why": application.extension_reason.rstrip(".")}
        )
    return _("Ответим до %(date)s") % until


def _promise_of_closed(application: Application, on: dict[str, str]) -> str:
    if application.state == State.WITHDRAWN:
        return _("Заявка отозвана %(date)s, больше мы ею не занимаемся") % on
    if application.state == State.MERGED:
        return _("Ответ придёт по другой вашей заявке") % on
    if application.state == State.SPAM:
        return _("Если это ошибка, позвоните нам") % on
    return _("Ответ дан %(date)s") % on


def _applicant_events(entries: Iterable[JournalEntry]) -> Iterable[Event]:
    for entry in entries:
        if entry.action == SUBMIT:
            yield Event(entry.at, RECEIVED)
        elif words := (companions.told(entry.facts) or _told(entry.action)).applicant_words:
            yield Event(entry.at, words)


def _staff_event(entry: JournalEntry, application: Application, said: str = "") -> StaffEvent:
    who = entry.actor.short_name if entry.actor else ""
    if entry.action == SUBMIT:
        words = _("Получено: %(channel)s") % {"channel": application.get_channel_display()}
        return StaffEvent(entry.at, who, words, icon="form")
    beside = companions.told(entry.facts)
    words = beside.staff_words if beside else _whose(entry, application) or _told(entry.action).staff_words
    if step := entry.facts.get("step"):
        words = f"{words}: {_told(step).staff_words}"
    if other := entry.facts.get("number"):
        words = f"{words}, № {other}"
    move: Any = BY_ACTION.get(entry.action)
    if move and move.needs_explanation and (said or application.closed_at):
        return StaffEvent(entry.at, who, words, kind="out", icon="mail", text=said or application.whole_answer)
    if entry.action == NOTE:
        return StaffEvent(entry.at, who, words, kind="note", icon="lock", text=said)
    if entry.action not in DIALOGUE or entry.action == "mark_spam":
        return StaffEvent(entry.at, who, words, text=said)
    # Staff only wrote a call down: the words are the applicant's.
    mine = entry.actor is not None and entry.action != CALL
    return StaffEvent(entry.at, who, words, kind="out" if mine else "in", icon="mail" if mine else "user", text=said)


def _whose(entry: JournalEntry, application: Application) -> str:
    """To whom it was given, where that is known without asking, and whether a person did that or the team's rule."""
    if "assignee" not in entry.facts or entry.action not in ("assign", "reassign"):
        return ""
    told, holder = str(_told(entry.action).staff_words), application.assignee
    if holder is not None and holder.pk == entry.facts["assignee"]:
        told = f"{told}: {holder.short_name}"
    return _("%(words)s, по правилу команды «поровну»") % {"words": told} if entry.facts.get("rule") else told


def _told(action: str) -> Any:
    """The words of a move or an act; an unknown one is told to staff by its name and to the applicant not at all."""
    return BY_ACTION.get(action) or ACTS.get(action) or Act(action, action)


def _day_words(day: date) -> str:
    today = timezone.localdate()
    if day == today:
        return _("Сегодня, %(date)s") % {"date": day_month(day)}
    return day_month(day) if day.year == today.year else long_date(day)
