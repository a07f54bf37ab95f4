"""Reading: published public pages only, in a fixed number of queries, without a cookie."""

import datetime

import pytest
from wagtail.models import PageViewRestriction

from home.models import NewsIndexPage, NewsPage, StandardPage
from services.models import Centre, CentreIndexPage, CentrePhone, Territory, WeeklyHours
from tests.factories.forms import form_page, home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def centres(db) -> list[Centre]:
    """Three published centres and a draft."""
    index = home_page().add_child(instance=CentreIndexPage(title="Куда обратиться", slug="centres"))
    place = Territory.objects.create(code="angarsk", name="Ангарский округ")
    made = []
    for number in range(4):
        centre = Centre(title=f"Пункт {number}", slug=f"p{number}", territory=place, live=number < 3)
        centre.phones = [CentrePhone(number="+78006000000", purpose="Вопросы")]
        centre.hours = [WeeklyHours(weekday=0, opens=datetime.time(9), closes=datetime.time(18))]
        made.append(index.add_child(instance=centre))
    return made


def test_centres_with_what_a_caller_needs(client, centres) -> None:
    data = client.get("/api/centres?territory=angarsk").json()
    assert data["count"] == 3
    first = data["items"][0]
    assert first["title"] == "Пункт 0"
    assert first["territory"] == "angarsk"
    assert first["phones"][0]["number"] == "+78006000000"
    assert first["hours"][0]["opens"].startswith("09:00")
    assert first["open_words"]
    assert first["url"].startswith("http://testserver/centres/")
    assert client.get("/api/centres?territory=nowhere").json()["count"] == 0


def test_portions(client, centres) -> None:
    data = client.get("/api/centres?limit=1&offset=1").json()
    assert [item["title"] for item in data["items"]] == ["Пункт 1"]
    assert (data["count"], data["limit"], data["offset"]) == (3, 1, 1)
    for query in (
        "limit=0",
        "limit=201",
        "limit=a",
        "offset=-1",
        "offset=9999999999999999999999",
        "territory=" + "a" * 99,
    ):
        answer = client.get(f"/api/centres?{query}")
        assert answer.status_code == 422, query
        assert answer.json()["errors"]


def test_the_number_of_queries_does_not_grow_with_the_list(client, centres, django_assert_num_queries) -> None:
    client.get("/api/centres")
    with django_assert_num_queries(9):
        assert len(client.get("/api/centres").json()["items"]) == 3


def test_restricted_and_unpublished_pages_do_not_exist_here(client) -> None:
    home = home_page()
    section = home.add_child(instance=NewsIndexPage(title="Новости", slug="news"))
    news = section.add_child(instance=NewsPage(title="Открылась группа", slug="a", lead="По субботам."))
    section.add_child(instance=NewsPage(title="Черновик", slug="b", live=False))
    secret = home.add_child(instance=StandardPage(title="Секрет", slug="secret"))
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert [item["title"] for item in client.get("/api/news").json()["items"]] == ["Открылась группа"]
    assert client.get("/api/pages").json()["count"] == 0
    assert client.get(f"/api/pages/{news.pk}").json()["text"] == "По субботам."
    assert client.get(f"/api/pages/{secret.pk}").status_code == 404
    for number in (0, 1, 10**30):
        assert client.get(f"/api/pages/{number}").status_code == 404


def test_a_restricted_form_is_not_told(client) -> None:
    page = form_page()
    assert client.get("/api/forms").json()["items"][0]["slug"] == "help"
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/api/forms").json()["count"] == 0
    assert client.get("/api/forms/help").status_code == 404


def test_a_form_with_its_schema_and_nothing_of_the_staff(client, django_assert_max_num_queries) -> None:
    form_page()
    client.get("/api/forms/help")
    with django_assert_max_num_queries(4):
        data = client.get("/api/forms/help").json()
    assert data["version"] == 1
    assert "team" not in data["definition"]
    assert data["definition"]["consent"]["version"] == 1
    schema = data["answers_schema"]
    assert schema["additionalProperties"] is False
    assert len(schema["properties"]) == 10
    assert len(schema["required"]) == 6


def test_every_list_answers_and_no_answer_sets_a_cookie(client) -> None:
    index = client.get("/api/")
    assert index.status_code == 200
    for endpoint in index.json()["endpoints"]:
        if endpoint["method"] == "GET" and "{" not in endpoint["path"]:
            answer = client.get(endpoint["path"], {"place": "Братск"})  # one of them needs it
            assert answer.status_code == 200, endpoint
            assert not answer.cookies
    assert client.get("/api/nothing/here").status_code == 404
    assert client.get("/api/nothing/here")["Content-Type"] == "application/problem+json"


def test_the_documentation_names_every_address_and_no_other_host(client) -> None:
    html = client.get("/api/docs").content.decode()
    for endpoint in client.get("/api/").json()["endpoints"]:
        assert f"{endpoint['method']} {endpoint['path']}" in html
    assert html.count("<script") == html.count('<script src="/static/portal/')
    assert "https://" not in html
    assert client.get("/api/openapi.json").json()["info"]["title"]


@pytest.mark.parametrize("address", ["/api/", "/api/forms", "/api/openapi.json", "/api/docs"])
def test_head_answers_as_get_does(client, address: str) -> None:
    assert client.head(address).status_code == client.get(address).status_code == 200


def test_what_is_not_allowed_is_said_as_a_problem(client) -> None:
    for method in ("put", "delete", "options"):
        answer = getattr(client, method)("/api/forms")
        assert answer.status_code == 405 and answer.headers["Allow"] == "GET"
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "только: GET" in answer.json()["detail"]
