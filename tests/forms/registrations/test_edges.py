"""The edges: the last second, the last seats, the same person spelled otherwise, fewer seats than people."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from forms.applications import actions
from forms.applications.applicant import folded
from forms.applications.models import Application
from forms.applications.movement import Refused
from forms.definitions import versions
from forms.definitions.document import Field
from forms.registrations import following, offers, people, releasing, staffing
from forms.registrations.models import Registration, Session
from services.models import MeetingException, SupportGroup
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db
SAME = [
    {"last": "Королёва-Ильина", "first": "Алёна", "middle": "Петровна"},
    {"last": "КОРОЛЕВА – ИЛЬИНА", "first": " алена ", "middle": ""},
]


def _key(name: dict[str, str], *, phone: str = "79000000000", **more: Any) -> int:
    asked = [Field(key=kind, type=kind, label=kind) for kind in ("full_name", "birth_date", "snils")]
    application = Application(pk=1, phone_digits=phone)
    return people._person(application, 1, asked, {"full_name": name} | more).key


def test_one_person_is_one_however_spelled_and_two_are_two() -> None:
    assert folded("Ё") == "е"
    assert len({_key(name, birth_date="2018-03-07") for name in SAME}) == 1
    assert _key(SAME[0], birth_date="2018-03-07") != _key(SAME[0], birth_date="2018-03-08")
    assert len({_key({"last": "А", "first": "Б"}, snils=written) for written in ("112-233-445 95", "11223344595")}) == 1
    assert _key(SAME[0], snils="112-233-445 95") == _key({"last": "Другая", "first": "Фамилия"}, snils="11223344595")
    # Namesakes without a date of birth are told apart by patronymic and telephone.
    assert _key(SAME[0]) != _key(SAME[1]) and _key(SAME[0]) != _key(SAME[0], phone="79000000001")


def test_the_same_telephone_written_otherwise_is_the_same_person() -> None:
    group = make.group()
    phone = make.keys_of()["Телефон"]
    make.register(group, "Анна", **{phone: "+79000000000"})
    with pytest.raises(Refused, match="уже есть"):
        make.register(group, "Анна", key="again", **{phone: "8 (900) 000-00-00"})


@pytest.mark.parametrize("zone", ["Asia/Irkutsk", "Europe/Kaliningrad", "Asia/Kamchatka"])
def test_the_last_moment_to_cancel_is_that_of_the_place(zone: str) -> None:
    group = make.group(cancel_hours=3, time_zone=zone)
    anna = make.register(group, "Анна")
    row = Registration.objects.get()
    begins = datetime.combine(group.starts_on, group.starts, ZoneInfo(zone))
    assert row.session.starts == begins
    last = begins - timedelta(hours=3)
    with time_machine.travel(last, tick=False), pytest.raises(Refused, match="можно было до"):
        releasing.cancel(anna.pk, [row.pk])
    with time_machine.travel(last - timedelta(seconds=1), tick=False):
        releasing.cancel(anna.pk, [row.pk])
    row.refresh_from_db()
    assert row.state == "cancelled"


@pytest.mark.parametrize(("several", "states"), [("together", ["offered"]), ("as_fit", ["offered", "waiting"])])
def test_the_last_seat_and_several_children(several: str, states: list[str]) -> None:
    group = make.group(seats=1, several=several)
    anna = make.register(group, "Анна")
    family = make.register(group, "Мария", children=[("Пётр", None), ("Павел", None)])
    alone = make.register(group, "Галина")
    releasing.cancel(anna.pk, list(Registration.objects.filter(application=anna).values_list("pk", flat=True)))
    assert offers.run() == 1 and offers.run() == 0, "one seat, one offer"
    asked = alone if several == "together" else family
    found = Registration.objects.filter(application=asked).order_by("row").values_list("state", flat=True)
    assert list(found) == states
    assert Session.objects.get().taken == 1


def test_fewer_seats_than_people_take_nobody_off_and_let_nobody_in() -> None:
    group = make.group(seats=3)
    people_in = [make.register(group, name) for name in ("Анна", "Вера", "Галина")]
    waiting = make.register(group, "Дарья")
    SupportGroup.objects.update(seats=1)
    following.run()
    session = Session.objects.get()
    assert (session.taken, session.seats, session.waiting) == (3, 3, 1)
    for application in people_in[:2]:
        releasing.cancel(application.pk, [Registration.objects.get(application=application).pk])
        following.run()
        offers.run()
        assert Registration.objects.get(application=waiting).state == "waiting"
    session.refresh_from_db()
    assert (session.taken, session.seats) == (1, 1)


def test_a_press_at_the_end_of_an_offer_takes_the_seat_or_says_it_is_gone_never_both() -> None:
    group = make.group(seats=1, offer_hours=1)
    anna, vera, galina = (make.register(group, name) for name in ("Анна", "Вера", "Галина"))
    rows = {each.application_id: each.pk for each in Registration.objects.all()}
    releasing.cancel(anna.pk, [rows[anna.pk]])
    offers.run()
    until = Registration.objects.get(pk=rows[vera.pk]).offered_until
    assert until is not None
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        # Nobody else was asked yet: the press counts, and the worker finds nothing to take back.
        releasing.confirm(vera.pk, [rows[vera.pk]])
        assert offers.run() == 0
        assert releasing.confirm(vera.pk, [rows[vera.pk]]) == []
    assert Registration.objects.get(pk=rows[galina.pk]).state == "waiting"
    assert Session.objects.get().taken == 1


def test_a_meeting_that_begins_ends_all_offers_and_registrations() -> None:
    group = make.group(seats=1, offer_hours=300)
    anna, vera = make.register(group, "Анна"), make.register(group, "Вера")
    rows = {each.application_id: each.pk for each in Registration.objects.all()}
    releasing.cancel(anna.pk, [rows[anna.pk]])
    offers.run()
    (version, _definition), late = versions.current(make.FORM), make.answers(group, "Галина")
    begins = Session.objects.get().starts
    assert Registration.objects.get(pk=rows[vera.pk]).offered_until == begins
    with time_machine.travel(begins, tick=False):
        with pytest.raises(Refused, match="началась"):
            releasing.confirm(vera.pk, [rows[vera.pk]])
        with pytest.raises(actions.Refused, match="записи больше нет"):
            actions.submit_answers(version, late, 1, "api", "Галина")


def test_the_eve_of_a_birthday_is_still_the_year_before() -> None:
    group = make.group(age_to=11)
    meeting = make.session(group).starts.astimezone(group.rule.zone).date()
    make.register(group, "Мария", children=[("Пётр", meeting.replace(year=meeting.year - 12) + timedelta(days=1))])
    with pytest.raises(Refused, match="будет 12 лет"):
        make.register(group, "Ольга", children=[("Павел", meeting.replace(year=meeting.year - 12))])


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (4, "2027-02-01T12:00", "2027-02-01T16:00"),
        (4, "2027-02-01T17:00", "2027-02-02T10:00"),  # ends at nine in the evening: held until the morning
        (24, "2027-02-01T03:00", "2027-02-02T10:00"),
        (1, "2027-02-01T08:59", "2027-02-01T10:00"),
        (1, "2027-02-03T16:00", "2027-02-03T16:30"),  # never beyond the beginning
        (300, "2027-02-01T12:00", "2027-02-03T16:30"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Irkutsk", "Europe/Kaliningrad"])
def test_no_offer_runs_out_in_the_night_of_its_group(hours: int, now: str, until: str, zone: str) -> None:
    with time_machine.travel(datetime(2027, 1, 30, 12, tzinfo=ZoneInfo(zone)), tick=False):
        group = make.group(offer_hours=hours, time_zone=zone, starts_on=date(2027, 2, 3), weekday=2)
        session = make.session(group)
    told = [datetime.fromisoformat(each).replace(tzinfo=ZoneInfo(zone)) for each in (now, until)]
    assert offers.held_until(session, told[0]) == told[1]


def test_whom_nobody_can_write_to_is_news_for_the_team() -> None:
    group = make.group(seats=1)
    anna, vera = make.register(group, "Анна"), make.register(group, "Вера", letters=False)
    Application.objects.update(has_news=False)
    releasing.cancel(anna.pk, [Registration.objects.get(application=anna).pk], actor=None)
    Application.objects.update(has_news=False)
    offers.run()
    assert Application.objects.get(pk=vera.pk).has_news, "a seat is held for somebody who has to be telephoned"
    Application.objects.update(has_news=False)
    MeetingException.objects.create(group=group, date=group.starts_on, reason="Ремонт")
    following.run()
    assert Application.objects.get(pk=vera.pk).has_news and not Application.objects.get(pk=anna.pk).has_news


@pytest.mark.parametrize("zone", ["Asia/Kamchatka", "Europe/Kaliningrad"])
def test_who_came_is_marked_from_the_midnight_of_the_place(zone: str, person: Any) -> None:
    group = make.group(time_zone=zone, starts=time(8))
    make.register(group, "Анна")
    staff, row, midnight = (
        person("admin"),
        Registration.objects.get(),
        datetime.combine(group.starts_on, time(), ZoneInfo(zone)),
    )
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False), pytest.raises(Refused, match="в день"):
        staffing.mark(row.session, staff, [row.pk], "attend")
    with time_machine.travel(midnight, tick=False):
        assert staffing.mark(row.session, staff, [row.pk], "attend") == 1


def test_several_are_moved_to_another_meeting_together_or_not_at_all(person: Any) -> None:
    group = make.group(seats=2)
    for name in ("Анна", "Вера"):
        make.register(group, name)
    make.register(group, "Галина", number=1)
    first, later = Session.objects.order_by("starts")
    with pytest.raises(Refused, match="мест нет"):
        staffing.transfer(first, person("admin"), list(first.registrations.values_list("pk", flat=True)), later)
    assert set(first.registrations.values_list("state", flat=True)) == {"confirmed"}
    assert later.registrations.count() == 1


def test_two_rounds_at_once_change_a_meeting_once() -> None:
    group = make.group()
    make.register(group, "Анна")
    session, stale = Session.objects.get(), Session.objects.get()
    MeetingException.objects.create(group=group, date=group.starts_on, reason="Ремонт")
    fresh = SupportGroup.objects.with_schedule().get()
    assert following.follow(fresh, session) and not following.follow(fresh, stale)
    assert Session.objects.get().sequence == 1
