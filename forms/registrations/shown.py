"""Registrations in the words of whoever is registered: for receipt, status page, the page of the link, letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications.models import Application
from forms.definitions import versions
from home.words import day_month
from services import group_words, zones
from services.group_words import lower_first

from . import course
from .course import Change
from .models import Registration, Session
from .states import State

_OVER = gettext_lazy("Встреча прошла")
NEXT = 4
"""So many meetings of a course are named beside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person: `words` say how it stands, `kind` picks the look (ok, wait, ask or off)."""

    id: int
    name: str
    words: str
    kind: str
    may_cancel: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One session with the people of one application."""

    session: Session
    title: str
    url: str
    when: str
    where: str
    lines: tuple[Line, ...]
    changed: str
    cancel_until: str
    days: tuple[str, ...] = ()

    @property
    def may_cancel(self) -> bool:
        """Whether anybody of it can be taken off."""
        return any(line.may_cancel for line in self.lines)

    @property
    def may_answer(self) -> bool:
        """Whether a seat waits for an answer."""
        return any(line.may_answer for line in self.lines)


def blocks_of(application: Application) -> list[Block]:
    """What an application is registered for; no query for one whose form asks for no meeting."""
    definition = versions.definition_of(application.form_version_id)
    if not any(question.type == "meeting" for question in definition.fields):
        return []
    rows = Registration.objects.filter(application=application).select_related("session__group__venue")
    by_session: dict[int, list[Registration]] = {}
    for row in rows.order_by("session__starts", "row"):
        by_session.setdefault(row.session_id, []).append(row)
    return [block_of(each[0].session, each) for each in by_session.values()]


def block_of(session: Session, rows: Sequence[Registration]) -> Block:
    """The same of one session."""
    group = session.group
    return Block(
        session=session,
        title=group.title,
        url=group.url or "",
        when=when(session),
        where=where(session),
        lines=tuple(_line(session, row) for row in rows),
        changed=session.reason if session.sequence else "",
        cancel_until=moment(session, session.until - timedelta(hours=group.cancel_hours)),
        days=days_of(session),
    )


def _line(session: Session, row: Registration) -> Line:
    ahead = not session.is_over
    kinds = {State.CONFIRMED: "ok", State.WAITING: "wait", State.OFFERED: "ask"}
    return Line(
        id=row.pk,
        name=row.name or _("Запись %(row)d") % {"row": row.row},
        words=words(session, row),
        kind=kinds.get(State(row.state), "off"),
        may_cancel=ahead and may_cancel(session, row),
        may_answer=ahead and row.state == State.OFFERED,
    )


def may_cancel(session: Session, row: Registration) -> bool:
    """Whether whoever is registered may still take it back: a seat until the last moment, a place in line always."""
    if row.state == State.WAITING:
        return True
    last = session.until - timedelta(hours=session.group.cancel_hours)
    return row.state == State.CONFIRMED and timezone.now() < last


def words(session: Session, row: Registration) -> str:
    """«Место за вами», «3-й в листе ожидания», «Место предложено: подтвердите до 8 декабря, 18:00»."""
    if session.is_cancelled and row.state == State.CANCELLED:
        return _("Встречи не будет, запись отменена")
    if row.state == State.WAITING:
        return _("В листе ожидания, место %(place)d") % {"place": place_of(row)}
    if row.state == State.OFFERED and row.offered_until:
        return _("Место предложено: подтвердите до %(until)s") % {"until": moment(session, row.offered_until)}
    plain = {
        State.CONFIRMED: _("Место подтверждено"),
        State.CANCELLED: _("Запись отменена"),
        State.LAPSED: _("Время на ответ вышло, место предложили следующему"),
    }
    return plain.get(State(row.state)) or str(_OVER)


def place_of(row: Registration) -> int:
    """Which in the line somebody is now, from 1."""
    return Registration.objects.filter(session=row.session_id).in_line().filter(place__lte=row.place or 0).count()


def zone_of(session: Session) -> ZoneInfo:
    """The time in which its group is told about."""
    return ZoneInfo(session.group.time_zone)


def moment(session: Session, at: object) -> str:
    """«8 декабря, 18:00», in the time of the group."""
    local = timezone.localtime(at, zone_of(session))  # type: ignore[arg-type]
    return f"{day_month(local.date())}, {local:%-H:%M}"


def when(session: Session) -> str:
    """«среда, 9 декабря, 16:30–18:00, время Иркутска»; of a course from when on."""
    zone = zone_of(session)
    starts, ends = session.starts.astimezone(zone), session.ends.astimezone(zone)
    if session.is_course:
        return _("курс, ближайшая встреча %(day)s") % {"day": moment(session, session.starts)}
    shown = group_words.shown_at(starts, ends)
    return f"{shown.weekday.lower()}, {day_month(starts.date())}, {shown.hours}, {zones.city_time(zone)}"


def days_of(session: Session) -> tuple[str, ...]:
    """The next meetings of a course: «9 декабря, 16:30», «16 декабря встречи не будет: в школах каникулы»."""
    plan = course.known_to(session.told_days) if session.is_course else None
    if plan is None:
        return ()
    now = timezone.now()
    today = now.astimezone(zone_of(session)).date()
    coming = [(day, each) for day, each in plan.in_order() if (each.starts > now if each.starts else day >= today)]
    return tuple(
        moment(session, each.starts)
        if each.starts
        else _("%(day)s встречи не будет: %(why)s") % {"day": day_month(day), "why": lower_first(each.reason)}
        for day, each in coming[:NEXT]
    )


def change(session: Session, changed: Change) -> str:
    """«Было 5 декабря, 10:00, стало 6 декабря, 12:00 (ремонт)» of one meeting of a course."""
    words = {
        "old": moment(session, changed.old) if changed.old else "",
        "new": moment(session, changed.new) if changed.new else "",
        "why": lower_first(changed.reason),
    }
    if not changed.new:
        return _("%(old)s — встречи не будет: %(why)s") % words
    if not changed.old:
        return _("%(new)s — встреча добавилась") % words
    return _("было %(old)s — стало %(new)s: %(why)s") % words


def where(session: Session) -> str:
    """The address and the room, as far as they are known."""
    group = session.group
    parts: Iterable[str] = (group.venue.address if group.venue else "", group.place)
    return ", ".join(part for part in parts if part)
