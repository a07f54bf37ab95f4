"""A freed seat goes to whoever waits first, for a time, then to the next; confirmed and declined by link."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from forms.applications.models import Application
from forms.applications.movement import Refused
from forms.notifications.models import Outbox
from forms.registrations import following, links, offers, releasing, reminding
from forms.registrations.models import Registration, Session
from forms.registrations.states import State
from services.models import MeetingChange, SupportGroup
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


def _row(application: Application) -> Registration:
    return Registration.objects.get(application=application)


def _full() -> tuple[SupportGroup, list[Application]]:
    """One seat; Анна has it, Вера and Галина wait."""
    group = make.group(seats=1, offer_hours=12)
    return group, [make.register(group, name) for name in ("Анна", "Вера", "Галина")]


def _letters(kind: str) -> int:
    return Outbox.objects.filter(key__startswith="seat:", key__contains=f":{kind}:").count()


def test_a_freed_seat_is_offered_on_until_somebody_takes_it() -> None:
    _group, (anna, vera, galina) = _full()
    releasing.cancel(anna.pk, [_row(anna).pk])
    assert Session.objects.get().free == 0, "what is free belongs to those who wait"
    offers.run()
    offers.run()
    assert [_row(each).state for each in (anna, vera, galina)] == ["cancelled", "offered", "waiting"]
    assert Session.objects.get().taken == 1 and _letters("offered") == 1
    until = _row(vera).offered_until
    assert until is not None
    with time_machine.travel(until + timedelta(minutes=1)):
        offers.run()
        offers.run()
        assert [_row(each).state for each in (vera, galina)] == ["lapsed", "offered"]
        releasing.confirm(galina.pk, [_row(galina).pk])
        with pytest.raises(Refused, match="Время на ответ вышло"):
            releasing.confirm(vera.pk, [_row(vera).pk])
    assert _row(galina).state == State.CONFIRMED
    assert (_letters("offered"), _letters("lapsed"), _letters("confirmed")) == (2, 1, 1)
    session = Session.objects.get()
    assert (session.taken, session.waiting) == (1, 0)


def test_who_declines_makes_way_for_the_next_at_once() -> None:
    _group, (anna, vera, galina) = _full()
    releasing.cancel(anna.pk, [_row(anna).pk])
    offers.run()
    releasing.decline(vera.pk, [_row(vera).pk])
    offers.run()
    assert [_row(each).state for each in (vera, galina)] == ["cancelled", "offered"]


def test_children_who_come_together_are_offered_seats_together() -> None:
    group = make.group(seats=2)
    anna, vera = make.register(group, "Анна"), make.register(group, "Вера")
    family = make.register(group, "Мария", children=[("Пётр", None), ("Павел", None)])
    alone = make.register(group, "Галина")
    releasing.cancel(anna.pk, [_row(anna).pk])
    offers.run()
    assert _row(alone).state == State.OFFERED, "the seat fits nobody before her"
    releasing.decline(alone.pk, [_row(alone).pk])
    releasing.cancel(vera.pk, [_row(vera).pk])
    offers.run()
    assert set(Registration.objects.filter(application=family).values_list("state", flat=True)) == {"offered"}


def test_after_the_last_moment_the_site_cancels_nothing_and_says_so() -> None:
    group = make.group(cancel_hours=3)
    anna = make.register(group, "Анна")
    late = time_machine.travel(Session.objects.get().starts - timedelta(hours=2))
    with late, pytest.raises(Refused, match="Отменить запись на сайте можно было до"):
        releasing.cancel(anna.pk, [_row(anna).pk])
    assert _row(anna).state == State.CONFIRMED


def test_the_link_shows_with_get_and_acts_with_post_only(client: Client) -> None:
    _group, (anna, vera, _galina) = _full()
    releasing.cancel(anna.pk, [_row(anna).pk])
    offers.run()
    path = links.path_of(vera)
    for address in (path, f"{path}?act=confirm&row={_row(vera).pk}"):
        page = client.get(address)
        assert page.status_code == 200 and "Подтвердить место" in page.content.decode()
        assert page["Cache-Control"] == "no-store, private"
    assert _row(vera).state == State.OFFERED
    wrong = client.post(path, {"act": "confirm"})
    assert wrong.status_code == 422 and "Отметьте, кого касается" in wrong.content.decode()
    done = client.post(path, {"act": "confirm", "row": _row(vera).pk}, follow=True)
    assert "Место подтверждено. Ждём вас." in done.content.decode()
    assert client.post(path, {"act": "cancel", "row": _row(vera).pk}).status_code == 302
    assert _row(vera).state == State.CANCELLED
    other = "1" if path[-2] == "0" else "0"
    assert client.get(f"{path[:-2]}{other}/").status_code == 404


def test_a_link_does_not_reach_the_rows_of_another_application(client: Client) -> None:
    _group, (anna, vera, _galina) = _full()
    assert client.post(links.path_of(vera), {"act": "cancel", "row": _row(anna).pk}).status_code == 422
    assert _row(anna).state == State.CONFIRMED


def test_a_cancelled_meeting_tells_everybody_once_and_frees_them() -> None:
    group, people = _full()
    day = Session.objects.get().day
    MeetingChange.objects.create(group=group, date=day, reason="Ведущий заболел")
    following.run()
    following.run()
    assert {_row(each).state for each in people} == {State.CANCELLED}
    session = Session.objects.get()
    assert (session.state, session.sequence, session.taken) == ("cancelled", 1, 0)
    assert _letters("called_off") == 3
    assert "Почему изменилось: Ведущий заболел" in Outbox.objects.filter(key__contains="called_off").first().body


def test_a_moved_meeting_keeps_the_seats_and_tells_everybody_once() -> None:
    group, people = _full()
    session = Session.objects.get()
    later = session.starts + timedelta(days=1, hours=1)
    MeetingChange.objects.create(group=group, date=session.day, new_starts=later, reason="Ремонт")
    following.run()
    following.run()
    session.refresh_from_db()
    assert (session.starts, session.state, session.taken) == (later, "moved", 1)
    assert _letters("moved") == len(people)


def test_more_seats_reach_those_who_wait() -> None:
    group, (_anna, vera, _galina) = _full()
    group.seats = 2
    group.save()
    following.run()
    offers.run()
    assert _row(vera).state == State.OFFERED


def test_the_day_before_everybody_with_a_seat_is_reminded_once() -> None:
    group = make.group(seats=1)
    make.register(group, "Анна")
    make.register(group, "Вера")
    starts = Session.objects.get().starts.astimezone(group.rule.zone)
    with time_machine.travel((starts - timedelta(days=1)).replace(hour=8)):
        reminding.run()
        assert _letters("reminder") == 0
    with time_machine.travel((starts - timedelta(days=1)).replace(hour=10)):
        reminding.run()
        reminding.run()
    assert _letters("reminder") == 1
