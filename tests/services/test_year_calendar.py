"""A whole year of the production calendar at once: previewed, checked, saved, and shown everywhere."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from services import holidays
from services.models import CalendarException
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
ADDRESS = "/admin/calendar/2028/"
ACT = "Постановление Правительства РФ от 1 октября 2027 года № 1234"
LIST = {"off": "3–7 января\n10 января, понедельник", "working": "суббота, 8 января", "source": ACT}


@pytest.fixture
def press(signed_in):
    return signed_in("press")


def _saved(press, answers):
    seen = press.post(ADDRESS, answers)
    assert seen.status_code == 200, seen.context["form"].errors
    return press.post(ADDRESS, answers | {"seal": seen.context["seal"]})


def test_nothing_is_saved_before_its_effect_was_seen(press):
    assert not holidays.is_day_off(date(2028, 1, 10))
    seen = press.post(ADDRESS, LIST)
    effect = seen.context["effect"]
    assert effect.to_off == ["10 января, понедельник"]
    assert effect.to_working == ["8 января, суббота"]
    assert len(effect.as_before) == 5, "days of article 112 are known without a list"
    assert effect.before == effect.after
    assert not CalendarException.objects.exists()
    assert _saved(press, LIST)["Location"] == ADDRESS
    assert CalendarException.objects.count() == 7
    assert set(CalendarException.objects.values_list("source", flat=True)) == {ACT}
    assert holidays.is_day_off(date(2028, 1, 10)) and not holidays.is_day_off(date(2028, 1, 8))
    assert holidays.missing_year(date(2027, 10, 1)) is None
    assert ModelLogEntry.objects.filter(action="wagtail.create", user=press.user).count() == 7
    drawn = press.get(ADDRESS).context["form"]
    assert (drawn["off"].value(), drawn["working"].value()) == ("3–7 января\n10 января", "8 января")


def test_a_list_changed_later_drops_what_left_it_and_keeps_the_acts_of_what_stays(press):
    _saved(press, LIST)
    answers = {"off": "3–6 января", "working": "", "source": "Указ Губернатора от 2 ноября 2027 года № 5-уг"}
    seen = press.post(ADDRESS, answers)
    assert seen.context["effect"].to_off == ["8 января, суббота"]
    assert seen.context["effect"].to_working == ["10 января, понедельник"]
    assert seen.context["effect"].dropped == ["7 января, пятница"]
    _saved(press, answers)
    assert list(CalendarException.objects.values_list("source", flat=True)) == [ACT] * 4


def test_a_weekend_that_becomes_a_holiday_is_named(press):
    seen = press.post(ADDRESS, {"off": "13 мая", "working": "", "source": ACT})
    assert seen.context["effect"].closing == ["13 мая, суббота"]
    assert "в эти дни закроется" in seen.content.decode()


def test_what_changed_after_the_preview_is_previewed_again(press):
    seal = press.post(ADDRESS, LIST).context["seal"]
    assert press.post(ADDRESS, LIST | {"seal": seal, "off": "4 января"}).status_code == 200
    make.CalendarExceptionFactory(date=date(2028, 5, 2))
    assert press.post(ADDRESS, LIST | {"seal": seal}).status_code == 200, "somebody else has entered a day meanwhile"
    assert (
        press.post(ADDRESS, LIST | {"seal": press.post(ADDRESS, LIST).context["seal"], "preview": "1"}).status_code
        == 200
    )
    assert CalendarException.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"off": "3 января, 3 января"}, "off", "Дважды в списке: 3 января"),
        ({"off": "3 января 2027"}, "off", "это 2027 год, а список на 2028"),
        ({"off": "вторник, 3 января"}, "off", "в 2028 году это понедельник"),
        ({"off": "8 января"}, "working", "И рабочий, и нерабочий: 8 января, суббота"),
        ({"off": "", "working": ""}, "off", "Впишите хотя бы один день"),
        ({"source": "Постановление Правительства"}, "source", "Допишите номер акта"),
        ({"source": ""}, "source", "Назовите акт"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(press, changed, field, sentence):
    answers = LIST | changed
    seen = press.post(ADDRESS, answers)
    assert any(sentence in error for error in seen.context["form"].errors[field]), seen.context["form"].errors
    page = seen.content.decode()
    for text in answers.values():
        assert not text or text.splitlines()[0] in page
    assert not CalendarException.objects.exists()


@pytest.mark.parametrize("source", ["Указ от 1 мая № 7", "ТК РФ, статья 112", "Распоряжение N 1335-р"])
def test_acts_that_can_be_found_again(press, source):
    assert not press.post(ADDRESS, LIST | {"source": source}).context["form"].errors


def test_years_that_are_too_far_and_people_who_may_not(press, signed_in):
    assert [press.get(f"/admin/calendar/{year}/").status_code for year in (2024, 2025, 2028, 2029)] == [
        404,
        200,
        200,
        404,
    ]
    for role in ("formeditor", "reviewer"):
        assert signed_in(role).get(ADDRESS).status_code in {302, 403}


def test_the_way_there(press):
    table = press.get(reverse("wagtailsnippets_services_calendarexception:list")).content.decode()
    assert "/admin/calendar/2026/" in table and "Год целиком" in table


def test_the_year_costs_the_same_however_long(press, django_assert_max_num_queries):
    _saved(press, LIST)
    press.post(ADDRESS, LIST)
    with django_assert_max_num_queries(12):
        press.post(ADDRESS, LIST | {"off": "1–31 марта"})
