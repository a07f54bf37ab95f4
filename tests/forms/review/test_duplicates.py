"""The same person once more: found in any spelling, in one's own teams only, and put together."""

from datetime import timedelta

import pytest
from django.db import connection

from forms.applications import actions, asking, closing, drafts, duplicates, indexing, journal, person_keys, timeline
from forms.applications.models import Application, PersonKey
from forms.applications.states import State
from forms.notifications.models import Outbox
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = pytest.mark.django_db
NAME = {"last": "Королёва", "first": "Анна", "middle": "Петровна"}
WHO = [
    definitions.question("q_snils", "snils", "СНИЛС", required=False),
    definitions.question("q_born", "birth_date", "Дата рождения", required=False),
]


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    return user


def _sent(number: int, **answers):
    """An application of a form that asks for SNILS and birth date; a telephone and an e-mail of its own."""
    steps = definitions.help_json()["steps"]
    steps[0]["fields"] += WHO
    version = definitions.published_form("who", steps=steps)
    own = {"q_phone": f"+7900000000{number}", "q_email": f"mail{number}@example.ru", "q_name": NAME}
    draft, _token = drafts.start(version.pk)
    drafts.save(draft, definitions.help_answers(**own | answers), "s_help")
    return actions.submit(draft, 1)


def _why(one, other, user):
    fresh = Application.objects.for_card().get(pk=one.pk)
    found = {twin.application.pk: twin.why for twin in duplicates.of(fresh, user).rows}
    return found.get(other.pk)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"q_phone": "+79000000009"}, {"q_phone": "+79000000009"}, ("тот же телефон",)),
        ({"q_email": "Anna@Example.ru"}, {"q_email": "anna@example.ru"}, ("та же почта",)),
        ({"q_snils": "112-233-445 95"}, {"q_snils": "11223344595"}, ("тот же СНИЛС",)),
        (
            {"q_name": NAME, "q_born": "1990-02-03"},
            {"q_name": {"last": "  КОРОЛЕВА", "first": "анна ", "middle": ""}, "q_born": "1990-02-03"},
            ("то же имя и дата рождения",),
        ),
        (
            {"q_name": {"last": "Петрова - Ёлкина", "first": "Анна"}, "q_born": "1990-02-03"},
            {"q_name": {"last": "петрова-елкина", "first": "Анна"}, "q_born": "1990-02-03"},
            ("то же имя и дата рождения",),
        ),
        ({"q_born": "1990-02-03"}, {"q_born": "1990-02-04"}, None),
        ({}, {}, None),
    ],
)
def test_the_same_person_in_any_spelling(reviewer, first, second, why) -> None:
    one, other = _sent(1, **first), _sent(2, **second)
    assert _why(one, other, reviewer) == why
    assert _why(other, one, reviewer) == why


def test_an_erasure_leaves_no_key_and_drawing_anew_brings_the_same(reviewer) -> None:
    application = _sent(1, q_snils="112-233-445 95", q_born="1990-02-03")
    before = set(PersonKey.objects.values_list("digest", flat=True))
    assert len(before) == 2
    indexing.again(application)
    assert set(PersonKey.objects.values_list("digest", flat=True)) == before
    person_keys.forget(application)
    assert not PersonKey.objects.exists()


def test_what_others_have_is_a_number_and_nothing_else(reviewer, signed_in) -> None:
    mine, _theirs = make.new(), make.new(q_place="bratsk", q_story="Тайна другой команды")
    text = " ".join(signed_in(reviewer).get(f"/admin/queue/{mine.pk}/").content.decode().split())
    assert "Ещё 1 обращение в других командах" in text
    assert "Тайна" not in text


def test_price_is_two_queries_by_an_index(reviewer, django_assert_num_queries) -> None:
    for _number in range(12):
        make.new()
    application = Application.objects.for_card().get(pk=make.new().pk)
    reviewer.has_perm("x")
    with django_assert_num_queries(2):
        twins = duplicates.of(application, reviewer)
    assert (len(twins.rows), twins.more, twins.others) == (duplicates.SHOWN, 4, 0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN SELECT application_id FROM form_applications_personkey WHERE digest = 1")
            assert "SEARCH" in str(cursor.fetchall())


def test_two_open_ones_are_put_together_and_apart_again(reviewer, person, signed_in) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    first, second = make.in_work(reviewer), make.in_work(reviewer)
    Application.objects.filter(pk=second.pk).update(due_on=second.due_on - timedelta(days=5))
    second.refresh_from_db()
    promised = first.due_on
    second = asking.write(second.pk, reviewer, second.version, "Записали <b>вас</b> на среду")
    client = signed_in(reviewer)
    address = f"/admin/queue/{second.pk}/merge/"
    assert client.get(address).status_code == 405
    assert client.post(address, {"expected": 1, "into": first.pk}).status_code == 409
    done = client.post(address, {"expected": second.version, "into": first.pk})
    assert done["Location"] == f"/admin/queue/{first.pk}/"
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, second.merged_into) == (State.MERGED, first)
    assert first.due_on == second.due_on
    assert first.public_number in str(timeline.for_applicant(second).state_words)
    assert Outbox.objects.filter(about=f"application:{second.pk}", key__contains="merged").exists()
    card = client.get(f"/admin/queue/{first.pk}/").content.decode()
    assert "Переписка объединённого обращения" in card and "Записали &lt;b&gt;вас&lt;/b&gt; на среду" in card
    for words in ("Сюда объединено другое обращение", second.public_number, "объединено сюда", "срок раньше"):
        assert words in card
    assert first.public_number in client.get(f"/admin/queue/{second.pk}/").content.decode()
    closing.reopen(second.pk, lead, second.version, notice="Разбираем отдельно.", reason="Ошиблись.")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (State.IN_WORK, None)
    first.refresh_from_db()
    assert first.due_on == promised, "the date that was lent goes back"
    card = client.get(f"/admin/queue/{first.pk}/").content.decode()
    assert "Объединённое обращение открыто снова" in card and "Переписка объединённого" not in card
    assert not list(journal.problems())


def test_a_date_that_another_merged_one_needs_stays_when_one_is_opened_again(reviewer, person) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    first, second, third = (make.in_work(reviewer) for _number in range(3))
    early = first.due_on - timedelta(days=6)
    for application, days in ((second, 6), (third, 3)):
        Application.objects.filter(pk=application.pk).update(due_on=first.due_on - timedelta(days=days))
        duplicates.merge(application.pk, reviewer, application.version, first.pk)
    first.refresh_from_db()
    assert first.due_on == early
    second.refresh_from_db()
    closing.reopen(second.pk, lead, second.version, notice="Разбираем отдельно.", reason="Ошиблись.")
    first.refresh_from_db()
    assert first.due_on == early + timedelta(days=3)


def test_what_cannot_be_put_together_says_why(reviewer, signed_in) -> None:
    one, stranger = make.in_work(reviewer), make.new(q_phone="+79000000001", q_email="other@example.ru")
    closed, foreign = make.resolved(reviewer), make.new(q_place="bratsk")
    client = signed_in(reviewer)

    def answer(into: object) -> object:
        return client.post(f"/admin/queue/{one.pk}/merge/", {"expected": one.version, "into": into}, follow=True)

    assert "обращения разных людей" in answer(stranger.pk).content.decode()
    assert "другим открытым обращением" in answer(closed.pk).content.decode()
    assert "другим открытым обращением" in answer(one.pk).content.decode()
    for nothing in (foreign.pk, "x", ""):
        assert answer(nothing).status_code == 404
    one.refresh_from_db()
    assert one.state == State.IN_WORK


def test_another_persons_number_is_not_told_to_the_applicant(reviewer) -> None:
    """The same SNILS is not the same reader: a mother and a son may ask about one serviceman."""
    one, other = _sent(1, q_snils="112-233-445 95"), _sent(2, q_snils="112-233-445 95")
    duplicates.merge(one.pk, reviewer, one.version, other.pk)
    one.refresh_from_db()
    assert timeline.for_applicant(one).state_words == "Рассматриваем вместе с другим обращением"
    letter = Outbox.objects.get(about=f"application:{one.pk}", key__contains="merged")
    assert other.public_number not in letter.body


@pytest.mark.parametrize(("role", "status"), [("operator", 302), ("manager", 302), ("press", 302), ("lead", 302)])
def test_rights(role, status, person, signed_in, reviewer) -> None:
    user = person(role)
    make.team("Иркутск", user)
    one, other = make.new(), make.new()
    posted = signed_in(user).post(f"/admin/queue/{one.pk}/merge/", {"expected": 1, "into": other.pk})
    assert posted.status_code == status
    one.refresh_from_db()
    assert (one.state == State.MERGED) == (role == "lead")
