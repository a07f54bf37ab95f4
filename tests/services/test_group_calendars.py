"""Files for people's own calendars, and the sheet of a month."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from services import month
from services.models import MeetingChange, MeetingException
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
IRKUTSK = ZoneInfo("Asia/Irkutsk")


def _events(body: bytes) -> dict[str, dict]:
    """By the day of the UID, as a calendar program reads the file."""
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    read = Calendar.from_ical(body)
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Asia/Irkutsk"]
    return {str(event["uid"])[-8:]: event for event in read.walk("VEVENT")}


def test_the_file_of_a_group_has_its_meetings_in_its_own_time(client):
    group = make.group(title="Группа; взрослые, «Свои»", venue=make.centre(address="Иркутск, ул. Ленина, 1"))
    answer = client.get("/groups/vzroslye/ics/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    event = _events(answer.content)["20261128"]
    assert event["dtstart"].dt == datetime(2026, 11, 28, 10, tzinfo=IRKUTSK)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=group.minutes)
    assert (str(event["summary"]), str(event["status"])) == ("Группа; взрослые, «Свои»", "CONFIRMED")
    assert str(event["location"]).startswith("Иркутск, ул. Ленина, 1")


def test_a_moved_meeting_keeps_its_uid_and_a_cancelled_one_stays_as_cancelled(client):
    group = make.group(exceptions=[MeetingException(date=date(2026, 12, 5), reason="Ремонт")])
    before = _events(client.get("/groups/vzroslye/ics/").content)["20261128"]
    later = datetime(2026, 11, 29, 12, tzinfo=IRKUTSK)
    made_at = group.changed_at + timedelta(minutes=5)
    MeetingChange.objects.create(
        group=group, date=date(2026, 11, 28), new_starts=later, reason="Переезд", made_at=made_at
    )
    events = _events(client.get("/groups/vzroslye/ics/").content)
    moved = events["20261128"]
    assert (moved["uid"], moved["dtstart"].dt) == (before["uid"], later)
    assert int(moved["sequence"]) > int(before["sequence"])
    assert str(events["20261205"]["status"]) == "CANCELLED" and "Ремонт" in events["20261205"]["description"]


def test_one_meeting_and_all_groups_and_nothing_that_is_not_there(client):
    make.group()
    make.group("klub", weekday=6)
    assert list(_events(client.get("/groups/vzroslye/ics/20261128/").content)) == ["20261128"]
    assert {"20261128", "20261129"} <= set(_events(client.get("/groups/ics/").content))
    for address in ("vzroslye/ics/20261127/", "vzroslye/ics/x/", "month/2026-13/", "month/1999-01/", "month/x/"):
        assert client.get(f"/groups/{address}").status_code == 404


def test_the_month_shows_moved_and_cancelled_meetings_on_their_days(text):
    reasons = [
        MeetingException(date=date(2026, 12, 5), reason="Ремонт"),
        MeetingException(date=date(2026, 11, 28), new_date=date(2026, 12, 1), reason="Переезд"),
    ]
    make.group(exceptions=reasons)
    page = text("/groups/month/2026-12/")
    assert "Декабрь 2026" in page and "встречи не будет, ремонт" in page
    assert 'href="/groups/month/2026-11/"' in page and 'href="/groups/month/2027-01/"' in page
    sheet = month.sheet(date(2026, 12, 1), [make.SupportGroup.objects.get()], date(2026, 11, 25))
    assert len(sheet.days) % 7 == 0 and sheet.days[0].date.weekday() == 0
    shown = {day.date.day: [entry.off for entry in day.entries] for day in sheet.days if day.entries}
    assert shown == {1: [""], 5: ["Ремонт"], 12: [""], 19: [""], 26: [""]}


def test_no_link_leads_further_than_a_year():
    today = date(2026, 11, 25)
    assert month.sheet(date(2026, 10, 1), [], today).before == ""
    assert month.sheet(date(2027, 11, 1), [], today).after == ""
    assert month.sheet(date(2026, 12, 1), [], today).after == "2027-01"


def test_the_queries_do_not_grow(client, django_assert_max_num_queries):
    make.group()
    for address in ("/groups/month/", "/groups/ics/"):
        client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get("/groups/month/")
    for number in range(4):
        make.group(f"g{number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/groups/month/")
