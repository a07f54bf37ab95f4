"""The card and its moves."""

import pytest

from forms.applications import actions
from forms.applications.models import JournalEntry
from forms.applications.states import State
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def colleague(person):
    user = person("reviewer", "colleague", last_name="Лапин", first_name="Денис")
    make.team("Иркутск", user)
    return user


def _card(application) -> str:
    return f"/admin/queue/{application.pk}/"


def test_the_card_shows_who_what_where_until_when_and_why(reviewer, signed_in) -> None:
    application = make.new()
    text = signed_in(reviewer).get(_card(application)).content.decode()
    for words in (
        application.public_number,
        "Иванова Мария Петровна",
        "8\u00a0900\u00a0000-00-00",
        "заявка, не официальное обращение",
        "Команда: Иркутск",
        "Получено:",
        "30 дней:",
        "Кем вы приходитесь участнику",
        "Мать или отец",
        "«Попросить о помощи», версия 1",
        "Взять в работу",
        "не отвечено",
    ):
        assert words in text
    # Asked of spouses only, so this applicant never saw it.
    assert "Когда родился младший ребёнок" not in text
    assert "Закрыть: решено" not in text


def test_reading_is_journalled_once(reviewer, colleague, signed_in) -> None:
    application = make.new()
    for user in (reviewer, reviewer, colleague):
        client = signed_in(user)
        client.get(_card(application))
    reads = JournalEntry.objects.filter(action="read").values_list("actor__username", flat=True)
    assert sorted(reads) == ["colleague", "reviewer"]


@pytest.mark.parametrize("visit", [1, 2])
def test_price_of_a_card(reviewer, signed_in, django_assert_max_num_queries, visit) -> None:
    client = signed_in(reviewer)
    application = make.in_work(reviewer)
    client.get("/admin/queue/")
    if visit == 2:
        client.get(_card(application))
    # Nine are Wagtail's own; who looks is written and read, labels and what was typed are read. The first visit also
    # writes the read: two more, between a BEGIN and a COMMIT.
    with django_assert_max_num_queries(21 if visit == 1 else 17):
        client.get(_card(application))


def test_take_then_close(reviewer, signed_in) -> None:
    client = signed_in(reviewer)
    application = make.new()
    response = client.post(f"{_card(application)}take/", {"expected": 1}, follow=True)
    assert "теперь ваше" in response.content.decode()
    page = client.get(f"{_card(application)}explain/").content.decode()
    assert "Закрыть: разъяснено" in page
    assert "Отправить и закрыть" in page
    response = client.post(
        f"{_card(application)}explain/", {"expected": 2, "explanation": "Придите в среду.", "go": "1"}, follow=True
    )
    text = response.content.decode()
    assert "Ответ уйдёт на почту" in text
    assert "Придите в среду." in text
    application.refresh_from_db()
    assert application.state == State.EXPLAINED
    assert Outbox.objects.filter(key__contains="closed").count() == 1


def test_the_preview_works_as_a_plain_page_and_closes_nothing(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    response = signed_in(reviewer).post(
        f"{_card(application)}resolve/", {"expected": 2, "explanation": "Первое.\n\nВторое <b>.", "look": "1"}
    )
    text = response.content.decode()
    assert "<p>Первое.</p>" in text
    assert "<p>Второе &lt;b&gt;.</p>" in text
    assert "Помощь оказана" in text
    application.refresh_from_db()
    assert application.is_open


def test_an_empty_explanation_says_what_to_do(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    response = signed_in(reviewer).post(f"{_card(application)}resolve/", {"expected": 2, "explanation": " ", "go": "1"})
    assert "Напишите, что сделано" in response.content.decode()
    application.refresh_from_db()
    assert application.is_open


def test_a_stale_close_keeps_the_text_and_tells_what_changed(reviewer, person, signed_in) -> None:
    lead = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", lead)
    application = make.in_work(reviewer)
    client = signed_in(reviewer)
    actions.explain(application.pk, lead, 2, "Другой ответ")
    response = client.post(
        f"{_card(application)}resolve/", {"expected": 2, "explanation": "Мой длинный ответ", "go": "1"}
    )
    text = response.content.decode()
    assert response.status_code == 409
    assert "карточку только что изменили" in text
    assert "Закрыто: разъяснено, Левченко А." in text
    assert ">\nМой длинный ответ</textarea>" in text
    assert "Отправить и закрыть" not in text
    application.refresh_from_db()
    assert application.explanation == "Другой ответ"


def test_a_stale_take_shows_the_fresh_card(reviewer, colleague, signed_in) -> None:
    application = make.new()
    client = signed_in(reviewer)
    actions.take(application.pk, colleague, 1)
    response = client.post(f"{_card(application)}take/", {"expected": 1})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Взято в работу, Лапин Д." in text
    application.refresh_from_db()
    assert application.assignee == colleague


@pytest.mark.parametrize("expected", ["", "x", "-1", "٢", "99999999999999", "1\x00"])
def test_nonsense_in_place_of_the_version_takes_nothing(reviewer, signed_in, expected) -> None:
    application = make.new()
    response = signed_in(reviewer).post(f"{_card(application)}take/", {"expected": expected})
    assert response.status_code == 409
    application.refresh_from_db()
    assert application.state == State.NEW


def test_nonsense_in_place_of_the_version_closes_nothing(reviewer, signed_in) -> None:
    application = make.in_work(reviewer)
    client = signed_in(reviewer)
    for expected in ("", "x", "0", "9" * 30):
        response = client.post(
            f"{_card(application)}resolve/", {"expected": expected, "explanation": "Мой текст", "go": "1"}
        )
        assert response.status_code in {200, 409}
        assert "Мой текст" in response.content.decode()
    application.refresh_from_db()
    assert application.is_open


def test_a_colleagues_application_cannot_be_closed_and_says_why(reviewer, colleague, signed_in) -> None:
    application = make.in_work(colleague)
    client = signed_in(reviewer)
    assert "Обращение ведёт Лапин Д." in client.get(_card(application)).content.decode()
    response = client.get(f"{_card(application)}resolve/", follow=True)
    assert response.redirect_chain[0][0] == _card(application)
    response = client.post(f"{_card(application)}resolve/", {"expected": 2, "explanation": "Готово", "go": "1"})
    assert response.status_code == 409
    assert "Обращение ведёт Лапин Д." in response.content.decode()


def test_an_undelivered_letter_is_seen_on_the_card(reviewer, signed_in) -> None:
    application = make.new()
    Outbox.objects.update(state=Outbox.State.FAILED)
    assert "Письмо заявителю не доставлено" in signed_in(reviewer).get(_card(application)).content.decode()


def test_close_without_an_address_says_where_the_answer_is(reviewer, signed_in) -> None:
    application = make.in_work(reviewer, q_email="")
    client = signed_in(reviewer)
    assert "Закрыть обращение" in client.get(f"{_card(application)}resolve/").content.decode()
    response = client.post(
        f"{_card(application)}resolve/", {"expected": 2, "explanation": "Готово", "go": "1"}, follow=True
    )
    assert "ответ виден по номеру и коду" in response.content.decode()
