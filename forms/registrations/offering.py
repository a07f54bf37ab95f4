"""What people see of the seats before they register: on the page of a group, in the list of a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.words import day_month, long_date, plural
from services import group_words, meetings
from services.meetings import Key, Slot, Standing
from services.models import SupportGroup
from services.remembered import OFFERED, remember

from . import course, impact
from .models import Session

AHEAD = 6
"""So many meetings of a group can be registered for."""
# Changes of the schedule itself are seen after this time; changes of the seats at once.
SECONDS = 60
GRACE = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list; `of`: meetings or slots."""

    key: str
    of: str
    starts: datetime
    words: str


class Offered:
    """The source that forms and the pages of groups ask."""

    def choices(self, of: str) -> list[tuple[str, str]]:
        """As `fields.meeting.Source`; from the cache."""
        now = timezone.now()
        return [
            (each.key, each.words)
            for each in remember(OFFERED, _choices, SECONDS)
            if of in ("", each.of) and each.starts > now
        ]

    def name_of(self, key: str) -> str:
        """As there; «Группа для детей, 9 декабря 2026 года»."""
        read = meetings.read(key)
        known = remember(f"{OFFERED}-titles", _titles, SECONDS).get(read.group) if read else None
        if read is None or known is None:
            return ""
        title, zone = known
        session = Session.objects.filter(group=read.group, day=read.day, offset=read.offset).first()
        starts = session.starts.astimezone(ZoneInfo(zone)) if session else None
        slot = f", {starts:%-H:%M}" if starts and read.offset else ""
        return f"{title}, {long_date(starts.date() if starts else read.day)}{slot}"

    def standings(self, group: SupportGroup, slots: Iterable[Slot]) -> Mapping[Key, Standing]:
        """As `services.meetings.Seats`; one query."""
        return standings(group, list(slots))

    def told(self, groups: Iterable[SupportGroup]) -> impact.Impact:
        """As there."""
        return impact.of(*groups)


def standings(
    group: SupportGroup, slots: list[Slot], known: Mapping[Key, Session] | None = None
) -> dict[Key, Standing]:
    """How these slots stand; `known`: the sessions of this group where they were read already."""
    if known is None:
        days = Q(day__in=[slot.key.day for slot in slots])
        mine = days | Q(is_course=True) if group.is_course else days
        known = {session.key: session for session in Session.objects.filter(mine, group=group)}
    page = group.registration_page
    url = reverse("apply:begin", args=[page.slug]) if page and page.live else ""
    return {slot.key: _standing(group, slot, _session(group, slot, known), url) for slot in slots}


def _session(group: SupportGroup, slot: Slot, known: Mapping[Key, Session]) -> Session | None:
    """The row of a slot; of a course whose first day was changed the one that goes on."""
    if slot.key in known or not group.is_course:
        return known.get(slot.key)
    now = timezone.now()
    going = (each for each in known.values() if each.is_course and not course.is_past(group, each, now))
    return next((each for each in going if not each.is_cancelled), None)


def _standing(group: SupportGroup, slot: Slot, session: Session | None, url: str) -> Standing:
    if session and session.is_cancelled:
        return Standing(_("Встреча отменена"), is_open=False)
    if not url:
        return Standing(_("Запись сейчас закрыта"), is_open=False)
    link = f"{url}?meeting={slot.key}"
    free = session.free if session else group.seats
    if free > 0:
        return Standing(
            free_words(free, session.seats if session else group.seats), is_open=True, action=_("Записаться"), url=link
        )
    waiting = session.waiting if session else 0
    if waiting < group.waiting_seats:
        words = waiting_words(waiting)
        return Standing(words, is_open=True, action=_("Встать в лист ожидания"), url=link, waits=True)
    return Standing(_("Мест нет, лист ожидания заполнен") if waiting else _("Мест нет"), is_open=False)


def free_words(free: int, seats: int) -> str:
    """«Осталось 4 места из 12», «Свободны все 12 мест»; of a single seat «Свободно»."""
    if seats == 1:
        return _("Свободно")
    places = plural(free, _("место"), _("места"), _("мест"))
    words = {"free": free, "seats": seats, "places": places}
    return (
        _("Свободны все %(free)d %(places)s") if free >= seats else _("Осталось %(free)d %(places)s из %(seats)d")
    ) % words


def waiting_words(waiting: int) -> str:
    """«Мест нет. В листе ожидания 3 человека»."""
    if not waiting:
        return _("Мест нет. Можно встать в лист ожидания")
    people = plural(waiting, _("человек"), _("человека"), _("человек"))
    return _("Мест нет. В листе ожидания %(count)d %(people)s") % {"count": waiting, "people": people}


def when(group: SupportGroup, slot: Slot) -> str:
    """«среда, 9 декабря, 16:30»; of a course from when on."""
    if group.is_course:
        return _("весь курс, ближайшая встреча %(day)s") % {"day": day_month(slot.starts.date())}
    shown = group_words.shown_at(slot.starts, slot.ends)
    return f"{shown.weekday.lower()}, {day_month(shown.date)}, {shown.begins}"


def _choices() -> list[Choice]:
    now = timezone.now()
    groups = [each for each in _groups(now) if each.takes_registrations]
    sessions: dict[int, dict[Key, Session]] = {}
    for session in Session.objects.filter(group__in=groups, starts__gt=now - GRACE):
        sessions.setdefault(session.group_id, {})[session.key] = session
    found = []
    kinds = [_kind(group) for group in groups]
    for group, of in zip(groups, kinds, strict=True):
        slots, alone = meetings.coming(group, now, AHEAD), of == "meetings" and kinds.count(of) == 1
        standing = standings(group, slots, sessions.get(group.pk, {}))
        for slot in slots:
            if standing[slot.key].is_open:
                words = _words(group, slot, standing[slot.key], alone=alone)
                until = slot.ends if group.is_course else slot.starts
                found.append(Choice(str(slot.key), of, until, words))
    return found


def _kind(group: SupportGroup) -> str:
    return "slots" if group.slot_minutes else "meetings"


def _words(group: SupportGroup, slot: Slot, standing: Standing, *, alone: bool) -> str:
    """The day first, for a narrow line shows no more; the place of a slot always, for it is another town."""
    said = when(group, slot)
    if alone:
        return f"{said}. {standing.words}"
    parts = (group.title, said) if group.is_course else (said, group.title)
    return f"{'. '.join(f'{part[:1].upper()}{part[1:]}' for part in parts)}. {standing.words}"


def _groups(now: datetime) -> Iterable[SupportGroup]:
    today = timezone.localdate(now)
    groups: Iterable[SupportGroup] = (
        SupportGroup.objects.going_on(today)
        .public()
        .with_schedule()
        .select_related("registration_page")
        .order_by("path")
    )
    return groups


def _titles() -> dict[int, tuple[str, str]]:
    rows = SupportGroup.objects.values_list("pk", "title", "time_zone")
    return {pk: (title, zone) for pk, title, zone in rows}
