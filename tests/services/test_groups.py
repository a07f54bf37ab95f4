from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from services.models import HoursException, MeetingException, SupportGroup
from services.schedule import Recurrence
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def children(**fields):
    values = {
        "title": "Группа для детей",
        "age_from": 7,
        "age_to": 11,
        "recurrence": Recurrence.EVERY_N_WEEKS,
        "every_weeks": 2,
        "weekday": 2,
        "starts_on": date(2026, 9, 9),
        "starts": time(16, 30),
        "registration": "per_meeting",
        "time_is_demo": True,
        "registration_words": "Позвоните в центр. Назовите имя ребёнка.",
        "exceptions": [MeetingException(date=date(2026, 12, 30), reason="В школах каникулы")],
    }
    return make.group("deti", **values | fields)


def test_the_page_names_the_next_meetings_and_what_falls_out(text):
    children(venue=make.centre(), place="комната 12")
    page = text("/groups/deti/")
    for words in (
        "<b>2</b>декабря",
        "<b>16</b>декабря",
        "<b>13</b>января",
        "Среда, 16:30–18:00",
        "30 декабря встречи не будет:</b> в школах каникулы.",
        "по средам, раз в две недели, в 16:30",
        "7–11 лет",
        "комната 12",
        "время Иркутска",
        "<b>Позвоните в центр.</b> Назовите имя ребёнка.",
    ):
        assert words in page, words


def test_nobody_meets_in_a_closed_centre(text):
    closed = HoursException(first_day=date(2026, 11, 28), last_day=date(2026, 11, 28), reason="Санитарный день")
    make.group(venue=make.centre(exceptions=[closed]))
    page = text("/groups/vzroslye/")
    assert "28 ноября встречи не будет:</b> санитарный день." in page
    assert "<b>5</b>декабря" in page


def test_a_moved_meeting_says_from_where(text):
    make.group(exceptions=[MeetingException(date=date(2026, 11, 28), new_date=date(2026, 11, 29), reason="Ремонт")])
    page = text("/groups/vzroslye/")
    assert "Воскресенье, 10:00–11:30" in page
    assert "Перенесли с 28 ноября" in page


def test_a_group_that_is_over_leaves_the_list(text):
    make.group("over", ends_on=date(2026, 11, 24))
    make.group("now")
    page = text("/groups/")
    assert "/groups/now/" in page and "/groups/over/" not in page
    assert "пока не назначены" in text("/groups/over/")


def test_the_list_begins_with_the_nearest_meeting(text):
    children()
    make.group()
    page = text("/groups/")
    assert page.index("/groups/vzroslye/") < page.index("/groups/deti/")


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    venue = make.centre()
    for number in range(2):
        make.group(f"a{number}", venue=venue)
    client.get("/groups/")
    with django_assert_max_num_queries(12) as few:
        client.get("/groups/")
    for number in range(8):
        make.group(f"b{number}", venue=venue)
    client.get("/groups/")
    with django_assert_max_num_queries(12) as many:
        client.get("/groups/")
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("age_from", "age_to", "words"),
    [(7, 11, "7–11 лет"), (18, None, "с 18 лет"), (None, 21, "до 21 года"), (None, None, ""), (1, 2, "1–2 года")],
)
def test_ages_in_words(age_from, age_to, words):
    assert SupportGroup(age_from=age_from, age_to=age_to).ages == words


def test_what_cannot_be_is_refused():
    with pytest.raises(ValidationError, match="меньше нижнего"):
        SupportGroup(title="Г", slug="g", age_from=11, age_to=7).clean()
    with pytest.raises(ValidationError, match="раньше первой встречи"):
        SupportGroup(title="Г", slug="g", starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 1)).clean()


def test_weeks_are_counted_from_a_day_on_which_the_group_meets():
    group = make.group(recurrence=Recurrence.EVERY_N_WEEKS, every_weeks=2, weekday=2, starts_on=date(2026, 12, 2))
    group.starts_on = date(2026, 12, 3)
    with pytest.raises(ValidationError) as refused:
        group.full_clean()
    assert "03.12.2026 — четверг. Поставьте день" in refused.value.message_dict["starts_on"][0]
    group.weekday = 3
    group.full_clean()
