"""How lists are asked of the engine: the same rows by every way, and statements that PostgreSQL can plan well."""

import datetime
import json

import pytest
from django.db import connection
from django.http import QueryDict

from forms.applications import labelling
from forms.applications.models import Application
from forms.review import planner, queue
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is told how to go")
MOST_JOINED = 8
"""What PostgreSQL puts into the best order by itself: join_collapse_limit."""


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    make.team("Ангарск", user, codes=("angarsk",))
    return user


def _found(user, query: str) -> list[int]:
    return [row.pk for row in planner.page(queue.Look(user, QueryDict(query)).wanted).object_list]


def _child(born: str) -> Application:
    """An application that answers when the child was born."""
    return make.new(q_relation="c_spouse", q_birth=born)


def _tables(plan: dict) -> int:
    """Tables that are joined; what is read once before the statement begins is not among them."""
    own = int("Relation Name" in plan)
    inner = [part for part in plan.get("Plans", []) if part.get("Parent Relationship") != "InitPlan"]
    return own + sum(map(_tables, inner))


@on_postgresql
@pytest.mark.parametrize("query", ["folder=called", "folder=open&q=психолог&by=words", "folder=open&label={label}"])
def test_a_list_of_some_teams_joins_no_more_than_is_planned(reviewer, query) -> None:
    make.new()
    (label,) = labelling.named(["Обещал"])
    rows = planner.matching(queue.Look(reviewer, QueryDict(query.format(label=label.pk))).wanted)
    (found,) = json.loads(rows.explain(format="json"))
    assert 1 < _tables(found["Plan"]) <= MOST_JOINED


def test_a_range_of_an_answer_finds_the_same_however_many_it_has(reviewer, monkeypatch) -> None:
    old, young = _child("1990-05-05"), _child("2020-01-01")
    closed = make.resolved(reviewer, q_relation="c_spouse", q_birth="2021-01-01")
    foreign = _child("2020-01-01")
    Application.objects.filter(pk=foreign.pk).update(team=make.team("Братск", codes=("bratsk",)))
    by_form = f"form={old.form_id}&a.q_birth.from=2000-01-01"
    for few in (0, 2_000):
        monkeypatch.setattr(planner, "FEW", few)
        assert _found(reviewer, f"folder=open&{by_form}") == [young.pk]
        assert _found(reviewer, f"folder=closed&{by_form}") == [closed.pk]
        assert _found(reviewer, f"folder=open&form={old.form_id}&a.q_birth.to=2022-01-01&sort=name")[-1] == young.pk
        assert _found(reviewer, f"folder=open&channel=phone&{by_form}") == []


def test_a_range_of_an_answer_costs_as_many_queries_as_another_filter(
    reviewer, signed_in, django_assert_max_num_queries
) -> None:
    client, application = signed_in(reviewer), _child("2020-01-01")
    query = {"folder": "open", "form": application.form_id, "a.q_birth.from": "2000-01-01"}
    client.get("/admin/queue/", query)
    with django_assert_max_num_queries(15):
        assert client.get("/admin/queue/", query).context["object_list"]


@on_postgresql
def test_what_is_walked_and_what_is_found_first_depends_on_whose_rows_they_are(reviewer, person, monkeypatch) -> None:
    """The same guess of 5 000: of all teams it is dense, of some teams it may be sparse."""
    make.new()
    everybody = person("manager")
    monkeypatch.setattr(planner, "expected", lambda side: 5_000)
    asked = {user: queue.Look(user, QueryDict("q=психолог&by=words")).wanted for user in (reviewer, everybody)}
    assert [planner._few(wanted) for wanted in asked.values()] == [True, False]


@on_postgresql
def test_a_rare_number_or_name_is_found_first_whatever_postgresql_expects(reviewer, monkeypatch) -> None:
    """Its histogram holds a hundred values: what begins like one of them is taken for a hundredth of all rows."""
    everything = [make.new().pk for _each in range(20)]
    Application.objects.update(phone_rev="6655000419", name_key="редкова анна")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE form_applications_application")
    Application.objects.exclude(pk=everything[0]).update(phone_rev="0000009141", name_key="частов иван")
    monkeypatch.setattr(planner, "FEW", 5)
    monkeypatch.setattr(planner, "FEW_OF_TEAMS", 5)
    for query in ("q=5566", "q=5566&channel=site", "q=Редкова&by=name", "q=Редкова&by=name&channel=site"):
        wanted = queue.Look(reviewer, QueryDict(query)).wanted
        assert [row.pk for row in planner.page(wanted).object_list] == everything[:1]
        assert planner._few(wanted)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("folder=open&result=resolved", 0),
        ("folder=closed&result=resolved", 1),
        ("folder=closed&state=new", 0),
        ("folder=closed&state=new&state=resolved", 1),
        ("folder=open&state=new&state=resolved", 1),
        ("folder=open&state=resolved", 0),
    ],
)
def test_a_folder_that_cannot_hold_what_is_asked_is_not_read(
    reviewer, query, count, django_assert_max_num_queries
) -> None:
    make.new()
    make.resolved(reviewer)
    look = queue.Look(reviewer, QueryDict(query))
    wanted = look.wanted
    with django_assert_max_num_queries(count * 5):
        assert len(planner.page(wanted).object_list) == count


def test_a_range_of_days_that_few_are_in_is_not_walked_for(reviewer, monkeypatch) -> None:
    early, late = make.new(), make.new()
    closed = make.resolved(reviewer)
    long_ago = early.received_at - datetime.timedelta(days=400)
    Application.objects.filter(pk__in=[early.pk, closed.pk]).update(received_at=long_ago)
    day = (long_ago + datetime.timedelta(days=9)).date()
    for glanced in (0, 2_000):
        monkeypatch.setattr(planner, "GLANCED", glanced)
        assert _found(reviewer, f"folder=open&received_to={day}") == [early.pk]
        assert _found(reviewer, f"folder=open&received_from={day}") == [late.pk]
        assert _found(reviewer, f"folder=open&received_to={day}&channel=phone") == []
        assert _found(reviewer, f"folder=closed&received_to={day}") == [closed.pk]
        wanted = queue.Look(reviewer, QueryDict(f"folder=open&received_to={day}")).wanted
        assert (planner._short_range(wanted) is not None) is bool(glanced)
