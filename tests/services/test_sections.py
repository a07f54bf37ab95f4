from datetime import date

import pytest
from django.test import RequestFactory

from services import sections
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.fixture
def request_():
    return RequestFactory().get("/")


def test_an_empty_portal_gives_nothing(request_):
    assert sections.centres_finder(request_) is None
    assert sections.situations(request_) == []
    assert sections.measures_count(request_) is None
    assert sections.meetings(request_) is None


def test_the_finder_counts_places_and_municipalities(request_):
    make.centre()
    make.point(make.TerritoryFactory(code="bratsk", name="Братск"))
    make.centre("phone", kind="contact_centre")
    found = sections.centres_finder(request_)
    assert (found.action, found.centres, found.municipalities) == ("/centres/", 2, 1)
    assert found.territories == (("bratsk", "Братск"),)


def test_only_measures_in_force_are_counted(request_):
    make.measure("a", checked_on=date(2026, 11, 10))
    make.measure("b", situations=["injury", "loss"])
    make.measure("over", situations=["debt"], valid_to=date(2026, 1, 1))
    make.situation("work")
    shown = sections.measures_count(request_)
    assert (shown.count, shown.checked_on, shown.url) == (2, date(2026, 11, 18), "/measures/")
    assert [(each.title, each.count, each.url) for each in sections.situations(request_)] == [
        ("Ситуация injury", 2, "/measures/?situation=injury"),
        ("Ситуация loss", 1, "/measures/?situation=loss"),
    ]


def test_the_next_meeting_of_each_group(request_):
    make.group()
    make.group("over", ends_on=date(2026, 1, 1))
    (meeting,) = sections.meetings(request_).items
    assert (meeting.date, meeting.when) == (date(2026, 11, 28), "Суббота, 10:00 по времени Иркутска")
    assert meeting.seats == "Запись не нужна"


def test_the_home_page_shows_them_all(client):
    make.point(make.TerritoryFactory(code="bratsk", name="Братск"))
    make.measure()
    make.group()
    page = client.get("/").content.decode()
    for words in ('<option value="bratsk">', "/measures/?situation=injury", "действует сегодня", "/groups/vzroslye/"):
        assert words in page, words
