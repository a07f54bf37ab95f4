"""Two applications side by side: what differs, who may look, and putting them together from there."""

from typing import Any

import pytest
from django.urls import reverse

from forms.applications import holding
from forms.applications.models import Application, JournalEntry
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def pair(lead: Any) -> tuple[Application, Application]:
    return make.in_work(lead, q_story="Дрова на зиму"), make.new(q_story="Уголь и дрова")


def _address(pair: Any) -> str:
    return reverse("form_review:compare", args=[each.pk for each in pair])


def test_what_differs_is_told_and_both_reads_are_kept(
    pair: Any, lead: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(lead)
    first = client.get(_address(pair))
    differ = {line.label: (line.here, line.there) for line in first.context["differ"]}
    same = {line.label for line in first.context["same"]}
    assert differ["Состояние"] == ("в работе", "новое")
    assert ("Дрова на зиму", "Уголь и дрова") in differ.values()
    assert "Команда" in same and not same & differ.keys()
    assert "тот же телефон" in first.content.decode()
    reads = JournalEntry.objects.filter(action="read", actor=lead)
    assert {entry.application_id for entry in reads} == {each.pk for each in pair}
    with django_assert_max_num_queries(24):
        client.get(_address(pair))
    assert reads.count() == 2


def test_either_of_them_can_remain(pair: Any, lead: Any, signed_in: Any) -> None:
    client, (one, two) = signed_in(lead), pair
    seen = {f"expected_{each.pk}": each.version for each in pair}
    answer = client.post(_address(pair), seen | {"into": one.pk})
    assert answer["Location"] == reverse("form_review:card", args=[one.pk])
    two.refresh_from_db()
    assert (two.state, two.merged_into) == ("merged", one)
    # Now there is nothing to put together any more.
    page = client.get(_address(pair))
    assert not page.context["may_merge"]
    assert client.post(_address(pair), seen | {"into": one.pk}).status_code == 409


def test_held_undone_and_stale(pair: Any, lead: Any, signed_in: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    client, (one, two) = signed_in(lead), pair
    seen = {f"expected_{each.pk}": each.version for each in pair}
    answer = client.post(_address(pair), seen | {"into": two.pk}, headers={"X-In-Place": "card"})
    # The one that closes says that it is on its way.
    assert (answer.status_code, answer["X-Leads-To"]) == (204, reverse("form_review:card", args=[one.pk]))
    holding.undo(one.pk, lead)
    make.move("put_off", one, lead)
    stale = client.post(_address(pair), seen | {"into": two.pk})
    assert stale.status_code == 409
    assert "Отложено" in stale.content.decode()
    one.refresh_from_db()
    assert one.state == "postponed"


def test_two_people_are_shown_but_never_merged(lead: Any, signed_in: Any) -> None:
    one, two = make.in_work(lead), make.in_work(lead, q_phone="+79000000001", q_email="other@example.org")
    client = signed_in(lead)
    page = client.get(_address((one, two)))
    assert not page.context["may_merge"]
    assert "Общего телефона" in page.content.decode()
    answer = client.post(_address((one, two)), {f"expected_{one.pk}": one.version, "into": two.pk})
    assert answer.status_code == 409
    assert "разных людей" in answer.content.decode()


def test_nobody_compares_what_they_may_not_see(pair: Any, lead: Any, person: Any, signed_in: Any) -> None:
    make.team("Братск", person("lead", "other"), codes=("bratsk",))
    foreign, client = make.new(q_place="bratsk"), signed_in(lead)
    for given in ((pair[0], pair[0]), (foreign, pair[0]), (pair[0], foreign)):
        assert client.get(_address(given)).status_code == 404
        assert client.post(_address(given), {"into": pair[0].pk}).status_code == 404
    assert client.post(_address(pair), {"into": "x"}).status_code == 404
    assert client.post(_address(pair), {}).status_code == 404
