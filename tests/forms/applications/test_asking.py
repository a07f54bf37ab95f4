"""Staff ask, the clock stands, the applicant answers, the clock runs and the date has moved by the days of waiting."""

import datetime

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from forms.applications import actions, answering, arithmetic, asking, journal, timeline
from forms.applications.corrections import Wrong
from forms.applications.models import Application, Correction, Inquiry, Message
from forms.applications.states import State
from forms.notifications.models import Outbox
from services import holidays
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 10, 5, 4, tzinfo=datetime.UTC)


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def _answer(application: Application, key: str = "k1", **more):
    return answering.answer(application.pk, application.inquiries.latest("pk").pk, key, **more)


def test_a_question_stops_the_clock_and_its_words_stay_out_of_the_letter(reviewer) -> None:
    application = make.waiting(reviewer, text="Как зовут\r\nребёнка?\x00\u202e")
    application.refresh_from_db()
    assert (application.state, application.paused_on) == (State.WAITING_APPLICANT, timezone.localdate())
    assert Message.objects.get().text == "Как зовут\nребёнка?"
    letter = Outbox.objects.get(key__contains="asked")
    assert application.public_number in letter.subject
    for secret in ("ребёнка", "Иванова", "Павлова", "900"):
        assert secret not in letter.body + letter.subject
    assert application.journal.last().action == "ask"
    assert "ребёнка" not in str(list(application.journal.values_list("facts", flat=True)))


def test_the_date_moves_by_the_days_of_waiting_and_the_card_says_how(reviewer) -> None:
    with time_machine.travel(MONDAY, tick=False):
        application = make.waiting(reviewer)
        promised = application.due_on
    with time_machine.travel(MONDAY + datetime.timedelta(days=3), tick=False):
        application = _answer(application, text="После шести")
        entries = timeline.entries_of(application)
    application.refresh_from_db()
    received = datetime.date(2026, 10, 5)
    assert promised == holidays.answer_by(received, 30)
    assert (application.paused_days, application.paused_on) == (3, None)
    assert application.due_on == holidays.answer_by(received, 33) > promised
    words = [str(words) for words, _day in arithmetic.due_sum(application, entries)]
    assert words[:3] == ["Получено", "30 дней", "ждали заявителя с 5 октября, ещё 3 дня"]


def test_two_waits_are_counted_from_the_day_of_receipt(reviewer) -> None:
    """Counted one by one, each would lose the days by which the date before it moved off a weekend."""
    with time_machine.travel(MONDAY, tick=False):
        application = make.waiting(reviewer)
    for day in (1, 2, 3):
        with time_machine.travel(MONDAY + datetime.timedelta(days=day), tick=False):
            application = _answer(application, key=f"k{day}", text="да")
            application = asking.ask(application.pk, reviewer, application.version, text="А ещё?")
    assert application.paused_days == 3
    assert application.due_on == holidays.answer_by(datetime.date(2026, 10, 5), 33)


def test_while_we_wait_nothing_burns(reviewer) -> None:
    application = make.waiting(reviewer)
    Application.objects.filter(pk=application.pk).update(due_on=timezone.localdate())
    assert not Application.objects.burning(timezone.localdate()).exists()
    asking.resume(application.pk, reviewer, application.version)
    Application.objects.filter(pk=application.pk).update(due_on=timezone.localdate())
    assert Application.objects.burning(timezone.localdate()).exists()


def test_an_answer_arrives_once_and_is_news(reviewer) -> None:
    application = make.waiting(reviewer)
    for _again in range(2):
        _answer(application, text="После шести")
    _answer(application, key="another tab", text="После семи")
    application.refresh_from_db()
    assert application.has_news
    assert application.state == State.IN_WORK
    assert [message.text for message in Message.objects.filter(side="applicant")] == ["После шести"]
    assert Inquiry.objects.get().outcome == "answered"
    assert not list(journal.problems())


@pytest.mark.parametrize("close", [actions.resolve, actions.explain])
def test_staff_may_close_while_they_wait_and_a_late_answer_is_told_so(reviewer, close) -> None:
    application = make.waiting(reviewer)
    close(application.pk, reviewer, application.version, "Дозвонились, всё решили.")
    application.refresh_from_db()
    assert application.paused_on is None
    assert Inquiry.objects.get().outcome == "closed"
    with pytest.raises(actions.Refused, match="больше не ждёт"):
        _answer(application, text="Поздно")


def test_only_the_questions_that_were_asked_change(reviewer) -> None:
    application = make.waiting(reviewer, asked={"q_phone": "Не дозвонились"})
    raw = {"q_phone": "8 900 111-22-33", "q_story": "подмена", "q_name": {"last": "Чужой"}, "nonsense": 1}
    application = _answer(application, raw=raw)
    application.refresh_from_db()
    before = definitions.help_answers()
    assert application.sheet.answers == before | {"q_phone": "+79001112233"}
    assert (application.phone, application.phone_digits) == ("+79001112233", "9001112233")
    kept = Correction.objects.get()
    assert kept.change == {"before": "+79000000000", "after": "+79001112233"}
    assert kept.asked


def test_a_wrong_answer_keeps_everything_as_it_was(reviewer) -> None:
    application = make.waiting(reviewer, asked={"q_phone": "Не дозвонились"})
    with pytest.raises(Wrong) as wrong:
        _answer(application, raw={"q_phone": "12"})
    assert wrong.value.errors.keys() == {"q_phone"}
    application.refresh_from_db()
    assert application.state == State.WAITING_APPLICANT
    assert not Correction.objects.exists()


def test_conditions_are_asked_again(reviewer) -> None:
    application = make.waiting(reviewer, asked={"q_topics": "Нужна ли выплата?"})
    with pytest.raises(Wrong) as wrong:
        _answer(application, raw={"q_topics": ["c_money"]})
    # The question that appears is open too, and nothing else is.
    assert (wrong.value.errors.keys(), set(wrong.value.opened)) == ({"q_debts"}, {"q_topics", "q_debts"})
    application = _answer(application, raw={"q_topics": ["c_money"], "q_debts": "за сентябрь", "q_story": "нет"})
    assert application.sheet.answers["q_debts"] == "за сентябрь"
    application = asking.ask(application.pk, reviewer, application.version, asked={"q_topics": "Верно ли?"})
    application = _answer(application, key="k2", raw={"q_topics": ["c_psy"]})
    # A hidden answer is not kept, and what it was is.
    assert "q_debts" not in application.sheet.answers
    gone = Correction.objects.get(field_key="q_debts", change__before="за сентябрь")
    assert gone.change == {"before": "за сентябрь"}
    assert not gone.asked


def test_all_is_right_changes_nothing(reviewer) -> None:
    application = make.waiting(reviewer, asked={"q_phone": "Верен ли?"})
    application = _answer(application)
    assert application.state == State.IN_WORK
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("text", "asked", "days"),
    [
        ("", {}, None),
        (" \x00 ", {}, None),
        ("а" * 5001, {}, None),
        ("", {"q_phone": " "}, None),
        ("", {"q_debts": "её не задавали"}, None),
        ("", {"nonsense": "нет такого"}, None),
        ("Вопрос", {}, 0),
        ("Вопрос", {}, -3),
        ("Вопрос", {}, 61),
    ],
)
def test_a_question_that_cannot_be_asked_leaves_no_trace(reviewer, text, asked, days) -> None:
    application = make.in_work(reviewer)
    day = None if days is None else timezone.localdate() + datetime.timedelta(days=days)
    with pytest.raises(actions.Refused):
        asking.ask(application.pk, reviewer, 2, text=text, asked=asked, wanted_by=day)
    application.refresh_from_db()
    assert (application.state, application.version, Inquiry.objects.count()) == (State.IN_WORK, 2, 0)


def test_messages_both_ways_without_a_question(reviewer) -> None:
    application = make.in_work(reviewer)
    application = asking.write(application.pk, reviewer, application.version, "Записали вас на среду.")
    answering.write(application.pk, "k1", "Спасибо")
    answering.write(application.pk, "k1", "Спасибо")
    application.refresh_from_db()
    said = [(message.side, message.text) for message in application.messages.order_by("pk")]
    assert said == [("staff", "Записали вас на среду."), ("applicant", "Спасибо")]
    assert (application.state, application.has_news) == (State.IN_WORK, True)
    assert "среду" not in Outbox.objects.get(key__contains="wrote").body
    events = [str(event.words) for event in timeline.for_applicant(application).events]
    assert events[-2:] == ["Вам написал специалист", "Вы написали специалисту"]


def test_a_message_is_the_answer_to_a_plain_question(reviewer) -> None:
    application = make.waiting(reviewer)
    assert answering.write(application.pk, "k1", "После шести").state == State.IN_WORK


def test_a_flood_is_stopped(reviewer) -> None:
    application = make.new()
    for number in range(answering.MOST_A_DAY):
        answering.write(application.pk, f"k{number}", "Ау")
    with pytest.raises(actions.Refused, match="много сообщений"):
        answering.write(application.pk, "one more", "Ау")


def test_only_who_leads_it_asks_and_writes(reviewer, person) -> None:
    colleague, operator = person("reviewer", "colleague"), person("operator")
    make.team("Иркутск", colleague, operator)
    application = make.in_work(reviewer)
    for user in (colleague, operator):
        with pytest.raises(actions.Refused):
            asking.ask(application.pk, user, 2, text="Вопрос")
        with pytest.raises(actions.Refused):
            asking.write(application.pk, user, 2, "Письмо")
    with pytest.raises(actions.Stale):
        asking.ask(application.pk, reviewer, 1, text="Вопрос")
    with pytest.raises(actions.Stale):
        asking.write(application.pk, reviewer, 1, "Письмо")


def test_the_database_refuses_half_a_wait_and_a_rewritten_word(reviewer) -> None:
    application = make.waiting(reviewer, asked={"q_phone": "Верен ли?"})
    _answer(application, text="Поправлено", raw={"q_phone": "89001112233"})
    waiting = make.waiting(reviewer)
    rewritten = [
        lambda: Application.objects.filter(pk=waiting.pk).update(paused_on=None),
        lambda: Application.objects.filter(pk=application.pk).update(paused_on=timezone.localdate()),
        lambda: Inquiry.objects.create(application=waiting, asked_by=reviewer, wanted_by=timezone.localdate()),
        lambda: Message.objects.update(text="другое"),
        lambda: Message.objects.update(side="staff"),
        lambda: Correction.objects.update(change={"before": 1}),
        lambda: Correction.objects.update(change=None, field_key="q_name"),
        lambda: Correction.objects.all()._raw_delete("default"),
        lambda: Message.objects.all()._raw_delete("default"),
    ]
    for attempt in rewritten:
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            attempt()
