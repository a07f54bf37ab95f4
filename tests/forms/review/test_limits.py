"""A list is never waited for: each statement is stopped at its limit, and what is shown then is the other plan's."""

import pytest
from django.db import connection
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from forms.applications import labelling
from forms.applications.models import Application
from forms.review import budget, planner, plans
from forms.review.queue import Look
from portal.settings import base
from tests.factories import applications as make

QUEUE = "/admin/queue/"
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x > 0) SELECT count(*) FROM n"


def _stopped() -> None:
    with pytest.raises(budget.Spent), budget.spending(20), connection.cursor() as cursor:
        cursor.execute(ENDLESS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_a_statement_is_stopped_at_its_limit_and_the_next_one_is_not() -> None:
    _stopped()


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_the_limit_is_no_statement_of_its_own() -> None:
    _stopped()
    with CaptureQueriesContext(connection) as captured, budget.spending(5_000):
        assert not Application.objects.filter(name="100% %s").exists()
        assert list(Application.objects.values_list("pk")) == []
    assert len(captured) == 2
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is interrupted by ourselves")
@pytest.mark.django_db
def test_a_timeout_in_the_words_of_a_cancelled_statement_is_one_too() -> None:
    """On a busy server the timer goes off as the statement ends, and the server says «due to user request»."""
    with pytest.raises(budget.Spent), budget.spending(5_000), connection.cursor() as cursor:
        cursor.execute("SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(1)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def endless_walk(monkeypatch):
    """The first plan of every list never ends; the limits are short."""
    monkeypatch.setattr(planner, "FIRST_TRY", 30)
    name = "walk" if connection.vendor == "sqlite" else "walked"
    own = getattr(plans, name)

    def endless(*arguments):
        rows = own(*arguments).query
        found = Application.objects.alias(never=RawSQL(f"({ENDLESS})", (), IntegerField())).filter(never__gt=0)
        assert rows
        return found[:26]

    monkeypatch.setattr(plans, name, endless)


@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["open", "unassigned", "closed"])
def test_where_a_walk_takes_too_long_the_rows_of_ones_teams_are_sorted(
    reviewer, signed_in, endless_walk, folder
) -> None:
    foreign = make.new()
    Application.objects.filter(pk=foreign.pk).update(team=make.team("Братск", codes=("bratsk",)))
    mine = [make.resolved(reviewer) if folder == "closed" else make.new() for _number in range(2)]
    response = signed_in(reviewer).get(QUEUE, {"folder": folder})
    assert not response.context["too_broad"]
    assert {row.pk for row in response.context["object_list"]} == {row.pk for row in mine}


@pytest.mark.django_db
def test_where_there_is_no_other_way_more_conditions_are_asked_for(
    person, signed_in, endless_walk, monkeypatch
) -> None:
    monkeypatch.setattr(planner, "LAST_TRY", 30)
    make.new()
    response = signed_in(person("manager")).get(QUEUE, {"folder": "open"})
    assert response.status_code == 200
    assert response.context["too_broad"]


@pytest.mark.django_db
def test_a_count_that_takes_too_long_is_of_many(monkeypatch) -> None:
    monkeypatch.setattr(planner, "COUNTING", 30)
    monkeypatch.setattr(planner, "_sizes", lambda sides, most: connection.cursor().execute(ENDLESS))
    assert planner._counted(["one", "two"], 5) == [6, 6]  # type: ignore[list-item]


def test_the_longest_way_of_a_list_stays_below_a_second() -> None:
    counting, glance, first, last = base.QUEUE_PATIENCE_MS
    # A name is looked for, the sides are counted, later what may drive; both plans are tried; a page takes 100 besides.
    assert 3 * counting + first + last + 100 < 1000
    assert glance < first


@pytest.mark.django_db
def test_where_a_walk_takes_too_long_the_narrowest_condition_is_sorted(person, signed_in, endless_walk) -> None:
    application = make.new()
    response = signed_in(person("manager")).get(QUEUE, {"folder": "open", "team": application.team_id})
    assert not response.context["too_broad"]
    assert [row.pk for row in response.context["object_list"]] == [application.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("folder=closed&sort=name", "app_closed_team (team_id=?)"),
        ("folder=open&q=психолог&by=words", "app_closed_team (team_id=?)"),
        ("folder=closed&q=Иванова", "app_open_team (team_id=?)"),
        ("folder=closed&territory=irkutsk&sort=name", "territory (territory_id=?)"),
        ("folder=closed&channel=site&territory=irkutsk&label={label}", "territory (territory_id=?)"),
    ],
)
def test_where_a_walk_takes_too_long_the_fewest_rows_drive(reviewer, signed_in, monkeypatch, query, index) -> None:
    """A small team with a very common name or word; a rare place among all teams of a person; each by its own index."""
    closed = make.resolved(reviewer)
    (label,) = labelling.named(["Обещал"])
    labelling.put(closed, [label])
    if "territory" in query:
        # Three of this person's teams have more rows than the place.
        monkeypatch.setattr(plans, "own_ways", lambda wanted, own=plans.own_ways: own(wanted)[1:])
    wanted = Look(reviewer, QueryDict(query.format(label=label.pk))).wanted
    rows = planner._from_fewest(wanted, [planner.SMALL + 1] * len(wanted.sides))
    if connection.vendor == "sqlite":
        assert index in rows.explain()
    assert [row.pk for row in rows] == [closed.pk]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by itself")
@pytest.mark.django_db
def test_a_side_that_has_fewer_rows_drives_before_the_row_itself(reviewer) -> None:
    applications = [make.new() for _number in range(3)]
    (label,) = labelling.named(["Обещал"])
    labelling.put(applications[0], [label])
    wanted = Look(reviewer, QueryDict(f"folder=open&label={label.pk}")).wanted
    assert "app_open_team" not in planner._from_fewest(wanted, [1]).explain()
    assert "app_open_team" in planner._from_fewest(wanted, [10]).explain()


@pytest.mark.django_db
def test_a_small_team_is_known_however_long_another_count_takes(reviewer, monkeypatch) -> None:
    closed = make.resolved(reviewer)
    wanted = Look(reviewer, QueryDict(f"folder=closed&form={closed.form_id}&q=психолог&by=words")).wanted
    assert len(plans.own_ways(wanted)) == 2
    monkeypatch.setattr(planner, "COUNTING", 60)
    counted = planner._sizes

    def slow_for_forms(sides, most=planner.SMALL):
        if "form_id" in str(sides[0].found):
            connection.cursor().execute(ENDLESS)
        return counted(sides, most)

    monkeypatch.setattr(planner, "_sizes", slow_for_forms)
    driven, by_way = [], plans.by_way

    def seen(wanted, way):
        driven.append(way)
        return by_way(wanted, way)

    monkeypatch.setattr(plans, "by_way", seen)
    many = [planner.SMALL + 1] * len(wanted.sides) if connection.vendor == "sqlite" else []
    assert [row.pk for row in planner._from_fewest(wanted, many)] == [closed.pk]
    assert "team_id" in str(driven[0].found)
