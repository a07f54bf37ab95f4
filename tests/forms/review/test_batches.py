"""One act for many applications: what is chosen, who may, what becomes of each, one batch an item, stopping."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from forms.applications import journal, labelling, office
from forms.applications.models import Application, Labelling, OfficeEntry
from forms.notifications.models import Outbox
from forms.review import jobs
from forms.review.batches import choosing, running, starting
from forms.review.batches.acts import BY_KEY
from forms.review.models import Batch, BatchItem
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
NEW = "/admin/queue/batches/new/"
LETTER = "Справки готовы. Их можно забрать в центре с 9 до 18 часов."


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def colleague(person: Any, lead: Any) -> Any:
    user = person("reviewer", last_name="Соколова", first_name="Мария")
    make.team("Иркутск", user)
    return user


def _rows(*applications: Application) -> list[str]:
    return [f"{each.pk}:{each.version}" for each in applications]


def _started(client: Any, act: str, rows: list[str], **given: Any) -> Batch:
    answer = client.post(NEW, {"act": act, "row": rows, "go": "1", "query": "folder=open", **given})
    assert answer.status_code == 302, answer.context["form"].errors
    return Batch.objects.get(pk=answer["Location"].split("/")[-2])


def _results(batch: Batch) -> dict[int, tuple[str, str]]:
    return {item.application_id: (item.state, item.reason) for item in batch.items.all()}


def test_assigning_many_with_a_result_for_each(lead: Any, colleague: Any, signed_in: Any) -> None:
    first, second = make.new(), make.new(q_story="другая")
    closed, stale = make.resolved(lead, q_story="третья"), make.new(q_story="четвёртая")
    make.team("Братск", codes=("bratsk",))
    foreign = make.new(q_place="bratsk")
    client = signed_in(lead)
    page = client.post(NEW, {"act": "assign", "row": _rows(first, second)})
    assert page.status_code == 200
    assert "Выбрано обращений: 2" in page.content.decode()
    rows = _rows(first, second, closed, stale)
    Application.objects.filter(pk=stale.pk).update(version=7)
    batch = _started(client, "assign", [*rows, f"{foreign.pk}:1"], assignee=colleague.pk)
    assert batch.title == "Назначаем: Соколова М."
    assert (batch.total, batch.state) == (4, "waiting")
    running.drain()
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.skipped) == ("done", 2, 2)
    found = _results(batch)
    assert found[first.pk] == found[second.pk] == ("done", "")
    assert found[closed.pk][0] == "skipped"
    assert found[stale.pk] == ("skipped", "изменилось после того, как вы выбрали")
    assert set(Application.objects.filter(assignee=colleague).values_list("pk", flat=True)) == {first.pk, second.pk}
    screen = client.get(f"/admin/queue/batches/{batch.pk}/").content.decode()
    for words in ("Сделано 2 из 4", "пропущено: 2, осталось: 0", "Назначено", "Повторить для остальных"):
        assert words in screen
    assert "<html" not in client.get(f"/admin/queue/batches/{batch.pk}/?part").content.decode()
    acts = OfficeEntry.objects.order_by("seq").values_list("action", flat=True)
    assert list(acts) == ["batch_started", "batch_ended"]
    assert not [*journal.problems(), *office.problems()]


def test_letters_and_closes_ask_for_the_number(lead: Any, signed_in: Any) -> None:
    rows = _rows(make.in_work(lead), make.in_work(lead, q_story="вторая"))
    client = signed_in(lead)
    wrong = client.post(NEW, {"act": "letter", "row": rows, "go": "1", "text": LETTER, "number": "3"})
    assert wrong.status_code == 400
    # Nothing typed is lost.
    assert LETTER in wrong.content.decode()
    assert "Впишите число обращений: 2" in wrong.content.decode()
    assert not Batch.objects.exists()
    Outbox.objects.all().delete()
    _started(client, "letter", rows, text=LETTER, number="2")
    assert running.drain() == 1
    assert Outbox.objects.count() == 2
    rows = _rows(*Application.objects.all())
    assert client.post(NEW, {"act": "close", "row": rows, "go": "1", "number": "2"}).status_code == 400
    batch = _started(client, "close", rows, result="resolve", explanation=make.EXPLANATION, number="2")
    running.drain()
    batch.refresh_from_db()
    assert batch.done == 2
    assert set(Application.objects.values_list("state", "explanation")) == {("resolved", make.EXPLANATION)}


def test_handing_over(lead: Any, signed_in: Any) -> None:
    application = make.new()
    other = make.team("Братск", codes=("bratsk",))
    given = {"team": other.pk, "notice": "Обращением займётся центр в Братске.", "reason": "Живёт там", "number": "1"}
    batch = _started(signed_in(lead), "team", _rows(application), **given)
    running.drain()
    assert _results(batch) == {application.pk: ("done", "")}
    application.refresh_from_db()
    assert application.team == other
    # The lead no longer sees it, so its name is not in the result either.
    screen = signed_in(lead).get(f"/admin/queue/batches/{batch.pk}/").content.decode()
    assert "нет доступа" in screen
    assert application.public_number not in screen


def test_an_item_is_in_one_batch_at_a_time(lead: Any, colleague: Any, signed_in: Any) -> None:
    application, free = make.new(), make.new(q_story="свободная")
    client = signed_in(lead)
    first = _started(client, "assign", _rows(application), assignee=colleague.pk)
    second = _started(client, "assign", _rows(application, free), assignee=lead.pk)
    assert _results(second)[application.pk] == ("skipped", "сейчас в другом действии")
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchItem.objects.create(batch=second, application=free, place=3, expected=1)
    assert running.drain() == 2
    application.refresh_from_db()
    assert application.assignee == colleague
    assert _results(first)[application.pk] == ("done", "")
    assert _results(second)[free.pk] == ("done", "")
    # Once it is over the item may be in another.
    third = _started(client, "letter", _rows(application), text=LETTER, number="1")
    assert _results(third)[application.pk] == ("waiting", "")


def test_all_of_a_view_up_to_the_limit(lead: Any, colleague: Any, signed_in: Any, monkeypatch: Any) -> None:
    for number in range(4):
        make.new(q_story=f"просьба {number}")
    make.resolved(lead, q_story="закрытая")
    client = signed_in(lead)
    page = client.post(NEW, {"act": "assign", "all": "1", "query": "folder=open"})
    assert "Выбрано обращений: 4" in page.content.decode()
    monkeypatch.setattr(choosing, "MOST", 3)
    page = client.post(NEW, {"act": "assign", "all": "1", "query": "folder=open"})
    assert "Выбрано обращений: 3" in page.content.decode()
    assert "не больше 500" in page.content.decode()
    nothing = client.post(NEW, {"act": "assign", "query": "folder=open"})
    assert nothing["Location"] == "/admin/queue/?folder=open"


def test_stopping_leaves_what_is_done(lead: Any, colleague: Any, signed_in: Any, monkeypatch: Any) -> None:
    applications = [make.new(q_story=f"просьба {number}") for number in range(4)]
    client = signed_in(lead)
    batch = _started(client, "assign", _rows(*applications), assignee=colleague.pk)
    monkeypatch.setattr(jobs, "EVERY", 0)
    real = running._perform

    def perform(*arguments: Any) -> str:
        if Application.objects.filter(assignee=colleague).count() == 1:
            client.post(f"/admin/queue/batches/{batch.pk}/stop/")
        return real(*arguments)

    monkeypatch.setattr(running, "_perform", perform)
    running.drain()
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("stopped", 2)
    assert sorted(state for state, _reason in _results(batch).values()) == ["done", "done", "left", "left"]
    assert Application.objects.filter(assignee=colleague).count() == 2
    waiting = _started(client, "assign", _rows(applications[3]), assignee=colleague.pk)
    client.post(f"/admin/queue/batches/{waiting.pk}/stop/")
    assert _results(waiting)[applications[3].pk] == ("left", "")


def test_a_right_lost_meanwhile_is_respected(lead: Any, colleague: Any, signed_in: Any) -> None:
    applications = [make.new(), make.new(q_story="вторая")]
    client = signed_in(lead)
    batch = _started(client, "assign", _rows(applications[0]), assignee=colleague.pk)
    lead.teams.clear()
    running.drain()
    assert _results(batch)[applications[0].pk] == ("skipped", "вам больше не видно")
    make.team("Иркутск", lead)
    batch = _started(client, "assign", _rows(applications[1]), assignee=colleague.pk)
    lead.groups.clear()
    running.drain()
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("failed", "Права на это действие больше нет.")
    assert not Application.objects.filter(assignee__isnull=False).exists()


def test_who_may_what(lead: Any, colleague: Any, person: Any, signed_in: Any) -> None:
    rows = _rows(make.new())
    assert signed_in(colleague).post(NEW, {"act": "assign", "row": rows}).status_code == 302
    assert signed_in(colleague).post(NEW, {"act": "letter", "row": rows}).status_code == 200
    assert signed_in(lead).post(NEW, {"act": "nonsense", "row": rows}).status_code == 404
    batch = _started(signed_in(lead), "assign", rows, assignee=colleague.pk)
    for client in (signed_in(colleague), signed_in("admin")):
        assert client.get(f"/admin/queue/batches/{batch.pk}/").status_code == 404
        assert client.post(f"/admin/queue/batches/{batch.pk}/stop/").status_code == 404
    for role in ("operator", "manager"):
        client = signed_in(role)
        assert "data-pick" not in client.get("/admin/queue/?folder=open").content.decode()
        assert client.post(NEW, {"act": "letter", "row": rows})["Location"] == "/admin/"
    with pytest.raises(starting.Refused):
        starting.start(colleague, starting.Asked(BY_KEY["assign"], "x", {}, [(1, 1)]))


def test_the_list_offers_boxes_and_a_bar(lead: Any, signed_in: Any) -> None:
    application = make.new()
    page = signed_in(lead).get("/admin/queue/?folder=open").content.decode()
    assert f'value="{application.pk}:1" data-pick aria-label="Выбрать № {application.public_number}"' in page
    assert 'name="act" value="assign"' in page


def test_labels_and_urgency(lead: Any, signed_in: Any) -> None:
    application, had = make.new(), labelling.named(["была"])
    labelling.put(application, had)
    label, client = labelling.named(["звонить утром"])[0], signed_in(lead)
    _started(client, "label", _rows(application), label=label.pk)
    running.drain()
    # Those that were there stay.
    names = Labelling.objects.filter(application=application).values_list("label__name", flat=True)
    assert sorted(names) == ["была", "звонить утром"]
    application.refresh_from_db()
    _started(client, "urgency", _rows(application), urgency=1, reason="Метель, дороги закроют")
    running.drain()
    application.refresh_from_db()
    assert application.urgency == 1
    assert not list(journal.problems())
