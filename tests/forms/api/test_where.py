"""«Куда обратиться» for a voice assistant: a sentence, the facts behind it, one more question where needed."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from ninja.throttling import AnonRateThrottle

from portal import page_cache
from services.models import CentrePhone
from tests.factories import services as make

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 14, 20, tzinfo=ZoneInfo("Asia/Irkutsk"))
MORNING = [(day, time(9), time(12), None, None) for day in range(5)]


@pytest.fixture(autouse=True)
def places():
    angarsk = make.TerritoryFactory(code="angarsky", name="Ангарский городской округ", also_called="Ангарск")
    make.TerritoryFactory(code="north", name="Ленинский район Севера")
    make.TerritoryFactory(code="south", name="Ленинский район Юга")
    make.centre(title="Областной центр", address="Иркутск, 30")
    phone = CentrePhone(number="+78006000000", written="8 800 6 000 000", purpose="Вопросы", is_recorded=True)
    make.point(angarsk, title="Кабинет в Ангарске", address="Ангарск, 41", floor="2 этаж [демо]", phones=[phone])
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def test_a_sentence_to_be_said_and_the_facts(client) -> None:
    data = client.get("/api/where", {"place": "я живу в Ангарске"}).json()
    assert data["say"] == (
        "Ангарский городской округ: вам поможет кабинет в Ангарске. Адрес: Ангарск, 41, 2 этаж. Открыто до 18:00. "
        "Телефон 8 800 6 000 000. Разговор записывают."
    )
    assert (data["is_found"], data["is_own"]) == (True, True)
    assert data["municipality"] == {"code": "angarsky", "name": "Ангарский городской округ"}
    assert data["place"]["phones"][0]["number"] == "+78006000000"
    assert (data["place"]["open_now"], data["place"]["url"]) == ("open", "http://testserver/centres/punkt-angarsky/")
    assert data["instead"] is None
    assert data["true_until"] == "2026-11-25T18:00:00+08:00"


def test_a_closed_place_is_followed_by_an_open_one(client) -> None:
    make.point(make.TerritoryFactory(code="tulun", name="Тулун"), title="Кабинет в Тулуне", hours=MORNING)
    data = client.get("/api/where?place=Тулун").json()
    assert "Откроется завтра в 9:00." in data["say"]
    assert "Пока можно обратиться сюда: областной центр." in data["say"]
    assert data["place"]["opens_at"] == "2026-11-26T09:00:00+08:00"
    assert data["instead"]["title"] == "Областной центр"


def test_one_more_question_where_two_may_be_meant(client) -> None:
    data = client.get("/api/where?place=Ленинский район").json()
    assert data["say"] == "Уточните, что вы имеете в виду: Ленинский район Севера или Ленинский район Юга?"
    assert [each["code"] for each in data["choices"]] == ["north", "south"]
    assert (data["is_found"], data["place"]) == (False, None)


def test_an_unknown_name_is_said_to_be_unknown(client) -> None:
    data = client.get("/api/where?place=Марс").json()
    assert data["say"].startswith("Не нашли такое название.")
    assert data["is_found"] is False


def test_what_is_not_a_question_is_refused(client) -> None:
    for query in ("", "?place=", "?place=" + "а" * 121, "?place=Ангарск&by=teleport"):
        assert client.get(f"/api/where{query}").status_code == 422, query


def test_it_is_kept_until_the_doors_shut(client, settings) -> None:
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    client.get("/api/where?place=Ангарск")
    kept = client.get("/api/where?place=Ангарск")
    assert kept["ETag"]
    with time_machine.travel(WEDNESDAY.replace(hour=18), tick=False):
        assert client.get("/api/where?place=Ангарск").json()["place"]["open_now"] == "closed"


def test_asking_too_often_is_told(client, monkeypatch) -> None:
    monkeypatch.setattr(AnonRateThrottle, "allow_request", lambda self, request: False)
    answer = client.get("/api/where", {"place": "Ангарск"})
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")


def test_few_queries(client, django_assert_max_num_queries) -> None:
    client.get("/api/where?place=Ангарск")
    with django_assert_max_num_queries(8):
        client.get("/api/where?place=Ангарск")
