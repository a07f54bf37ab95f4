"""What a public page costs while it is not kept: at most five queries, of whatever kind it is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import BasePage, HomePage
from services.models import Centre, HoursException, Measure, MeetingException, NewsPlace, NewsSubject
from tests.factories import forms, services
from tests.factories import home as make

pytestmark = pytest.mark.django_db
MOST = 5
# Addresses that are no page of the tree or stand below one.
BESIDE = (
    *("/centres/in/bratsk/", "/centres/in/bratsk/?by=video", "/centres/in/tulun/", "/centres/?territory=bratsk"),
    *("/centres/?kind=point&page=2", "/centres/?page=all", "/centres/c0/slip/", "/centres/c0/contact/"),
    *("/measures/?situation=injury&who=spouse&territory=bratsk", "/measures/?shown=all", "/measures/m0/checklist/"),
    *("/groups/month/", "/groups/ics/", "/groups/g0/ics/", "/news/?page=2", "/news/?territory=bratsk"),
    *("/offline/", "/sw.js", "/map/", "/search/", "/appearance/", "/news/rss/", "/robots.txt"),
    *("/search/suggest/?q=вып", "/api/where?place=Братск", "/api/territories"),
)


@pytest.fixture
def everything(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    with django_capture_on_commit_callbacks(execute=True):
        make.whole_site()
        make.answers()
        form = forms.form_page()
        towns = [
            services.TerritoryFactory(code=code, name=name) for code, name in (("bratsk", "Братск"), ("tulun", "Тулун"))
        ]
        today = timezone.localdate()
        closed = HoursException(first_day=today, last_day=today + timedelta(days=9), reason="Ремонт")
        main = services.centre("c0", title="Областной центр")
        places = [services.point(towns[0], f"p{number}", parent_centre=main) for number in range(40)]
        services.point(towns[1], "closed", exceptions=[closed], kind=Centre.Kind.DEPARTMENT, parent_centre=main)
        services.centre("old", state=Centre.State.MOVED)
        services.centre("new", predecessor=Centre.objects.get(slug="old"))
        for number in range(30):
            values = {"territories": towns} if number % 3 == 0 else {"form_page": form.page_ptr, "helped_by": places[0]}
            services.measure(f"m{number}", checked_on=today, **values)
        off = MeetingException(date=today + timedelta(days=7), reason="Каникулы")
        for number in range(6):
            services.group(f"g{number}", venue=places[number], exceptions=[off])
        news = make.news(HomePage.objects.get().get_children().get(slug="news").specific, slug="about-centre")
        news.places, news.subjects = [NewsPlace(territory=towns[0])], [NewsSubject(subject=main.page_ptr)]
        news.save_revision().publish()
    yield


def _kinds() -> list[str]:
    """An address of every kind of public page, the whole list of them being asked of Django."""
    found = []
    for model in apps.get_models():
        if issubclass(model, BasePage):
            page = model.objects.live().order_by("pk").first()
            assert page is not None, f"no page of this kind is made here: {model._meta.label}"
            found.append(page.get_url())
    return found


def test_no_public_page_costs_more_than_five_queries_however_much_there_is(everything: None) -> None:
    costly = {}
    more = ("/centres/p1/", "/centres/old/", "/centres/closed/", "/measures/m1/", "/news/about-centre/")
    for address in (*_kinds(), *more, *BESIDE):
        assert Client().get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            Client().get(address)
        if len(captured) > MOST:
            costly[address] = [each["sql"] for each in captured.captured_queries]
    assert not costly


def test_the_search_reads_what_it_shows_by_kind_and_not_by_result(everything: None) -> None:
    Client().get("/search/?q=мера")
    with CaptureQueriesContext(connection) as captured:
        text = Client().get("/search/?q=мера").content.decode()
    assert "Ещё" in text
    # Two, and one for each kind of page that is found.
    assert len(captured) <= 7
    assert len(Measure.objects.all()) == 30
