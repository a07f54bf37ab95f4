"""Filters that combine, search among them, orders and depth: the same rows as counting by hand, on both engines."""

import datetime
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from forms.applications import answering, labelling, trials
from forms.applications.models import Application, Draft, Urgency
from forms.review import budget, folders, paging, planner, queue
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = pytest.mark.django_db
QUEUE = "/admin/queue/"


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def _numbers(response) -> list[int]:
    assert response.status_code == 200
    return [row.pk for row in response.context["object_list"]]


def _ask(client, **query) -> list[int]:
    return sorted(_numbers(client.get(QUEUE, {"folder": "open", **query})))


def test_every_single_filter(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    plain, other = make.new(), make.in_work(reviewer)
    topic, label = labelling.named(["Дрова", "Обещал перезвонить"])
    today = timezone.localdate()
    Application.objects.filter(pk=other.pk).update(
        topic=topic,
        urgency=Urgency.NOW,
        channel="phone",
        due_on=today + datetime.timedelta(days=40),
        received_at=timezone.now() - datetime.timedelta(days=400),
    )
    labelling.put(other, [label])
    answering.write(other.pk, "key", "Переехали")
    day = (today + datetime.timedelta(days=35)).isoformat()
    old = (today - datetime.timedelta(days=100)).isoformat()
    for query in (
        {"state": "in_work"},
        {"topic": topic.pk},
        {"label": label.pk},
        {"urgency": "0"},
        {"channel": "phone"},
        {"assignee": "me"},
        {"assignee": reviewer.pk},
        {"due_from": day},
        {"received_to": old},
        {"unread": "1"},
        {"state": "in_work", "channel": "phone", "label": label.pk, "unread": "1"},
    ):
        assert _ask(client, **query) == [other.pk], query
    for query in ({"assignee": "none"}, {"due_to": day}, {"received_from": old}, {"urgency": ["2", "3"]}):
        assert _ask(client, **query) == [plain.pk], query
    both = [plain.pk, other.pk]
    version = plain.form_version_id
    for query in (
        {"team": plain.team_id, "form": plain.form_id, "version": version, "territory": "irkutsk"},
        {"state": ["new", "in_work"]},
        {"assignee": ["none", "me"]},
    ):
        assert _ask(client, **query) == both, query


@pytest.mark.parametrize(
    "query",
    [
        {"state": "nonsense"},
        {"form": "abc"},
        {"form": "9" * 40},
        {"team": "-1"},
        {"due_from": "2026-99-99"},
        {"due_from": "0001-01-01"},
        {"territory": "\x00"},
        {"a.q_relation": "c_parent"},
        {"sort": "password"},
        {"label": "1 OR 1=1"},
        {"by": "nonsense", "q": "Иванова"},
        {"since": "x"},
    ],
)
def test_what_nobody_knows_is_passed_over(reviewer, signed_in, query) -> None:
    client = signed_in(reviewer)
    application = make.new()
    assert _ask(client, **query) == [application.pk]
    assert client.get(f"{QUEUE}fresh/", query).status_code == 200


def test_answers_by_type(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    parent = make.new(q_topics=["c_psy", "c_law"])
    spouse = make.new(q_relation="c_spouse", q_birth="2020-05-01")
    form = {"form": parent.form_id}
    assert _ask(client, **form, **{"a.q_relation": "c_parent"}) == [parent.pk]
    assert _ask(client, **form, **{"a.q_relation": ["c_parent", "c_spouse"]}) == [parent.pk, spouse.pk]
    assert _ask(client, **form, **{"a.q_topics": "c_law"}) == [parent.pk]
    assert _ask(client, **form, **{"a.q_birth.from": "2020-05-01", "a.q_birth.to": "2020-05-01"}) == [spouse.pk]
    assert _ask(client, **form, **{"a.q_birth.from": "2020-05-02"}) == []
    assert _ask(client, **form, **{"a.q_topics": "c_psy", "a.q_relation": "c_spouse", "q": "психолог"}) == [spouse.pk]
    text = client.get(QUEUE, {"folder": "open", **form, "a.q_relation": "c_parent"}).content.decode()
    assert "Кем вы приходитесь участнику:&nbsp;<b>Мать или отец</b>" in text
    assert "Убрать фильтр «Кем вы приходитесь участнику»" in text


def test_filters_never_reach_other_teams(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    make.team("Братск", codes=("bratsk",))
    foreign = make.new(q_place="bratsk", q_name={"last": "Чужова", "first": "Анна", "middle": ""})
    own = make.new()
    (label,) = labelling.named(["Общая"])
    for each in (own, foreign):
        labelling.put(each, [label])
    assert _ask(client, label=label.pk) == [own.pk]
    assert _ask(client, form=own.form_id, **{"a.q_relation": "c_parent"}) == [own.pk]
    assert _ask(client, q="психолог") == [own.pk]
    for text in ("Чужова", foreign.public_number, str(foreign.pk)):
        assert foreign.pk not in _ask(client, q=text)
    page = client.get(QUEUE, {"folder": "open", "team": foreign.team_id})
    assert _numbers(page) == [own.pk], "a team that is not one's own is no filter"
    assert "Братск" not in page.content.decode()
    fresh = client.get(f"{QUEUE}fresh/", {"folder": "open", "since": "0"}).json()
    assert fresh["fresh"] == 1
    assert fresh["counts"]["open"] == "1"


def test_orders_of_every_folder_lead_through_all_pages_and_back(reviewer, signed_in, monkeypatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    client = signed_in(reviewer)
    for number in range(5):
        name = {"last": "ЁЖАБВ"[number], "first": "Анна", "middle": ""}
        application = make.resolved(reviewer, q_name=name) if number % 2 else make.new(q_name=name)
        Application.objects.filter(pk=application.pk).update(urgency=number % 3)
    for folder in folders.FOLDERS:
        for sort in folder.sorts:
            for key in (sort.key, f"-{sort.key}"):
                address, seen = f"{QUEUE}?folder={folder.key}&sort={key}", []
                while address:
                    response = client.get(address)
                    seen += _numbers(response)
                    address, last = response.context["following_url"], response
                assert len(seen) == len(set(seen)) == int(_count(last, folder.key)), (folder.key, key)
                rows = Application.objects.in_bulk(seen)
                keys = [[getattr(rows[pk], name) for name in sort.fields] for pk in seen]
                assert keys == sorted(keys, reverse=key.startswith("-")), (folder.key, key)
                if seen:
                    end = client.get(f"{QUEUE}?folder={folder.key}&sort={key}&p=WyJsIl0")
                    assert _numbers(end) == seen[-2:]


def _count(response, key: str) -> str:
    return next(each["count"] for each in response.context["folders"] if each["key"] == key)


def test_both_ways_of_asking_find_the_same(reviewer, monkeypatch) -> None:
    """Driven by the ids, or along the order with a look at each row; with every kind of side condition."""
    wanted = make.new(q_topics=["c_psy", "c_law"])
    make.new()
    make.new(q_relation="c_child", q_story="Юрист")
    (label,) = labelling.named(["Обещал"])
    labelling.put(wanted, [label])
    query = f"folder=open&form={wanted.form_id}&a.q_topics=c_law&a.q_relation=c_parent&label={label.pk}&q=психолог"
    for small in (0, 20_000):
        monkeypatch.setattr(planner, "SMALL", small)
        for sort in ("received", "-received", "name"):
            look = queue.Look(reviewer, QueryDict(f"{query}&sort={sort}"))
            assert [row.pk for row in planner.page(look.wanted).object_list] == [wanted.pk]


def test_a_list_that_no_plan_gives_in_time_says_so(reviewer, signed_in, monkeypatch) -> None:
    make.new()

    def never(milliseconds: int, processor: int = 0):
        raise budget.Spent

    monkeypatch.setattr(budget, "spending", never)
    query = {"folder": "open", "state": "new", "channel": "site", "q": "психолог"}
    text = signed_in(reviewer).get(QUEUE, query).content.decode()
    assert "Слишком широкий запрос" in text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by itself")
def test_the_other_plan_is_tried_when_the_first_takes_too_long(reviewer, monkeypatch) -> None:
    application, limits = make.new(), []

    @contextmanager
    def first_never(milliseconds: int, processor: int = 0):
        limits.append(milliseconds)
        if len(limits) == 3:
            raise budget.Spent
        yield

    monkeypatch.setattr(budget, "spending", first_never)
    look = queue.Look(reviewer, QueryDict("folder=open&q=психолог"))
    assert [row.pk for row in planner.page(look.wanted).object_list] == [application.pk]
    # A name is looked for, the sides are counted.
    assert limits == [*[planner.COUNTING] * 2, planner.FIRST_TRY, planner.LAST_TRY]


def test_a_name_goes_before_words_and_words_can_be_asked_for(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    named = make.new(q_name={"last": "Психологова", "first": "Анна", "middle": ""})
    told = make.new()
    Application.objects.filter(pk=named.pk).update(name_key="психолог анна")
    response = client.get(QUEUE, {"q": "психолог"})
    assert _numbers(response) == [named.pk]
    assert "by=words" in response.content.decode()
    assert told.pk in _numbers(client.get(QUEUE, {"q": "психолог", "by": "words"}))


def test_trials_never_come_into_the_queue(reviewer, signed_in) -> None:
    definition = definitions.help_definition()
    trial = trials.begin(Page.objects.first(), definition, "digest", reviewer)
    draft = Draft.objects.create(trial=trial, token_digest="x" * 64, answers=definitions.help_answers())
    trials.finish(trial, draft, definition, definition.consent.version, reviewer)
    assert _ask(signed_in(reviewer)) == []
    assert not Application.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_dearest_page_stays_within_fifteen_queries(
    reviewer, signed_in, rows, django_assert_max_num_queries
) -> None:
    client = signed_in(reviewer)
    (label,) = labelling.named(["Обещал"])
    for _number in range(rows):
        application = make.new(q_relation="c_spouse", q_birth="2020-01-01")
        labelling.put(application, [label])
    form = application.form_id
    names = ["number", "due", "labels", "topic", "a.q_relation", "a.q_story", "a.q_topics"]
    client.post(f"{QUEUE}columns/", {"form": form, "column": names})
    query = {
        "folder": "open",
        "form": form,
        "label": label.pk,
        "q": "психолог",
        "a.q_relation": "c_spouse",
        "a.q_birth.from": "2019-01-01",
        "state": "new",
        "sort": "name",
    }
    client.get(QUEUE, query)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(QUEUE, query)
    asked = [each["sql"] for each in captured.captured_queries]
    assert len(asked) <= 15, asked
    assert len(_numbers(response)) == min(rows, 25)
    assert "Супруга или супруг" in response.content.decode()


def test_closed_ones_of_some_days_are_in_the_order_of_those_days(reviewer, signed_in) -> None:
    client, today = signed_in(reviewer), timezone.localdate()
    closed = [make.resolved(reviewer) for _number in range(3)]
    for each, days in zip(closed, (5, 1, 3), strict=True):
        due = today + datetime.timedelta(days=days)
        received = timezone.now() - datetime.timedelta(days=days)
        Application.objects.filter(pk=each.pk).update(due_on=due, received_at=received)
    a, b, c = (each.pk for each in closed)
    limits = {
        "due_to": (today + datetime.timedelta(days=4), [c, b], [b, c]),
        "received_to": (today - datetime.timedelta(days=2), [c, a], [a, c]),
    }
    for name, (day, own, back) in limits.items():
        asked = {"folder": "closed", name: day.isoformat()}
        rows = client.get("/admin/queue/", asked).context["object_list"]
        assert [row.pk for row in rows] == own
        last = client.get("/admin/queue/", asked | {"p": paging.token(paging.LAST)}).context["object_list"]
        assert [row.pk for row in last] == own
        explicit = client.get("/admin/queue/", asked | {"sort": "-closed"}).context["object_list"]
        assert sorted(row.pk for row in explicit) == sorted(back)


def test_news_of_closed_ones_are_found_in_every_order(reviewer, signed_in) -> None:
    closed = [make.resolved(reviewer) for _number in range(3)]
    Application.objects.filter(pk__in=[closed[0].pk, closed[2].pk]).update(has_news=True)
    for sort, wanted in (("closed", [0, 2]), ("-closed", [2, 0]), ("received", [0, 2])):
        rows = signed_in(reviewer).get("/admin/queue/", {"folder": "closed", "unread": 1, "sort": sort})
        assert [row.pk for row in rows.context["object_list"]] == [closed[number].pk for number in wanted]
