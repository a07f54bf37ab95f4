"""Single meetings of a course that fall out or move reach everybody registered, however it came about."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from forms.notifications.models import Outbox
from forms.registrations import following, links, reminding
from forms.registrations.models import Registration, Session
from services.models import CalendarException, HoursException, MeetingChange, MeetingException, SupportGroup
from tests.factories import registrations as make
from tests.factories import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> SupportGroup:
    """A course of ten weeks; Анна has its one seat, Вера waits."""
    made = make.group(
        registration="per_course", seats=1, starts_on=date(2027, 2, 3), weekday=2, ends_on=date(2027, 4, 7)
    )
    for name in ("Анна", "Вера"):
        make.register(made, name)
    return made


@pytest.fixture(autouse=True)
def _before_the_course() -> Any:
    with time_machine.travel(datetime(2027, 1, 30, 12, tzinfo=timezone.get_default_timezone()), tick=False):
        yield


def _letters() -> list[str]:
    return list(Outbox.objects.filter(key__contains=":course:").order_by("pk").values_list("body", flat=True))


def _round(*, of: int = 2) -> str:
    """A round of the worker and one that finds nothing more; the letter to Анна, where `of` people are written to."""
    before = len(_letters())
    following.run()
    following.run()
    told = _letters()[before:]
    assert len(told) == of
    return told[0] if told else ""


def test_nobody_hears_anything_while_nothing_changes(group: SupportGroup) -> None:
    assert _round(of=0) == ""
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        following.run()
    assert not _letters() and Session.objects.get().sequence == 0


def test_an_exception_on_the_page_is_told_with_the_old_day_and_the_new(group: SupportGroup) -> None:
    MeetingException.objects.create(group=group, date=date(2027, 2, 10), reason="Ремонт")
    MeetingException.objects.create(
        group=group, date=date(2027, 2, 17), new_date=date(2027, 2, 18), reason="Ведущий в отъезде"
    )
    letter = _round()
    assert "• 10 февраля, 16:30 — встречи не будет: ремонт" in letter
    assert "• было 17 февраля, 16:30 — стало 18 февраля, 16:30: ведущий в отъезде" in letter
    assert "Место остаётся за вами" in letter and "/requests/seat/" in letter
    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == ["confirmed", "waiting"]


def test_a_holiday_and_a_closed_centre_are_told(group: SupportGroup) -> None:
    group.skips_holidays = True
    group.venue = services.centre()
    group.save()
    assert _round(of=0) == ""
    CalendarException.objects.create(date=date(2027, 2, 24), is_working=False, source="Указ")
    assert "24 февраля, 16:30 — встречи не будет: праздничный день" in _round()
    HoursException.objects.create(
        centre=group.venue, first_day=date(2027, 3, 10), last_day=date(2027, 3, 10), reason="Санитарный день"
    )
    letter = _round()
    assert "10 марта, 16:30 — встречи не будет: санитарный день" in letter and "24 февраля, 16:30 —" not in letter


def test_another_weekday_moves_each_meeting_within_its_week(group: SupportGroup) -> None:
    group.weekday = 3
    group.save()
    letter = _round()
    assert "было 3 февраля, 16:30 — стало 4 февраля, 16:30: изменилось расписание" in letter
    # The last Thursday lies behind the end of the course.
    assert letter.count("• было") == 9 and "• 7 апреля, 16:30 — встречи не будет" in letter


def test_a_nearer_end_and_a_later_one_are_told(group: SupportGroup) -> None:
    group.ends_on = date(2027, 3, 31)
    group.save()
    assert "• 7 апреля, 16:30 — встречи не будет" in _round()
    group.ends_on = date(2027, 4, 14)
    group.save()
    letter = _round()
    assert "• 7 апреля, 16:30 — встреча добавилась" in letter and "• 14 апреля, 16:30 — встреча добавилась" in letter


def test_a_long_list_is_cut_and_says_how_many_more(group: SupportGroup) -> None:
    group.starts = group.starts.replace(hour=18)
    group.ends_on = date(2027, 5, 26)
    group.save()
    letter = _round()
    assert letter.count("• было") == 10 and "и ещё встреч: 7" in letter


def test_a_meeting_that_is_over_is_not_called_off_any_more(group: SupportGroup) -> None:
    with time_machine.travel(datetime(2027, 2, 3, 20, tzinfo=group.rule.zone)):
        MeetingException.objects.create(group=group, date=date(2027, 2, 3), reason="Ремонт")
        assert _round(of=0) == ""


def test_the_reminder_goes_to_the_day_that_is_really_next(group: SupportGroup) -> None:
    day, later = date(2027, 2, 3), datetime(2027, 2, 5, 18, tzinfo=group.rule.zone)
    MeetingChange.objects.create(group=group, date=day, new_starts=later, reason="Ремонт")
    _round()
    reminded = Outbox.objects.filter(key__contains=":reminder:")
    with time_machine.travel(datetime(2027, 2, 2, 12, tzinfo=group.rule.zone)):
        assert reminding.run() == 0
    with time_machine.travel(datetime(2027, 2, 4, 12, tzinfo=group.rule.zone)):
        assert reminding.run() == 1
    assert "5 февраля, 18:00" in reminded.get().body
    with time_machine.travel(datetime(2027, 2, 9, 12, tzinfo=group.rule.zone)):
        following.run()
        assert reminding.run() == 1
    assert "10 февраля, 16:30" in reminded.latest("pk").body


def test_page_calendar_and_link_show_it(group: SupportGroup, client: Client) -> None:
    MeetingChange.objects.create(group=group, date=date(2027, 2, 3), reason="Ремонт")
    _round()
    page = client.get("/groups/deti/").content.decode()
    assert "3 февраля встречи не" in page and "ремонт" in page
    month = client.get("/groups/month/2027-02/").content.decode()
    assert "встречи не будет, ремонт" in month.replace("&nbsp;", " ")
    events = {
        str(each["uid"])[-8:]: each
        for each in Calendar.from_ical(client.get("/groups/deti/ics/").content).walk("VEVENT")
    }
    assert str(events["20270203"]["status"]) == "CANCELLED" and str(events["20270210"]["status"]) == "CONFIRMED"
    own = client.get(links.path_of(Registration.objects.first().application)).content.decode().replace("\xa0", " ")
    assert "3 февраля встречи не будет: ремонт" in own and "10 февраля, 16:30" in own


def test_a_group_that_gives_out_no_more_seats_still_tells_who_holds_one(group: SupportGroup) -> None:
    group.registration, group.registration_page = "none", None
    group.save()
    MeetingException.objects.create(group=group, date=date(2027, 2, 10), reason="Ремонт")
    _round()
    assert Session.objects.get().state == "planned"


def test_what_came_nearer_is_no_news_and_what_came_back_is(group: SupportGroup) -> None:
    group.ends_on = None
    group.save()
    _round()
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert _round(of=0) == ""
        change = MeetingChange.objects.create(group=group, date=date(2027, 3, 3), reason="Ремонт")
        _round()
        change.delete()
        assert "3 марта, 16:30 — встреча добавилась" in _round()
