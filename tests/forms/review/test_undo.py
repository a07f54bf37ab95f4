"""The screens of the steps: what each asks for, templates, the preview, undo, drafts."""

import datetime

import pytest
from django.utils import timezone

from forms.applications.models import AnswerTemplate, PendingMove
from forms.applications.states import STAFF_MOVES, State
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
FORMS = [move for move in STAFF_MOVES if not move.is_button and move.action not in ("ask", "merge")]


@pytest.fixture
def lead(person):
    user = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", user)
    return user


def _card(application) -> str:
    return f"/admin/queue/{application.pk}/"


@pytest.mark.parametrize("move", FORMS, ids=lambda move: move.action)
def test_a_step_asks_for_what_the_table_says_and_takes_it(move, lead, signed_in, person) -> None:
    colleague = person("reviewer", "colleague")
    make.team("Иркутск", colleague)
    application = make.new() if State.NEW in move.sources else make.BY_STATE[move.sources[0]](lead)
    client = signed_in(lead)
    text = client.get(f"{_card(application)}{move.action}/").content.decode()
    for name in (*move.asks, *move.may_add):
        assert f'name="{name}"' in text
    empty = client.post(f"{_card(application)}{move.action}/", {"expected": application.version, "go": "1"})
    assert empty.status_code == 200 and empty.content.decode().count("q-error") >= len(move.asks)
    data = {
        "contact_on": (timezone.localdate() + datetime.timedelta(days=3)).isoformat(),
        "team": make.team("Другая команда", codes=()).pk,
        "assignee": colleague.pk,
        **make.NEEDS.get(move.action, {}),
    }
    client.post(f"{_card(application)}{move.action}/", data | {"expected": application.version, "go": "1"})
    application.refresh_from_db()
    assert move.target is None or application.state == move.target
    assert application.version > 1 and application.journal.last().action == move.action


def test_the_preview_is_what_will_be_read_and_changes_nothing(lead, signed_in) -> None:
    application = make.in_work(lead)
    Outbox.objects.all().delete()
    data = {"expected": 2, "explanation": "Не <b>положено</b>.", "norm": "Пункт 4", "next_step": "В МФЦ", "look": "1"}
    text = signed_in(lead).post(f"{_card(application)}refuse/", data).content.decode()
    for words in ("Помочь не можем", "Не &lt;b&gt;положено", "Пункт 4", "Письмо на почту", "Ответ на обращение"):
        assert words in text
    application.refresh_from_db()
    assert (application.state, application.version) == (State.IN_WORK, 2)
    assert not Outbox.objects.exists()


def test_a_template_is_filled_in_under_what_was_typed(lead, signed_in) -> None:
    application = make.in_work(lead)
    text = "Здравствуйте, {имя}. По заявке {номер} <i>всё</i>."
    mine = AnswerTemplate.objects.create(title="Детский сад", action="explain", text=text, tags="сад, документы")
    other = make.team("Чужая", codes=())
    AnswerTemplate.objects.create(title="Чужой шаблон", text="нет", team=other)
    client = signed_in(lead)
    page = client.get(f"{_card(application)}explain/").content.decode()
    assert page.count("Детский сад") == 2 and "Чужой шаблон" not in page
    data = {"expected": 2, "explanation": "Моё начало.", "template": mine.pk, "fill": "1"}
    page = client.post(f"{_card(application)}explain/", data).content.decode()
    assert "Моё начало.\n\nЗдравствуйте, Мария Петровна. По заявке" in page
    assert "&lt;i&gt;всё" in page and "<i>всё" not in page


def test_held_undone_and_sent_again(lead, signed_in, settings) -> None:
    settings.UNDO_SECONDS = 15
    application = make.in_work(lead)
    client = signed_in(lead)
    data = {"expected": 2, "explanation": "Придите в среду.", "go": "1"}
    text = client.post(f"{_card(application)}explain/", data, follow=True).content.decode()
    assert "Уходит:" in text and "Отменить" in text and "Назначить" not in text
    text = client.post(f"{_card(application)}undo/", follow=True).content.decode()
    assert "Отменено, ничего не ушло" in text and "Придите в среду.</textarea>" in text
    application.refresh_from_db()
    assert application.state == State.IN_WORK
    assert "Есть ваш черновик" in client.get(_card(application)).content.decode()
    client.post(f"{_card(application)}explain/", data)
    PendingMove.objects.update(due_at=timezone.now())
    # No worker has come yet: who looks at the card takes the step.
    text = client.get(_card(application)).content.decode()
    application.refresh_from_db()
    assert application.state == State.EXPLAINED and "Придите в среду." in text
    text = client.post(f"{_card(application)}undo/", follow=True).content.decode()
    assert "Отменить уже нельзя" in text


def test_a_question_is_held_and_comes_back_to_its_form(lead, signed_in, settings) -> None:
    settings.UNDO_SECONDS = 15
    application = make.in_work(lead)
    client = signed_in(lead)
    data = {"expected": 2, "kind": "correct", "ask": ["q_phone"], "why_q_phone": "Не дозвонились", "go": "1"}
    assert "Спросить заявителя" in client.post(f"{_card(application)}ask/", data, follow=True).content.decode()
    text = client.post(f"{_card(application)}undo/", follow=True).content.decode()
    assert 'value="Не дозвонились"' in text


def test_a_draft_is_kept_and_dropped(lead, person, signed_in) -> None:
    application = make.in_work(lead)
    client = signed_in(lead)
    client.post(f"{_card(application)}refuse/", {"expected": 2, "explanation": "Начато", "keep": "1"})
    assert ">\nНачато</textarea>" in client.get(f"{_card(application)}refuse/").content.decode()
    other = person("lead", "other")
    make.team("Иркутск", other)
    assert "Начато" not in signed_in(other).get(f"{_card(application)}refuse/").content.decode()
    client.post(f"{_card(application)}forget/refuse/")
    assert not PendingMove.objects.exists()


def test_a_button_is_undone_from_the_card_and_the_list_stays_in_the_address(lead, signed_in, settings) -> None:
    settings.UNDO_SECONDS = 15
    application = make.new()
    client = signed_in(lead)
    text = client.get(f"{_card(application)}?folder=open").content.decode()
    assert f'action="{_card(application)}take/?folder=open"' in text
    assert f'href="{_card(application)}assign/?folder=open"' in text
    done = client.post(f"{_card(application)}take/?folder=open", {"expected": application.version})
    assert done["Location"] == f"{_card(application)}?folder=open"
    text = client.get(done["Location"]).content.decode()
    assert "Взято в работу" in text and f'action="{_card(application)}undo/?folder=open"' in text
    assert f'href="{_card(application)}ask/?folder=open"' in text, "the next step need not wait"
    done = client.post(f"{_card(application)}undo/?folder=open")
    assert done["Location"] == f"{_card(application)}?folder=open"
    text = client.get(done["Location"]).content.decode()
    application.refresh_from_db()
    assert application.state == State.NEW and "Отменено, всё как было" in text


def test_the_list_marks_a_row_whose_step_is_on_its_way(lead, signed_in, settings) -> None:
    settings.UNDO_SECONDS = 15
    application, other = make.in_work(lead), make.in_work(lead, q_story="другая")
    client = signed_in(lead)
    data = {"expected": 2, "explanation": "Придите в среду.", "go": "1"}
    done = client.post(f"{_card(application)}explain/?folder=mine", data)
    assert done["Location"] == f"{_card(application)}?folder=mine"
    text = client.get("/admin/queue/?folder=mine").content.decode()
    rows = {
        str(each.pk): text.partition(f'data-row="{each.pk}"')[2].partition("</tr>")[0] for each in (application, other)
    }
    assert "шаг уходит" in rows[str(application.pk)] and "шаг уходит" not in rows[str(other.pk)]
    client.post(f"{_card(application)}undo/")
    assert "шаг уходит" not in client.get("/admin/queue/?folder=mine").content.decode()


def test_a_merge_is_held_and_undone_from_the_card(lead, signed_in, settings) -> None:
    settings.UNDO_SECONDS = 15
    first, second = make.in_work(lead), make.in_work(lead, q_story="другая")
    client = signed_in(lead)
    text = client.post(f"{_card(second)}merge/", {"expected": 2, "into": first.pk}, follow=True).content.decode()
    assert "Уходит:" in text and "Объединить" in text
    text = client.post(f"{_card(second)}undo/", follow=True).content.decode()
    second.refresh_from_db()
    assert second.state == State.IN_WORK and "Отменено, всё как было" in text and "черновик" not in text
