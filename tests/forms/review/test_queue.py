"""The list: folders, counters, filter, search, pages, and its price in queries."""

import datetime

import pytest
from django.utils import timezone

from forms.applications import actions, answering
from forms.applications.models import Application
from forms.review import folders, paging
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
QUEUE = "/admin/queue/"


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def _due(application: Application, days: int) -> Application:
    Application.objects.filter(pk=application.pk).update(due_on=timezone.localdate() + datetime.timedelta(days=days))
    return application


def _numbers(response) -> list[int]:
    return [row.pk for row in response.context["object_list"]]


def test_folders_hold_what_they_say(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    late, today, later = (_due(make.new(), days) for days in (-1, 0, 5))
    mine = _due(make.in_work(reviewer), 9)
    closed = make.resolved(reviewer)
    waiting, told = _due(make.waiting(reviewer), -9), _due(make.new(), 20)
    answering.write(told.pk, "key", "Переехали")
    expected = {
        "today": [late.pk, today.pk],
        "overdue": [late.pk],
        "mine": [waiting.pk, mine.pk],
        "unassigned": [late.pk, today.pk, later.pk, told.pk],
        "open": [waiting.pk, late.pk, today.pk, later.pk, mine.pk, told.pk],
        "closed": [closed.pk],
        "waiting": [waiting.pk],
        "news": [told.pk],
    }
    for key, numbers in expected.items():
        response = client.get(QUEUE, {"folder": key})
        assert _numbers(response) == numbers
        assert {f["url"].split("=")[1]: f["count"] for f in response.context["folders"]} == {
            name: str(len(found)) for name, found in expected.items()
        }
    assert _numbers(client.get(QUEUE)) == expected["today"]
    assert _numbers(client.get(QUEUE, {"folder": "nonsense"})) == expected["today"]


def test_staff_never_land_on_an_empty_folder_beside_waiting_work(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    assert client.get(QUEUE).context["view"].folder.key == "today"
    _due(make.new(), 9)
    assert client.get(QUEUE).context["view"].folder.key == "unassigned"
    _due(make.in_work(reviewer), 9)
    assert client.get(QUEUE).context["view"].folder.key == "mine"
    _due(make.new(), 0)
    assert client.get(QUEUE).context["view"].folder.key == "today"


def test_the_first_page_of_the_admin_shows_the_counters(reviewer, signed_in) -> None:
    _due(make.new(), 9)
    text = signed_in(reviewer).get("/admin/").content.decode()
    assert "Не назначены: 1" in text
    assert "Не назначены" not in signed_in("press").get("/admin/").content.decode()


def test_counters_stop_at_the_cap(reviewer, monkeypatch) -> None:
    monkeypatch.setattr(folders, "CAP", 2)
    for _number in range(4):
        make.new()
    numbers = folders.counts(Application.objects.visible_to(reviewer), reviewer)
    assert numbers["open"] == 3
    assert folders.shown(numbers["open"]) == "2+"
    assert folders.shown(2) == "2"


def test_counters_of_someone_without_teams(person) -> None:
    make.team()
    make.new()
    user = person("reviewer")
    assert set(folders.counts(Application.objects.visible_to(user), user).values()) == {0}


def test_filter_by_state(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    new, taken = make.new(), make.in_work(reviewer)
    assert _numbers(client.get(QUEUE, {"folder": "open", "state": "in_work"})) == [taken.pk]
    assert _numbers(client.get(QUEUE, {"folder": "open", "state": ["in_work", "new"]})) == [new.pk, taken.pk]
    response = client.get(QUEUE, {"folder": "open", "state": "resolved"})
    assert "По этим фильтрам пусто" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ёлкина", True),
        ("елк", True),
        ("анна", True),
        ("сергеевна", True),
        ("кина", False),
        ("8 (900) 123-45-67", True),
        ("+79001234567", True),
        ("4567", True),
        ("45-67", True),
        ("5678", False),
        ("ELKINA@example.ru", True),
        ("{number}", True),
        ("№ {number}", True),
        ("99-{tail}", False),
        ("%", False),
        ("'; DROP TABLE", False),
        ("\x00", False),
    ],
)
def test_search_in_any_spelling(reviewer, signed_in, text, found) -> None:
    client = signed_in(reviewer)
    make.new()
    wanted = make.new(
        q_name={"last": "Ёлкина", "first": "Анна", "middle": "Сергеевна"},
        q_phone="+79001234567",
        q_email="elkina@example.ru",
    )
    number = wanted.public_number
    response = client.get(QUEUE, {"q": text.format(number=number, tail=number[3:]), "folder": "mine"})
    assert response.status_code == 200
    assert (wanted.pk in _numbers(response)) is found


def test_search_finds_closed_ones_and_no_foreign_ones(reviewer, person, signed_in) -> None:
    closed = make.resolved(reviewer)
    make.team("Братск", codes=("bratsk",))
    make.new(q_place="bratsk")
    assert _numbers(signed_in(reviewer).get(QUEUE, {"q": "Иванова"})) == [closed.pk]


@pytest.mark.parametrize("folder", ["open", "closed"])
def test_pages_by_key_lead_there_and_back(reviewer, signed_in, monkeypatch, folder) -> None:
    monkeypatch.setattr("forms.review.queue.PAGE", 3)
    client = signed_in(reviewer)
    for _number in range(8):
        (make.new if folder == "open" else lambda: make.resolved(reviewer))()
    # Equal keys: only the id tells them apart.
    if folder == "closed":
        Application.objects.filter(is_open=False).update(closed_at=timezone.now())
    seen, url, addresses = [], f"{QUEUE}?folder={folder}", []
    while url:
        response = client.get(url)
        addresses.append(_numbers(response))
        seen += addresses[-1]
        last, url = response, response.context["following_url"]
    assert len(seen) == len(set(seen)) == 8
    assert [len(page) for page in addresses] == [3, 3, 2]
    back = client.get(last.context["previous_url"])
    assert _numbers(back) == addresses[1]
    first = client.get(back.context["previous_url"])
    assert _numbers(first) == addresses[0]
    assert first.context["previous_url"] == ""


@pytest.mark.parametrize(
    "token", ["", "x", "%00", "W10", "bnVsbA", "WyJuIiwxLDFd", "WyJuIiwiMjAyNi0wMS0wMSIsIngiXQ", "a" * 500]
)
@pytest.mark.parametrize("folder", ["open", "closed"])
def test_a_broken_page_token_shows_the_first_page(reviewer, signed_in, token, folder) -> None:
    make.new()
    response = signed_in(reviewer).get(QUEUE, {"folder": folder, "p": token})
    assert response.status_code == 200
    assert len(_numbers(response)) == (1 if folder == "open" else 0)


def test_a_token_of_another_order_is_refused() -> None:
    token = paging.token(paging.FORWARD, [datetime.date(2026, 1, 2), 7])
    assert paging.read(token, ("due_on", "id")).keys == (datetime.date(2026, 1, 2), 7)
    for fields in (("closed_at", "id"), ("urgency", "id"), ("urgency", "due_on", "id"), ("id",)):
        assert paging.read(token, fields) == paging.Place()


@pytest.mark.parametrize("count", [2, 30])
def test_price_does_not_grow_with_rows(reviewer, signed_in, count, django_assert_max_num_queries) -> None:
    client = signed_in(reviewer)
    for number in range(count):
        (make.new if number % 2 else lambda: make.in_work(reviewer))()
    client.get(QUEUE, {"folder": "open"})
    with django_assert_max_num_queries(13):
        assert client.get(QUEUE, {"folder": "open"}).status_code == 200


def test_results_fragment_is_only_the_list(reviewer, signed_in) -> None:
    make.new()
    text = signed_in(reviewer).get(f"{QUEUE}results/", {"folder": "open"}).content.decode()
    assert "<html" not in text
    assert "q-folders" in text
    assert "Иванова М. П." in text


def test_the_address_keeps_folder_and_filter_on_the_next_page(reviewer, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("forms.review.queue.PAGE", 1)
    client = signed_in(reviewer)
    make.new()
    make.new()
    response = client.get(f"{QUEUE}results/", {"folder": "open", "state": "new", "_w_filter_fragment": "1"})
    url = response.context["following_url"]
    assert url.startswith(f"{QUEUE}?")
    assert "folder=open" in url
    assert "state=new" in url
    assert "_w_filter" not in url


def test_personal_data_is_not_kept_by_the_browser(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    for address in (QUEUE, f"{QUEUE}{make.new().pk}/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_nothing_typed_by_an_applicant_is_markup(reviewer, signed_in) -> None:
    evil = "<script>alert(1)</script>"
    application = make.new(q_story=evil, q_name={"last": evil, "first": evil, "middle": ""})
    client = signed_in(reviewer)
    for address in (f"{QUEUE}?folder=open", f"{QUEUE}{application.pk}/", f"{QUEUE}?q={evil}"):
        assert evil not in client.get(address).content.decode()


def test_take_from_the_new_ones(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    application = make.new()
    actions.take(application.pk, reviewer, 1)
    assert _numbers(client.get(QUEUE, {"folder": "mine"})) == [application.pk]
