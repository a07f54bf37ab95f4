"""«Найти свой центр»: the page of a municipality, and the place to turn to while its own is closed."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from home.models import HomePage
from services.centre_finding import Place, find, kilometres, nearest
from services.models import NewsPlace
from services.models.finding import answer
from tests.factories import home
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
MORNING = [(day, time(9), time(12), None, None) for day in range(5)]
TUESDAYS = [(1, time(9), time(12), None, None)]


@pytest.fixture
def bratsk():
    return make.TerritoryFactory(code="bratsk", name="Братск", also_called="Энергетик, Гидростроитель")


def test_a_municipality_has_an_address_of_its_own(text, bratsk):
    make.centre(title="Областной центр")
    make.point(bratsk, title="Кабинет в Братске", offers="Видеосвязь: с психологом")
    make.group(venue=make.point(bratsk, "second", title="Пункт второй"))
    make.measure("here", territories=[bratsk])
    make.measure("elsewhere", territories=[make.TerritoryFactory(code="tulun", name="Тулун")])
    page = text("/centres/in/bratsk/")
    for words in (
        "Куда обратиться: Братск",
        '<link rel="canonical" href="/centres/in/bratsk/">',
        "Кабинет в Братске</a></h2>",
        "Открыто до 18:00",
        "<b>Видеосвязь</b>: с психологом",
        "Группа vzroslye",
        "1 мера действует",
        'href="/measures/?territory=bratsk"',
        'data-also="Энергетик, Гидростроитель"',
        "<b>Областной центр</b>",
    ):
        assert words in page, words
    assert 'href="/centres/in/bratsk/"' in text("/centres/")


def test_news_of_the_municipality_stand_on_its_page(text, bratsk):
    make.point(bratsk)
    article = home.news(home.news_index(HomePage.objects.get()), "Открылась группа", "gruppa")
    NewsPlace.objects.create(news=article, territory=bratsk, sort_order=0)
    assert "Открылась группа" in text("/centres/in/bratsk/")
    make.TerritoryFactory(code="tulun")
    assert "Открылась группа" not in text("/centres/in/tulun/")


def test_an_unknown_municipality_is_not_a_page(client):
    make.centre()
    for address in ("/centres/in/mars/", "/centres/in/", "/centres/in/a/b/"):
        assert client.get(address).status_code == 404, address


def test_every_municipality_is_in_the_sitemap(client, bratsk):
    make.centre()
    assert "/centres/in/bratsk/</loc>" in client.get("/sitemap.xml").content.decode()


def test_while_it_is_closed_the_one_that_is_open_is_named(text, bratsk):
    make.point(bratsk, title="Кабинет в Братске", hours=MORNING)
    make.centre(title="Областной центр")
    page = text("/centres/in/bratsk/")
    assert "Откроется завтра в 9:00" in page
    assert "Пока закрыто, помогут здесь" in page
    assert page.count("Областной центр") == 1  # not once more among the others


def test_of_two_open_neighbours_the_nearer_one_is_named(bratsk):
    make.point(bratsk, title="Братск", hours=MORNING, latitude="56.15", longitude="101.63")
    make.point(make.TerritoryFactory(), title="Далёкий", latitude="52.29", longitude="104.30")
    make.point(make.TerritoryFactory(), title="Близкий", latitude="56.30", longitude="101.70")
    now = datetime(2026, 11, 25, 6, 20, tzinfo=UTC)
    assert answer("bratsk", now).instead.centre.title == "Близкий"


def test_when_all_are_closed_the_one_that_opens_sooner_is_named(bratsk):
    make.point(bratsk, title="Братск", hours=TUESDAYS)
    make.centre(title="Областной центр")
    with time_machine.travel(datetime(2026, 11, 25, 13, tzinfo=UTC), tick=False):
        found = answer("bratsk", datetime.now(UTC))
    assert found.instead.centre.title == "Областной центр"
    assert found.instead.state.words == "Откроется завтра в 9:00"


def test_nobody_is_named_instead_of_an_open_place(bratsk):
    make.point(bratsk)
    make.centre()
    assert answer("bratsk", datetime(2026, 11, 25, 6, 20, tzinfo=UTC)).instead is None


def test_how_somebody_wants_to_be_helped_stands_in_the_address(text, bratsk):
    make.point(bratsk, title="Кабинет в Братске", by_video=False)
    make.centre(title="Областной центр", by_video=True)
    page = text("/centres/in/bratsk/?by=video")
    assert "Областной центр</a></h2>" in page
    assert "Рядом так не помогают" in page
    assert '<a href="/centres/in/bratsk/?by=video" aria-current="true">По видеосвязи</a>' in page
    assert "Кабинет в Братске</a></h2>" in text("/centres/in/bratsk/?by=nonsense")


def test_a_city_asks_for_the_district_and_helps_where_a_district_has_nobody(text):
    city = make.TerritoryFactory(code="perm", name="Пермь")
    district = make.TerritoryFactory(code="kirovsky", name="Кировский район", parent=city)
    make.point(city, title="Городской пункт")
    page = text("/centres/in/perm/")
    assert "В каком районе города вы живёте" in page
    assert 'href="/centres/in/kirovsky/"' in page
    assert "Городской пункт</a></h2>" in text("/centres/in/kirovsky/")
    make.point(district, title="Пункт Кировского района")
    assert "Пункт Кировского района</a></h2>" in text("/centres/in/kirovsky/")


def test_the_answer_follows_what_editors_save(text, bratsk):
    page = make.point(bratsk, title="Кабинет в Братске")
    assert "Кабинет в Братске</a></h2>" in text("/centres/in/bratsk/")
    page.serves = [make.TerritoryFactory(code="tulun", name="Тулун")]
    page.save()
    assert "Кабинет в Братске</a></h2>" not in text("/centres/in/bratsk/")
    page.unpublish()
    assert "Кабинет в Братске" not in text("/centres/in/tulun/")


def test_the_number_of_queries_does_not_grow_and_stays_below_twelve(client, bratsk, django_assert_max_num_queries):
    make.point(bratsk, hours=MORNING, latitude="56.15", longitude="101.63")
    make.centre()
    make.measure()
    for number in range(8):
        make.point(make.TerritoryFactory(), latitude="56.2", longitude=f"10{number}.1")
    client.get("/centres/in/bratsk/")
    with django_assert_max_num_queries(12):
        client.get("/centres/in/bratsk/")


def test_a_place_that_does_not_work_is_sent_to_last():
    closed = Place(1, "А", "point", "suspended", serves=frozenset({"x"}))
    working = Place(2, "Б", "point", serves=frozenset({"x"}))
    assert find([closed, working], ["x"]).own == working
    assert find([closed], ["x"]).own == closed


def test_distances_are_those_of_the_globe():
    irkutsk, bratsk = (52.2864, 104.2807), (56.1514, 101.6342)
    assert 455 < kilometres(irkutsk, bratsk) < 465
    near = Place(1, "А", "point", spot=(52.3, 104.2))
    far = Place(2, "Б", "point", spot=bratsk)
    assert nearest([far, near, Place(3, "В", "point")], irkutsk) == [near, far]
    assert nearest([near], None) == []
