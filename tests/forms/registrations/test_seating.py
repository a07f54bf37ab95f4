"""Seats and waiting list at the moment of sending."""

from datetime import date, timedelta

import pytest
from django.core import mail  # noqa: F401
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.applications import actions, withdrawal
from forms.applications.models import Application
from forms.notifications.models import Outbox
from forms.registrations.models import Registration, Session
from forms.registrations.states import State
from services.models import SupportGroup
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


def _states() -> list[tuple[str, str, int | None]]:
    rows = Registration.objects.order_by("pk")
    return [(row.name.split()[1], row.state, row.place) for row in rows]


def test_seats_go_first_come_first_and_the_rest_wait_in_order() -> None:
    group = make.group()
    for name in ("Анна", "Вера", "Галина", "Дарья"):
        make.register(group, name)
    assert _states() == [
        ("Анна", "confirmed", None),
        ("Вера", "confirmed", None),
        ("Галина", "waiting", 1),
        ("Дарья", "waiting", 2),
    ]
    session = Session.objects.get()
    assert (session.taken, session.waiting, session.free) == (2, 2, 0)
    letters = dict(Outbox.objects.filter(key__startswith="seat:").values_list("subject", "body"))
    assert "Место подтверждено" in letters["Запись на встречу: Группа для детей"]
    assert "В листе ожидания, место 2" in Outbox.objects.filter(subject__startswith="Вы в листе").last().body


def test_a_full_group_without_a_waiting_list_refuses_and_keeps_nothing() -> None:
    group = make.group(seats=1, waiting_seats=0)
    make.register(group, "Анна")
    with pytest.raises(actions.Refused, match="Мест на этой встрече больше нет"):
        make.register(group, "Вера")
    assert Application.objects.count() == Registration.objects.count() == 1


def test_one_person_registers_once_however_the_name_is_written() -> None:
    group = make.group()
    make.register(group, "Алёна")
    with pytest.raises(actions.Refused, match="запись на эту встречу уже есть"):
        make.register(group, "АЛЕНА")
    make.register(group, "Алёна", key="later", number=1)
    assert Registration.objects.count() == 2


def test_the_database_refuses_a_second_seat_and_an_oversold_session() -> None:
    make.register(make.group(), "Анна")
    row = Registration.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.update(taken=3)


@pytest.mark.parametrize(
    ("several", "states"), [("together", ["waiting", "waiting"]), ("as_fit", ["confirmed", "waiting"])]
)
def test_several_children_in_one_go(several: str, states: list[str]) -> None:
    group = make.group(several=several)
    make.register(group, "Анна")
    make.register(group, "Мария", children=[("Пётр", None), ("Павел", None)])
    found = Registration.objects.filter(name__contains="Иванов П").order_by("row")
    assert [row.state for row in found] == states


def test_more_people_than_seats_and_list_together_are_refused_with_numbers() -> None:
    group = make.group(several=SupportGroup.Several.AS_FIT, waiting_seats=0)
    with pytest.raises(actions.Refused, match="2 места и 0 мест в листе ожидания, а вы записываете 3"):
        make.register(group, "Мария", children=[("Пётр", None), ("Павел", None), ("Иван", None)])


def test_the_age_is_that_of_the_day_of_the_meeting() -> None:
    group = make.group(age_from=7, age_to=11)
    meeting = make.session(group).starts.astimezone(group.rule.zone).date()
    seventh = date(meeting.year - 7, meeting.month, meeting.day)
    make.register(group, "Мария", children=[("Пётр", seventh)])
    with pytest.raises(actions.Refused, match="в день встречи Павел будет 6 лет"):
        make.register(group, "Ольга", children=[("Павел", seventh + timedelta(days=1))])


def test_who_leaves_out_the_date_of_birth_is_not_let_past_the_age(settings) -> None:
    group = make.group(age_from=7, age_to=11)
    for more in ({}, {"children": [("Пётр", None)]}):
        with pytest.raises(actions.Refused, match="Укажите, когда родились все, кто придёт"):
            make.register(group, "Мария", **more)
    make.register(make.group(slug="vse"), "Мария", children=[("Пётр", None)])


def test_a_registration_for_a_course_is_one_for_all_meetings() -> None:
    group = make.group(registration="per_course")
    make.register(group, "Анна")
    session = Session.objects.get()
    assert session.is_course and session.day == group.starts_on
    with pytest.raises(actions.Refused, match="уже есть"):
        make.register(group, "Анна", key="again")


def test_slots_have_their_own_seats() -> None:
    group = make.group(slot_minutes=30, seats=1, waiting_seats=0, minutes=90)
    make.register(group, "Анна")
    make.register(group, "Вера", number=0, **{make.keys_of()["Встреча"]: f"{make.key_of(group)[:-2]}-30"})
    first, second = Session.objects.order_by("offset")
    assert (first.taken, second.taken, second.offset) == (1, 1, 30)
    assert second.starts - first.starts == timedelta(minutes=30) == second.ends - second.starts


def test_a_withdrawn_application_frees_its_seats_and_holds_no_name_after_erasure(settings) -> None:
    group = make.group()
    application = make.register(group, "Анна")
    withdrawal.withdraw_consent(application.pk)
    assert Registration.objects.get().state == State.CANCELLED
    assert Session.objects.get().taken == 0
    Application.objects.update(erase_on=timezone.localdate())
    withdrawal.erase(application.pk)
    assert Registration.objects.get().name == ""
