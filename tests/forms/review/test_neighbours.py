"""The card keeps the list it was opened from: next, previous, the way back, and what that costs."""

import re

import pytest
from django.utils import timezone

from forms.applications import actions, labelling
from forms.applications.models import Application
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def rows(reviewer) -> list[Application]:
    """Three, due one after the other; a fourth of another team between them."""
    make.team("Братск", codes=("bratsk",))
    made = [make.new(), make.new(q_place="bratsk"), make.new(), make.new()]
    for number, application in enumerate(made):
        due = timezone.localdate() + timezone.timedelta(days=number)
        Application.objects.filter(pk=application.pk).update(due_on=due)
    return [made[0], made[2], made[3]]


def _near(client, application, query):
    near = client.get(f"/admin/queue/{application.pk}/?{query}").context["near"]
    return [int(re.search(r"/(\d+)/", address)[1]) if address else None for address in (near.before, near.after)]


@pytest.mark.parametrize("query", ["folder=open", "folder=unassigned&sort=due", "folder=open&label={label}"])
def test_next_and_previous_within_the_list(reviewer, rows, signed_in, query) -> None:
    client, label = signed_in(reviewer), labelling.named(["одна"])[0]
    for application in rows:
        labelling.put(application, [label])
    query = query.format(label=label.pk)
    first, second, third = (application.pk for application in rows)
    assert _near(client, rows[0], query) == [None, second]
    assert _near(client, rows[1], query) == [first, third]
    assert _near(client, rows[2], query) == [second, None]
    assert _near(client, rows[1], f"{query}&sort=-due") == [third, first]


def test_a_filter_leaves_others_out_and_a_gone_one_keeps_its_place(reviewer, rows, signed_in) -> None:
    client = signed_in(reviewer)
    actions.take(rows[1].pk, reviewer, 1)
    assert _near(client, rows[0], "folder=unassigned") == [None, rows[2].pk]
    assert _near(client, rows[1], "folder=unassigned") == [rows[0].pk, rows[2].pk]
    assert _near(client, rows[0], "folder=open&state=in_work") == [None, rows[1].pk]


def test_without_a_list_there_is_nothing_beside(reviewer, rows, signed_in) -> None:
    near = signed_in(reviewer).get(f"/admin/queue/{rows[1].pk}/").context["near"]
    assert (near.before, near.after, near.back, near.known) == ("", "", "/admin/queue/", False)
    # An open one has no place in the order of the closed.
    assert _near(signed_in(reviewer), rows[1], "folder=closed") == [None, None]
    assert signed_in(reviewer).get(f"/admin/queue/{rows[1].pk}/?folder=nonsense&sort=x&p=%00").status_code == 200


def test_the_list_hands_its_address_on_and_gets_it_back(reviewer, rows, signed_in) -> None:
    client = signed_in(reviewer)
    page = client.get("/admin/queue/?folder=open&sort=-due&p=x").content.decode()
    assert f'href="/admin/queue/{rows[0].pk}/?folder=open&amp;sort=-due"' in page
    card = f"/admin/queue/{rows[0].pk}/?folder=open&sort=-due"
    assert 'href="/admin/queue/?folder=open&amp;sort=-due"' in client.get(card).content.decode()
    answer = client.post(f"/admin/queue/{rows[0].pk}/note/?folder=open&sort=-due", {"text": "x", "key": "k"})
    assert answer["Location"] == card


def test_price(reviewer, rows, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(reviewer)
    card = f"/admin/queue/{rows[1].pk}/"
    client.get(card)
    with django_assert_max_num_queries(19):
        client.get(f"{card}?folder=open")
