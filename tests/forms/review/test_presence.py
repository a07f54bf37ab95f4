"""Two people at one card know of each other; it is over when the page closes, or a minute later."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from forms.applications import actions
from forms.review import presence
from forms.review.models import Presence
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(person, signed_in):
    named = (("reviewer", "Павлова", "Ирина"), ("colleague", "Лапин", "Денис"))
    users = [person("reviewer", name, last_name=last, first_name=first) for name, last, first in named]
    make.team("Иркутск", *users)
    return [signed_in(user) for user in users]


def test_they_see_each_other_on_the_card_and_in_the_list(people) -> None:
    application, (mine, theirs) = make.new(), people
    card = f"/admin/queue/{application.pk}/"
    assert "Лапин Д. смотрит" not in mine.get(card).content.decode()
    assert "Павлова И. смотрит" in theirs.get(card).content.decode()
    assert "Лапин Д. смотрит" in mine.get("/admin/queue/?folder=open").content.decode()
    assert "Павлова И. смотрит" not in mine.get("/admin/queue/?folder=open").content.decode()
    fresh = mine.get(f"/admin/queue/fresh/?folder=open&rows={application.pk},99,x").json()
    assert fresh["looking"] == {str(application.pk): "Лапин Д."}
    assert mine.post(f"{card}presence/").json() == {"others": ["Лапин Д."], "version": 1}
    assert theirs.post(f"{card}presence/", {"gone": "1"}).json() == {}
    assert mine.post(f"{card}presence/").json()["others"] == []
    assert Presence.objects.count() == 1


def test_a_minute_later_it_is_over(people) -> None:
    application, (mine, theirs) = make.new(), people
    theirs.get(f"/admin/queue/{application.pk}/")
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert mine.post(f"/admin/queue/{application.pk}/presence/").json()["others"] == []
        assert presence.drop_old() == 1


def test_the_open_page_hears_that_the_card_changed(people) -> None:
    application, (mine, theirs) = make.new(), people
    actions.take(application.pk, theirs.user, 1)
    assert mine.post(f"/admin/queue/{application.pk}/presence/").json()["version"] == 2


def test_of_foreign_cards_nothing_is_told(people) -> None:
    make.team("Братск", codes=("bratsk",))
    foreign = make.new(q_place="bratsk")
    presence.note(foreign.pk, people[1].user)
    assert people[0].post(f"/admin/queue/{foreign.pk}/presence/").status_code == 404
    assert people[0].get(f"/admin/queue/fresh/?rows={foreign.pk}").json()["looking"] == {}


def test_a_list_asks_once(people, django_assert_max_num_queries) -> None:
    mine, theirs = people
    for _number in range(3):
        theirs.get(f"/admin/queue/{make.new().pk}/")
    mine.get("/admin/queue/?folder=open")
    with django_assert_max_num_queries(13):
        page = mine.get("/admin/queue/?folder=open").content.decode()
    assert page.count("Лапин Д. смотрит") == 3


def test_the_open_list_hears_of_steps_on_their_way_and_of_what_changed(people, settings) -> None:
    settings.UNDO_SECONDS = 60
    (mine, theirs), untouched = people, make.new()
    held = make.in_work(theirs.user)
    asked = f"/admin/queue/fresh/?folder=open&rows={held.pk},{untouched.pk}"
    told = mine.get(asked).json()
    assert (told["held"], told["versions"]) == ([], {str(held.pk): 2, str(untouched.pk): 1})
    data = {"expected": 2, "explanation": "Готово.", "go": "1"}
    theirs.post(f"/admin/queue/{held.pk}/resolve/", data)
    assert mine.get(asked).json()["held"] == [held.pk]
    assert "шаг уходит" in mine.get("/admin/queue/?folder=open").content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        theirs.get(f"/admin/queue/{held.pk}/")
        told = mine.get(asked).json()
    assert (told["held"], told["versions"][str(held.pk)]) == ([], 3)


def test_the_open_list_costs_the_same_with_many_rows(people, django_assert_max_num_queries) -> None:
    mine, theirs = people
    rows = [make.new() for _number in range(4)]
    for row in rows:
        theirs.get(f"/admin/queue/{row.pk}/")
    address = f"/admin/queue/fresh/?folder=open&since=0&rows={','.join(str(row.pk) for row in rows)}"
    mine.get(address)
    with django_assert_max_num_queries(9):
        assert len(mine.get(address).json()["looking"]) == 4
