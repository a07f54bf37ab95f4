"""A batch before it leaves, put back afterwards, its result as a file; templates with places and their preview."""

import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from forms.applications import journal, labelling, timeline
from forms.applications.models import AnswerTemplate, Application, Labelling, Message
from forms.notifications.models import Outbox
from forms.review.batches import running
from forms.review.models import Batch, BatchItem
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
NEW = "/admin/queue/batches/new/"


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


def _drained(batch: Batch) -> Batch:
    running.drain()
    batch.refresh_from_db()
    return batch


def _restored(client: Any, batch: Batch) -> Batch:
    answer = client.post(f"/admin/queue/batches/{batch.pk}/restore/")
    return _drained(Batch.objects.get(pk=answer["Location"].split("/")[-2]))


def test_what_applicants_read_waits_and_can_be_stopped(lead: Any, signed_in: Any, settings: Any) -> None:
    settings.UNDO_SECONDS = 15
    application, client = make.in_work(lead), signed_in(lead)
    Outbox.objects.all().delete()
    batch = _drained(_started(client, "letter", _rows(application), text="Справки готовы", number="1"))
    assert (batch.state, batch.done) == ("waiting", 0)
    assert "До этого ничего не уйдёт" in client.get(f"/admin/queue/batches/{batch.pk}/").content.decode()
    client.post(f"/admin/queue/batches/{batch.pk}/stop/")
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=16)):
        assert _drained(batch).state == "stopped"
    assert not Message.objects.exists() and not Outbox.objects.exists()
    batch = _started(client, "letter", _rows(application), text="Справки готовы", number="1")
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=16)):
        assert _drained(batch).done == 1
    assert Message.objects.count() == 1


def test_assigned_ones_are_put_back_but_for_what_changed_since(lead: Any, colleague: Any, signed_in: Any) -> None:
    new, changed, held = make.new(), make.new(q_story="вторая"), make.in_work(lead)
    told = [event.words for event in timeline.for_applicant(new).events]
    client = signed_in(lead)
    batch = _drained(_started(client, "assign", _rows(new, changed, held), assignee=colleague.pk))
    assert batch.done == 3
    screen = client.get(f"/admin/queue/batches/{batch.pk}/").content.decode()
    assert "Вернуть как было" in screen and "Скачать итог" in screen
    changed.refresh_from_db()
    make.move("put_off", changed, colleague, contact_on=timezone.localdate() + datetime.timedelta(days=3))
    again = _restored(client, batch)
    assert (again.done, again.skipped) == (2, 1)
    assert BatchItem.objects.get(batch=again, application=changed).reason == "изменилось после того, как вы выбрали"
    for each in (new, changed, held):
        each.refresh_from_db()
    assert (new.state, new.assignee, held.assignee, changed.assignee) == ("new", None, lead, colleague)
    assert [event.words for event in timeline.for_applicant(new).events] == told
    assert not list(journal.problems())
    # Once is enough: a second press leads back, and what was put back is not offered again.
    client.post(f"/admin/queue/batches/{batch.pk}/restore/")
    assert Batch.objects.count() == 2
    for each in (batch, again):
        assert "Вернуть как было</button>" not in client.get(f"/admin/queue/batches/{each.pk}/").content.decode()


def test_labels_and_urgency_are_put_back(lead: Any, signed_in: Any) -> None:
    without, having = make.new(), make.new(q_story="вторая")
    label = labelling.named(["звонить утром"])[0]
    labelling.put(having, [label])
    client = signed_in(lead)
    _restored(client, _drained(_started(client, "label", _rows(without, having), label=label.pk)))
    assert list(Labelling.objects.values_list("application", flat=True)) == [having.pk]
    without.refresh_from_db()
    before = without.urgency
    batch = _drained(_started(client, "urgency", _rows(without), urgency=1, reason="Метель"))
    assert _restored(client, batch).done == 1
    without.refresh_from_db()
    assert without.urgency == before != 1


def test_words_that_left_cannot_be_put_back(lead: Any, colleague: Any, signed_in: Any) -> None:
    client = signed_in(lead)
    batch = _drained(_started(client, "letter", _rows(make.in_work(lead)), text="Справки готовы", number="1"))
    assert "Вернуть как было" not in client.get(f"/admin/queue/batches/{batch.pk}/").content.decode()
    assert client.post(f"/admin/queue/batches/{batch.pk}/restore/")["Location"].endswith(f"{batch.pk}/")
    assert client.post(NEW, {"act": "restore", "row": "1:1"})["Location"] == "/admin/", "it is asked for elsewhere"
    for path in ("restore", "result"):
        method = signed_in(colleague).post if path == "restore" else signed_in(colleague).get
        assert method(f"/admin/queue/batches/{batch.pk}/{path}/").status_code == 404


def test_the_result_as_a_file_has_numbers_and_no_names(lead: Any, colleague: Any, signed_in: Any) -> None:
    first, closed = make.new(), make.resolved(lead)
    client = signed_in(lead)
    batch = _drained(_started(client, "assign", _rows(first, closed), assignee=colleague.pk))
    answer = client.get(f"/admin/queue/batches/{batch.pk}/result/")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    assert f"{first.public_number};Назначено;" in text and f"{closed.public_number};пропущено;" in text
    assert first.name.split()[0] not in text


def test_a_template_fills_each_applicants_own_words(lead: Any, signed_in: Any) -> None:
    AnswerTemplate.objects.create(
        title="Готово", action="resolve", tags="справки", text="{имя}, по {номер} <i>всё</i>.", next_step="Приходите"
    )
    AnswerTemplate.objects.create(title="Чужой", text="нет", team=make.team("Братск", codes=("bratsk",)))
    name = {"last": "Гордеева", "first": "Анна", "middle": "Ильинична"}
    first, second = make.in_work(lead), make.in_work(lead, q_story="вторая", q_name=name)
    client, rows = signed_in(lead), _rows(make.resolved(lead), first, second)
    page = client.post(NEW, {"act": "close", "row": rows}).content.decode()
    assert '<optgroup label="справки">' in page and "Чужой" not in page
    number = AnswerTemplate.objects.get(title="Готово").pk
    data = {"act": "close", "row": rows, "result": "resolve", "explanation": "Здравствуйте."}
    page = client.post(NEW, data | {"template": number, "fill": "1"}).content.decode()
    assert "Здравствуйте.\n\n{имя}, по {номер} &lt;i&gt;всё&lt;/i&gt;." in page and "Приходите" in page
    data["explanation"] = "{имя}, по {номер} <i>всё</i>."
    Outbox.objects.all().delete()
    page = client.post(NEW, data | {"look": "1"}).content.decode()
    # The first that it can be done to, as its applicant would read it, and nothing has happened.
    assert f"Мария Петровна, по {first.public_number} &lt;i&gt;всё" in page and "Пример: обращение" in page
    assert not Outbox.objects.exists() and not Batch.objects.exists()
    assert (
        "Таких мест нет: {имечко}"
        in client.post(NEW, data | {"explanation": "{имечко}", "go": "1", "number": "3"}).content.decode()
    )
    _drained(_started(client, "close", rows, **{k: data[k] for k in ("result", "explanation")}, number="3"))
    second.refresh_from_db()
    assert second.explanation == f"Анна Ильинична, по {second.public_number} <i>всё</i>."
