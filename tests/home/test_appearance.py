"""«Версия для слабовидящих»: kept in one cookie, written by the server, never a way out of the site."""

import pytest
from django.test import Client, RequestFactory

from home import appearance
from tests.factories import home as make

pytestmark = pytest.mark.django_db
PRESSED = "black-on-white.2.sans.normal.on.open"


def _press(client: Client, **values: str):
    return client.post("/appearance/", {"next": "/about/?a=1", **values})


def test_one_press_switches_it_on_and_returns_to_the_same_address() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = _press(client, on="1")
    assert (answer.status_code, answer["Location"]) == (303, "/about/?a=1")
    cookie = answer.cookies["look"]
    assert cookie.value == PRESSED
    assert int(cookie["max-age"]) == 365 * 24 * 3600
    assert cookie["httponly"]
    assert set(answer.cookies) == {"look"}


def test_each_choice_changes_one_thing_and_keeps_the_others() -> None:
    client = Client()
    _press(client, on="1")
    _press(client, scheme="blue")
    _press(client, size="3")
    answer = _press(client, images="off")
    assert answer.cookies["look"].value == "blue.3.sans.normal.off.open"


def test_the_server_writes_the_choice_on_html() -> None:
    make.whole_site()
    client = Client()
    assert '<html lang="ru">' in client.get("/").content.decode()
    _press(client, on="1", scheme="white-on-black", spacing="wide", font="serif")
    for address in ("/", "/about/", "/news/", "/search/", "/map/", "/nowhere/"):
        text = client.get(address).content.decode()
        assert 'data-scheme="white-on-black"' in text
        assert 'data-spacing="wide"' in text
        assert "Настройки вида" in text
        assert 'aria-pressed="true"' in text


def test_the_panel_can_be_put_away_and_stays_away() -> None:
    make.whole_site()
    client = Client()
    _press(client, on="1")
    _press(client, panel="closed")
    text = client.get("/about/").content.decode()
    assert 'value="open"' in text
    assert "Чёрным по белому" not in text


def test_back_to_the_normal_view() -> None:
    client = Client()
    _press(client, on="1")
    answer = _press(client, reset="1")
    assert answer.cookies["look"]["max-age"] == 0


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        PRESSED + ".more",
        'black-on-white.2.sans.normal.on."><script>',
        "pink.2.sans.normal.on.open",
        "." * 5,
        "black-on-white.4.sans.normal.on.open",
        "a" * 4000,
    ],
)
def test_a_cookie_that_was_tampered_with_is_the_normal_view(cookie: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["look"] = cookie
    assert appearance.attributes(request) == {}


def test_values_off_the_whitelist_are_ignored() -> None:
    answer = _press(Client(), scheme="javascript", size="99", font="<b>", is_on="", other="1")
    assert answer.cookies["look"].value == PRESSED


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "",
        "evil",
        "/\t/evil.example",
        "///evil.example",
        "/" + "a" * 3000,
        "http:/evil.example",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_nobody_is_sent_to_another_site(address: str) -> None:
    answer = Client().post("/appearance/", {"next": address, "on": "1"})
    assert answer.status_code == 303
    assert answer["Location"] in {"/", "/a%0D%0ASet-Cookie:%20x=1"}
    assert "x" not in answer.cookies


def test_every_value_has_words() -> None:
    assert set(appearance.WORDS) == set(appearance.CHOICES) - {"panel"}
    for name, (_title, options) in appearance.WORDS.items():
        assert {value for value, _words in options} == set(appearance.CHOICES[name])


def test_its_own_page() -> None:
    make.site()
    text = Client().get("/appearance/").content.decode()
    assert "Размер букв" in text
    assert "csrf" not in text
