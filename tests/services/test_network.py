"""What each process keeps of the places is what is published, whoever changed it and in whatever table."""

from datetime import date, time
from typing import Any

import pytest

from services.models import Centre, CentrePhone, HoursException, SharedHours, WeeklyHours
from services.models.network import network
from tests.factories import services as make

pytestmark = pytest.mark.django_db


def _kept(slug: str = "semya") -> Centre:
    return next(centre for centre in network().live.values() if centre.slug == slug)


def test_kept_without_a_query_until_something_below_the_page_changes(django_assert_num_queries: Any) -> None:
    centre = make.centre()
    assert [phone.number for phone in _kept().phones.all()] == ["+79016679448"]
    with django_assert_num_queries(0):
        assert len(_kept().hours.all()) == 5
        assert _kept().timetable.week
    CentrePhone.objects.create(centre=centre, number="+73952000000", purpose="Дежурный")
    assert len(_kept().phones.all()) == 2
    WeeklyHours.objects.create(centre=centre, weekday=5, opens=time(10), closes=time(14))
    assert 5 in _kept().timetable.week
    exception = HoursException.objects.create(
        centre=centre, first_day=date(2999, 1, 1), last_day=date(2999, 1, 2), reason="Ремонт"
    )
    assert [row.reason for row in _kept().special_days] == ["Ремонт"]
    exception.delete()
    shared = SharedHours.objects.create(first_day=date(2999, 1, 1), last_day=date(2999, 1, 2), reason="Праздники")
    assert not _kept().special_days
    shared.centres.add(centre)
    assert [row.reason for row in _kept().special_days] == ["Праздники"]
    shared.delete()
    assert not _kept().special_days
    town = make.TerritoryFactory(code="bratsk", name="Братск")
    centre.serves.add(town)
    centre.save()
    town.name = "Город Братск"
    town.save()
    assert [each.name for each in _kept().serves.all()] == ["Город Братск"]


def test_published_taken_away_and_moved_at_once(django_capture_on_commit_callbacks: Any) -> None:
    centre = make.centre()
    network()
    centre.title = "Новое название"
    centre.save()
    assert _kept().title == "Новое название"
    section = make.centre_index()
    with django_capture_on_commit_callbacks(execute=True):
        section.slug = "places"
        section.save_revision().publish()
    assert _kept().url == "/places/semya/"
    centre.refresh_from_db()
    centre.unpublish()
    assert not network().live


def test_a_draft_shows_its_own_hours_and_telephones_and_not_what_is_published(client: Any) -> None:
    centre = make.centre()
    assert "8 901 667 94 48" in client.get("/centres/semya/").content.decode()
    centre.phones = [CentrePhone(number="+73952000000", written="8 3952 00 00 00", purpose="Запись")]
    draft = centre.save_revision().as_object()
    page = draft.make_preview_request().content.decode()
    assert "8 3952 00 00 00" in page
    assert "8 901 667 94 48" not in page
    assert "8 901 667 94 48" in client.get("/centres/semya/").content.decode()


def test_the_main_centre_is_the_first_that_works() -> None:
    make.centre("later", state=Centre.State.PLANNED)
    assert network().main == Centre.objects.get(slug="later")
    make.centre("works")
    assert network().main == Centre.objects.get(slug="works")
    moved = make.centre("moved", state=Centre.State.MOVED)
    assert moved.pk not in network().known
    assert network().successor(moved.pk) is None


@pytest.fixture
def many() -> None:
    make.centre("c", title="Областной центр")
    towns = [make.TerritoryFactory(name=f"Район {number:02}") for number in range(70)]
    for number, town in enumerate(towns):
        kind = Centre.Kind.POINT if number < 40 else Centre.Kind.DEPARTMENT
        make.point(town, f"p{number}", title=f"Место {number:02}", kind=kind)


def test_the_long_list_comes_in_parts_by_kind_and_whole_for_the_printer(many: None, text: Any) -> None:
    first = text("/centres/")
    assert "Страница 1 из 3" in first
    assert first.count('class="row"') == 30
    assert 'href="/centres/?kind=point">Пункты поддержки <span class="soft">40</span>' in first
    assert "Областной центр" in first
    assert "Место 39" not in first
    points = text("/centres/?kind=point&page=2")
    assert "Страница 2 из 2" in points
    assert "Место 39" in points
    assert '<h2 id="point">' in points
    assert "Областной центр" not in points
    assert 'href="?kind=point&amp;page=1"' in points
    whole = text("/centres/?page=all")
    assert whole.count('class="row"') == 71
    assert "Страница" not in whole
    for wrong in ("0", "99", "x", "-1", "%00", "1e9"):
        assert 'class="row"' in text(f"/centres/?page={wrong}&kind=nothing")


def test_a_short_list_has_no_parts(text: Any) -> None:
    for number in range(34):
        make.point(make.TerritoryFactory(), f"p{number}")
    page = text("/centres/")
    assert page.count('class="row"') == 34
    assert "Страница" not in page
    assert "kind=" not in page
