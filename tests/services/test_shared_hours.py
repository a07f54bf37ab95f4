"""One exception for many centres: seen before it is saved, shown everywhere at once, over by itself."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from services.models import Centre, HoursException, SharedHours
from tests.factories import services as make
from tests.services.conftest import NOW

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_services_sharedhours:add"
NEW_YEAR = {
    "first_day": "2026-12-30",
    "last_day": "2027-01-10",
    "opens": "",
    "closes": "",
    "reason": "Новогодние дни",
    "duty_phone": "+78006000000",
}


@pytest.fixture
def places(db):
    return [make.centre("semya"), *(make.centre(f"punkt-{n}", kind=Centre.Kind.POINT) for n in range(3))]


def _seal(response) -> str:
    return response.context["seal"]


def test_nothing_is_saved_before_its_effect_was_seen(signed_in, places, wednesday, text):
    client = signed_in("press")
    answers = NEW_YEAR | {"whole_kinds": ["point"], "centres": [places[0].pk]}
    seen = client.post(reverse(ADD), answers)
    assert seen.status_code == 200
    assert not SharedHours.objects.exists()
    shown = {effect.name: effect for effect in seen.context["effects"]}
    assert set(shown) == {place.title for place in places}
    assert shown["Центр semya"].then == ("30 декабря – 10 января: закрыто",)
    assert shown["Центр semya"].now != shown["Центр semya"].then
    assert client.post(reverse(ADD), answers | {"seal": _seal(seen)}).status_code == 302
    assert SharedHours.objects.get().centres.count() == 4
    for place in places:
        page = text(place.url)
        assert "Новогодние дни" in page
        assert "8 800 600-00-00" in page or "8 800 6" in page


def test_a_change_after_the_preview_is_previewed_again(signed_in, places, wednesday):
    client = signed_in("press")
    answers = NEW_YEAR | {"centres": [places[0].pk]}
    seal = _seal(client.post(reverse(ADD), answers))
    again = client.post(reverse(ADD), answers | {"last_day": "2027-01-08", "seal": seal})
    assert again.status_code == 200
    assert not SharedHours.objects.exists()
    assert _seal(again) != seal


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"centres": [], "whole_kinds": []}, "Отметьте хотя бы один центр"),
        ({"last_day": "2026-12-01"}, "Последний день раньше первого"),
        ({"last_day": "2027-06-01"}, "дольше трёх месяцев"),
        ({"opens": "10:00"}, "оба времени"),
        ({"opens": "18:00", "closes": "9:00"}, "раньше, чем открывается"),
        ({"duty_phone": "112"}, "Напишите номер"),
        ({"centres": ["999999"]}, "999999"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(signed_in, places, changed, sentence):
    response = signed_in("press").post(reverse(ADD), NEW_YEAR | {"centres": [places[0].pk]} | changed)
    page = response.content.decode()
    assert sentence in page
    assert "Новогодние дни" in page
    assert not SharedHours.objects.exists()


def test_it_is_over_by_itself(places):
    shared = SharedHours.objects.create(first_day=NOW.date(), last_day=NOW.date(), reason="Санитарный день")
    shared.centres.set(places)
    for day, words in ((25, "Закрыто"), (26, "Открыто до 18:00")):
        with time_machine.travel(NOW.replace(day=day), tick=False):
            centre = Centre.objects.with_hours().get(slug="semya")
            state = centre.open_state(NOW.replace(day=day), make_calendar())
            assert state.is_open is (day == 26), words
    with time_machine.travel(NOW.replace(day=28), tick=False):
        assert shared.stage == "прошло"
        assert not Centre.objects.with_hours().get(slug="semya").special_days


def test_the_own_exception_of_a_centre_holds(wednesday):
    own = HoursException(first_day=NOW.date(), last_day=NOW.date(), opens=time(10), closes=time(16), reason="Дежурим")
    centre = make.centre("semya", exceptions=[own])
    shared = SharedHours.objects.create(first_day=NOW.date(), last_day=NOW.date(), reason="Санитарный день")
    shared.centres.add(centre)
    centre = Centre.objects.with_hours().get(pk=centre.pk)
    assert centre.open_state(NOW, make_calendar()).words == "Открыто до 16:00"


def test_a_group_does_not_meet_where_it_is_closed(wednesday, places):
    group = make.group(venue=places[0], weekday=5, starts_on=date(2026, 11, 7))
    shared = SharedHours.objects.create(first_day=date(2026, 11, 28), last_day=date(2026, 11, 28), reason="Ремонт")
    shared.centres.add(places[0])
    group = type(group).objects.with_schedule().get(pk=group.pk)
    assert group.next_meetings(NOW, 1)[0].starts.date() == date(2026, 12, 5)


def test_who_does_not_edit_the_site_cannot(signed_in):
    for role in ("formeditor", "operator", "reviewer", "lead", "manager"):
        assert signed_in(role).get(reverse(ADD)).status_code in {302, 403}


def test_many_centres_cost_no_more_queries(signed_in, wednesday, django_assert_max_num_queries):
    places = [make.centre(f"punkt-{n}", kind=Centre.Kind.POINT) for n in range(34)]
    client = signed_in("press")
    client.get(reverse(ADD))
    with django_assert_max_num_queries(25):
        seen = client.post(reverse(ADD), NEW_YEAR | {"whole_kinds": ["point"]})
    assert len(seen.context["effects"]) == len(places)


def make_calendar():
    from services.holidays import calendar

    return calendar()
