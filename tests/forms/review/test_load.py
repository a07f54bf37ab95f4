"""Who leads how much: the numbers are those of the folders they lead to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forms.applications.models import Absence, Application
from forms.review import load
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(person):
    lead = person("lead", last_name="Левченко", first_name="Анна")
    busy = person("reviewer", "busy", last_name="Павлова", first_name="Ирина")
    idle = person("reviewer", "idle", last_name="Яковлев", first_name="Пётр")
    make.team("Иркутск", lead, busy, idle)
    return lead, busy, idle


def _due(application: Application, days: int) -> None:
    Application.objects.filter(pk=application.pk).update(due_on=timezone.localdate() + timedelta(days=days))


def test_every_number_is_that_of_its_list(team, signed_in, person) -> None:
    lead, busy, idle = team
    for days in (-1, 0, 3):
        _due(make.in_work(busy), days)
    make.waiting(busy)
    _due(make.new(), 0)
    make.resolved(busy)
    foreign = person("reviewer", "foreign")
    make.team("Братск", foreign, codes=("bratsk",))
    make.in_work(foreign, q_place="bratsk")
    today = timezone.localdate()
    Absence.objects.create(person=idle, starts_on=today, ends_on=today, substitute=busy)
    found = load.lines(lead)
    assert [(line.name, line.overdue, line.burning, line.open, line.waiting) for line in found] == [
        ("не назначены", 0, 1, 1, 0),
        ("Павлова И.", 1, 2, 4, 1),
        ("Левченко А.", 0, 0, 0, 0),
        ("Яковлев П.", 0, 0, 0, 0),
    ]
    assert "замещает Павлова И." in found[-1].away
    client = signed_in(lead)
    for line in found:
        for folder, number in (("overdue", line.overdue), ("today", line.burning), ("open", line.open)):
            assert len(client.get(f"{line.base}{folder}").context["object_list"]) == number, (line.name, folder)


def test_it_stands_on_the_first_page_of_who_gives_work_out(team, signed_in, person) -> None:
    lead, busy, _idle = team
    manager = person("manager")
    assert {line.name for line in load.lines(manager)} >= {"Павлова И.", "Яковлев П."}
    assert "Кто сколько ведёт" in signed_in(manager).get("/admin/").content.decode()
    make.in_work(busy)
    assert "Кто сколько ведёт" in signed_in(lead).get("/admin/").content.decode()
    assert "Кто сколько ведёт" not in signed_in(busy).get("/admin/").content.decode()


def test_it_costs_the_same_however_many_there_are(team, person, django_assert_num_queries) -> None:
    lead, busy, _idle = team
    make.in_work(busy)
    with django_assert_num_queries(5):
        load.lines(type(lead).objects.get(pk=lead.pk))
    for number in range(4):
        more = person("reviewer", f"more{number}")
        make.team("Иркутск", more)
        make.in_work(more)
    with django_assert_num_queries(5):
        load.lines(type(lead).objects.get(pk=lead.pk))
