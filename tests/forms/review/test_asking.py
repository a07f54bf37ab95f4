"""Staff ask from the card, read the answer there, and see what was changed."""

import pytest
from django.utils import timezone

from forms.applications import answering, asking, withdrawal
from forms.applications.models import Inquiry, Message
from forms.applications.states import State
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def _card(application) -> str:
    return f"/admin/queue/{application.pk}/"


def test_a_question_goes_out_from_the_card(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    client = signed_in(reviewer)
    assert f"{_card(application)}ask/" in client.get(_card(application)).content.decode()
    page = client.get(f"{_card(application)}ask/").content.decode()
    assert "Спросить заявителя" in page and "Срок встанет на паузу" in page
    data = {"expected": 2, "kind": "question", "text": "Когда звонить?", "ask": ["q_phone"], "why_q_phone": "зря"}
    text = client.post(f"{_card(application)}ask/", data, follow=True).content.decode()
    assert "ждём заявителя" in text and "Когда звонить?" in text and "пауза" in text
    # A question in words opens no answer, whatever is left ticked in the part that was folded away.
    assert Inquiry.objects.get().asked == {}


def test_answers_to_correct_and_what_became_of_them(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    client = signed_in(reviewer)
    data = {"expected": 2, "kind": "correct", "ask": ["q_phone"], "why_q_phone": "Не <b>дозвонились</b>"}
    text = client.post(f"{_card(application)}ask/", data, follow=True).content.decode()
    assert "Телефон: Не &lt;b&gt;дозвонились&lt;/b&gt;" in text
    inquiry = Inquiry.objects.get()
    raw = {"q_phone": "8 900 111-22-33"}
    answering.answer(application.pk, inquiry.pk, "key", text="Поправлено <i>", raw=raw)
    text = client.get(_card(application)).content.decode()
    assert "новое от заявителя" in text and "Поправлено &lt;i&gt;" in text
    assert "<del>8 900 000-00-00</del>" in text.replace("\xa0", " ")
    assert "<ins>8 900 111-22-33</ins>" in text.replace("\xa0", " ")
    # Who leads it has read it.
    assert "новое от заявителя" not in client.get(_card(application)).content.decode()
    assert Message.objects.get(side="applicant").read_at is not None


def test_a_look_of_somebody_else_is_no_reading(reviewer, person, signed_in) -> None:
    application = make.waiting(reviewer)
    answering.answer(application.pk, application.inquiries.get().pk, "key", text="После шести")
    manager = signed_in("manager")
    for _twice in range(2):
        assert "новое от заявителя" in manager.get(_card(application)).content.decode()
    row = signed_in(reviewer).get("/admin/queue/?folder=news").content.decode()
    assert "Новое от заявителя:" in row and "q-mark" in row


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "correct"}, "Отметьте ответы"),
        ({"kind": "correct", "ask": ["q_phone"]}, "Напишите, что поправить"),
        ({"kind": "correct", "ask": ["q_debts"], "why_q_debts": "не задавали"}, "не задавали. Обновите страницу"),
        ({"kind": "question"}, "Напишите вопрос"),
        ({"kind": "letter"}, "Напишите текст"),
        ({"kind": "question", "text": "Вопрос", "wanted_by": "2001-01-01"}, "Ждать ответа можно с завтрашнего дня"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(reviewer, signed_in, data, said) -> None:
    application = make.in_work(reviewer)
    response = signed_in(reviewer).post(f"{_card(application)}ask/", {"expected": 2} | data)
    text = response.content.decode()
    assert (response.status_code, said in text) == (409, True)
    assert all(f'value="{key}"' in text for key in data.get("ask", ()) if key != "q_debts")
    application.refresh_from_db()
    assert application.state == State.IN_WORK


def test_a_stale_question_keeps_the_text(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    client = signed_in(reviewer)
    answering.write(application.pk, "key", "Я переехала")
    data = {"expected": 2, "kind": "correct", "text": "Моё письмо", "ask": ["q_phone"], "why_q_phone": "Почему так"}
    response = client.post(f"{_card(application)}ask/", data)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Написал заявитель" in text and "Моё письмо" in text and "Почему так" in text
    assert 'name="expected" value="3"' in text


def test_waiting_can_be_ended_and_a_letter_written_meanwhile(reviewer, signed_in) -> None:
    application = make.waiting(reviewer)
    client = signed_in(reviewer)
    data = {"expected": application.version, "kind": "letter", "text": "Напоминаем о вопросе"}
    assert client.post(f"{_card(application)}ask/", data).status_code == 302
    application.refresh_from_db()
    assert application.state == State.WAITING_APPLICANT
    text = client.post(f"{_card(application)}resume/", {"expected": application.version}, follow=True).content.decode()
    assert "Срок снова идёт" in text
    application.refresh_from_db()
    assert application.state == State.IN_WORK
    assert client.post(f"{_card(application)}resume/", {"expected": 1}).status_code == 409
    assert client.get(f"{_card(application)}resume/").status_code == 405


@pytest.mark.parametrize(
    ("role", "answer"), [("operator", "/admin/"), ("reviewer", "card"), ("lead", 200), ("manager", "/admin/")]
)
def test_who_may_ask(reviewer, person, signed_in, role, answer) -> None:
    user = person(role, "another")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    client = signed_in(user)
    own, foreign = make.in_work(reviewer), make.new(q_place="bratsk")
    for method in (client.get, lambda url: client.post(url, {"expected": 2, "kind": "question", "text": "Вопрос"})):
        response = method(f"{_card(own)}ask/")
        where = response.get("Location", response.status_code)
        if role == "reviewer" and response.status_code == 409:
            where = "card"
        assert ("card" if where == _card(own) else where) in (answer, "card" if role == "lead" else answer)
        # A manager sees every team and still may not ask.
        assert method(f"{_card(foreign)}ask/").status_code == (302 if role == "manager" else 404)
        resumed = client.post(f"{_card(foreign)}resume/", {"expected": 1}).status_code
        assert resumed == (302 if role == "manager" else 404)
    assert Inquiry.objects.count() == (1 if role == "lead" else 0)


def test_after_a_withdrawn_consent_staff_read_nothing_more(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    withdrawal.withdraw_consent(application.pk)
    text = signed_in(reviewer).get(_card(application)).content.decode()
    assert "Согласие отозвано" in text
    assert "Нужно поговорить с психологом." not in text.partition("Ответы")[2]


def test_the_chip_says_how_long_we_wait(reviewer) -> None:
    from forms.review import due

    today = timezone.localdate()
    assert str(due.chip(today, today, today).words) == "пауза: ждём ответа"
    assert str(due.chip(today, today, today - timezone.timedelta(days=3)).words) == "пауза: ждём 3 дня"


def test_asking_is_free_while_nobody_leads_it(reviewer, signed_in) -> None:
    application = make.new()
    assert signed_in(reviewer).get(f"{_card(application)}ask/")["Location"] == _card(application)
    assert asking.LONGEST_WAIT.days == 60
