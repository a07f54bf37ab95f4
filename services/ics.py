"""Meetings for people's own calendars (RFC 5545): one, those of a group, those of all; to take or to subscribe to.

A meeting keeps its UID wherever it is moved, a cancelled one stays in the file as cancelled, and SEQUENCE grows with
every publishing of the page and every change by staff: whoever subscribed sees the change. Times are in the zone of the
group, whose VTIMEZONE stands in the file. The library folds lines and escapes texts.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from services import schedule
from services.holidays import calendar
from services.schedule import Meeting

if TYPE_CHECKING:
    from icalendar import Event

    from services.models import SupportGroup

BACK, AHEAD = timedelta(days=30), timedelta(days=190)
MOST = 60
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
REFRESH = timedelta(hours=6)


def answer(group: "SupportGroup", url: str, now: datetime) -> HttpResponse:
    """All meetings of a group from a month ago on, half a year ahead."""
    return _file(group.title, _events(group, url, now), f"{group.slug}.ics")


def answer_for_all(title: str, groups: Iterable[tuple["SupportGroup", str]], now: datetime) -> HttpResponse:
    """The same of several groups, each with its address."""
    events = (event for group, url in groups for event in _events(group, url, now))
    return _file(title, events, "groups.ics")


def answer_for_one(group: "SupportGroup", day: date, url: str) -> HttpResponse | None:
    """The meeting that the rule has on this day; None when there never was one."""
    meeting = schedule.meeting_on(group.rule, day, calendar())
    if meeting is not None:
        return _file(group.title, [_event(group, meeting, url)], f"{group.slug}-{day:%Y%m%d}.ics")
    off = dict(schedule.cancelled_between(group.rule, day, day, calendar()))
    if day not in off:
        return None
    return _file(group.title, [_cancelled(group, day, off[day], url)], f"{group.slug}-{day:%Y%m%d}.ics")


def _file(title: str, events: Iterable["Event"], name: str) -> HttpResponse:
    # Four megabytes with Event below, in the processes that ever make such a file and in no other.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Portal//Groups//RU")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for event in events:
        made.add_component(event)
    made.add_missing_timezones()
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def _events(group: "SupportGroup", url: str, now: datetime) -> Iterator["Event"]:
    first, last = now - BACK, now + AHEAD
    meetings = schedule.next_dates(group.rule, first, MOST, calendar())
    for meeting in takewhile(lambda each: each.starts < last, meetings):
        yield _event(group, meeting, url)
    for day, reason in schedule.cancelled_between(group.rule, first.date(), last.date(), calendar()):
        # A public holiday was never announced as a meeting.
        if reason:
            yield _cancelled(group, day, reason, url)


def _event(group: "SupportGroup", meeting: Meeting, url: str) -> "Event":
    event = _begun(group, meeting.by_rule, url)
    event.add("dtstart", meeting.starts)
    event.add("dtend", meeting.ends)
    event.add("status", "CONFIRMED")
    event.add("description", f"{group.audience}. {group.registration_sentence}. {url}")
    return event


def _cancelled(group: "SupportGroup", day: date, reason: str, url: str) -> "Event":
    event = _begun(group, day, url)
    starts = datetime.combine(day, group.starts, group.rule.zone)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=group.minutes))
    event.add("status", "CANCELLED")
    event.add("description", _("Встречи не будет: %(why)s. %(url)s") % {"why": reason, "url": url})
    return event


def _begun(group: "SupportGroup", day: date, url: str) -> "Event":
    changed = group.changed_at
    from icalendar import Event

    event = Event()
    event.add("uid", f"{group.translation_key}-{day:%Y%m%d}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", _sequence(changed))
    event.add("summary", group.title)
    event.add("url", url)
    where: Any = ", ".join(part for part in (group.venue.address if group.venue else "", group.place) if part)
    if where:
        event.add("location", where)
    return event


def _sequence(changed: datetime) -> int:
    """Minutes from EPOCH to the last change: grows with every change, fits into 31 bits for four thousand years."""
    return max(0, int((changed - EPOCH).total_seconds() // 60))
