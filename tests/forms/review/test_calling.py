"""Quick entry: found by phone, one page without script, saved once, read out, added to what is open."""

import pytest
from django.utils import timezone

from forms.applications import codes, journal, withdrawal
from forms.applications.models import Application, Call, Entry, JournalEntry
from forms.applications.states import State
from forms.notifications.models import Outbox
from tests.factories import applications as make
from tests.factories import definitions, family

from .calls import PHONE, typed

pytestmark = pytest.mark.django_db
CALL, FOUND = "/admin/queue/call/", "/admin/queue/call/found/"


@pytest.fixture
def operator(person):
    user = person("operator", last_name="Соколова", first_name="Ирина")
    make.team("Иркутск", user)
    definitions.published_form()
    return user


@pytest.fixture
def client(operator, signed_in):
    return signed_in(operator)


def test_a_call_becomes_an_application_that_says_who_wrote_it_down(client, operator) -> None:
    response = client.post(CALL, typed(caller="Пётр, сын", helper="Соцработник", q_email="mari@example.ru"))
    application = Application.objects.get()
    assert response["Location"] == f"{CALL}{application.pk}/"
    assert (application.channel, application.phone, application.state) == ("phone", "+79000000000", State.NEW)
    entry = application.entry
    assert (entry.entered_by, entry.caller, entry.helper) == (operator, "Пётр, сын", "Соцработник")
    assert "Разрешаю обработать мои данные" in entry.consent_words
    assert application.sheet.consent_version == 1
    first = application.journal.get(seq=1)
    assert (first.actor, first.facts["channel"]) == (operator, "phone")
    assert not list(journal.problems())
    assert Outbox.objects.get().recipient == "mari@example.ru"
    done = client.get(response["Location"])
    text = done.content.decode()
    assert application.public_number in text
    assert codes.shown(codes.code_for(application)) in text
    assert "Ответим до" in text
    slip = client.get(f"{response['Location']}slip/")
    assert slip["Content-Type"] == "application/pdf"
    assert "no-store" in slip["Cache-Control"]
    card = client.get(f"/admin/queue/{application.pk}/").content.decode()
    for words in ("Со слов записано:", "Соколова И.", "Пётр, сын", "Соцработник", "Получено: телефон"):
        assert words in card


def test_a_second_press_is_the_same_application_and_going_back_overwrites_nothing(client) -> None:
    first, second = client.post(CALL, typed()), client.post(CALL, typed())
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == Entry.objects.count() == 1
    changed = client.post(CALL, typed(q_story="Ещё и дрова."))
    assert changed.status_code == 422
    assert "уже записано" in changed.content.decode()
    assert "Ещё и дрова." in changed.content.decode()


def test_what_is_wrong_is_said_and_everything_typed_stays(client) -> None:
    response = client.post(CALL, typed(q_phone="123", q_relation=None, consent=None, caller="Сын", channel="visit"))
    text = response.content.decode()
    assert response.status_code == 422
    for words in ("Пока не записано", "Проверьте номер", "Прочитайте вслух слова согласия", 'value="123"', "Иванова"):
        assert words in text
    assert 'value="visit" checked' in text
    assert 'name="key" value="one-call"' in text
    assert not Application.objects.exists()


def test_a_question_that_an_answer_calls_for_appears_without_script(client) -> None:
    first = client.post(CALL, typed(q_topics=["c_money"]))
    assert first.status_code == 422
    assert "После вашего ответа появился этот вопрос" in first.content.decode()
    asked = first.context["drawn"].asked
    assert "q_debts" in asked.split(",")
    again = client.post(CALL, typed(q_topics=["c_money"], asked=asked, q_debts="При ранении"))
    assert again.status_code == 302
    assert Application.objects.get().sheet.answers["q_debts"] == "При ранении"


def test_found_by_phone_in_any_spelling_open_ones_first(client, operator, person) -> None:
    reviewer = person("reviewer")
    make.team("Иркутск", reviewer)
    opened = make.new()
    closed = make.resolved(reviewer)
    make.team("Братск", codes=("bratsk",))
    make.new(q_place="bratsk", q_story="Тайна другой команды")
    make.new(q_phone="+79000000001")
    for spelling in ("8 900 000-00-00", "+7 (900) 0000000", "9000000000"):
        text = client.post(FOUND, {"phone": spelling}).content.decode()
        assert text.index(opened.public_number) < text.index(closed.public_number)
        assert "Ещё 1 обращение в других командах" in " ".join(text.split())
        assert "Тайна" not in text
    assert not client.post(FOUND, {"phone": "8 900"}).content.decode().strip()
    assert "Раньше с этого номера не обращались" in client.post(FOUND, {"phone": "8 901 111-11-11"}).content.decode()
    page = client.post(CALL, typed(save=None, find="1", q_name_last=""))
    assert opened.public_number in page.content.decode()
    new = client.post(CALL, {"form": "help", "q_phone": PHONE, "new": "1"}).content.decode()
    assert 'value="Иванова"' in new
    assert 'value="irkutsk" selected' in new


def test_found_by_the_last_digits_of_ones_own_teams_only(client, operator, django_assert_max_num_queries) -> None:
    one, other = make.new(q_phone="+79001114321"), make.new(q_phone="+79002224321", q_story="другая")
    make.team("Братск", codes=("bratsk",))
    make.new(q_place="bratsk", q_phone="+79003334321")
    for spelling in ("4321", "43-21", "…43 21"):
        text = client.post(FOUND, {"phone": spelling}).content.decode()
        assert one.public_number in text and other.public_number in text
        # Somebody else may have these digits: the whole number is read over, nothing is filled in or added by Enter.
        assert "Проверьте весь номер" in text and "data-new" not in text and "data-add" not in text
        assert "в других командах" not in text, "a few digits are anybody's"
    alone = client.post(FOUND, {"phone": "111 43 21"}).content.decode()
    assert one.public_number in alone and other.public_number not in alone
    for nothing in ("321", "333-43-21", "0000"):
        assert not client.post(FOUND, {"phone": nothing}).content.decode().strip()
    with django_assert_max_num_queries(6):
        client.post(FOUND, {"phone": "4321"})


def test_saved_and_resolved_at_once(client, person, signed_in) -> None:
    assert "Сохранить и решить сразу" not in client.get(CALL).content.decode()
    reviewer = person("reviewer")
    make.team("Иркутск", reviewer)
    theirs = signed_in(reviewer)
    assert "Сохранить и решить сразу" in theirs.get(CALL).content.decode()
    answer = theirs.post(CALL, typed(save="resolve"))
    application = Application.objects.get()
    assert answer["Location"] == f"/admin/queue/{application.pk}/resolve/"
    assert (application.state, application.assignee) == (State.IN_WORK, reviewer)
    page = theirs.get(answer["Location"]).content.decode()
    assert application.public_number in page and f"{CALL}{application.pk}/" in page
    # A second press leads to the same place; what went to another team is only written down.
    assert theirs.post(CALL, typed(save="resolve"))["Location"] == answer["Location"]
    make.team("Братск", codes=("bratsk",))
    away = theirs.post(CALL, typed(save="resolve", key="two", q_place="bratsk"))
    page = theirs.get(away["Location"]).content.decode()
    assert away["Location"].startswith(CALL) and "у другой команды" in page
    assert client.post(CALL, typed(save="resolve", key="three"))["Location"].startswith(CALL)


def test_price_of_the_page_and_of_a_look_up(client, django_assert_max_num_queries) -> None:
    for _number in range(3):
        make.new()
    client.get(CALL)
    # Nine are Wagtail's own shell.
    with django_assert_max_num_queries(13):
        client.get(CALL)
    with django_assert_max_num_queries(7):
        client.post(FOUND, {"phone": PHONE})


def test_words_are_added_to_an_open_application_once(client, operator, person) -> None:
    reviewer = person("reviewer")
    make.team("Иркутск", reviewer)
    application = make.in_work(reviewer)
    address = f"/admin/queue/{application.pk}/add/"
    assert client.get(address).status_code == 200
    blank = client.post(address, {"key": "k", "channel": "phone", "text": " "})
    assert blank.status_code == 422
    given = {"key": "k", "channel": "visit", "text": "Принесла справку о дровах.", "caller": "Дочь"}
    for _press in range(2):
        assert client.post(address, given)["Location"] == f"/admin/queue/{application.pk}/"
    call = Call.objects.get()
    assert (call.taken_by, call.channel, call.caller) == (operator, "visit", "Дочь")
    application.refresh_from_db()
    assert application.has_news
    assert JournalEntry.objects.get(action="call").facts["channel"] == "visit"
    card = client.get(f"/admin/queue/{application.pk}/").content.decode()
    for words in ("дополнили со слов человека", "Личный приём, Дочь.", "Принесла справку о дровах."):
        assert words in card
    assert application in list(client.get("/admin/queue/?q=справкой").context["object_list"])
    closed = make.resolved(reviewer)
    refused = client.post(f"/admin/queue/{closed.pk}/add/", given | {"key": "other"})
    assert refused.status_code == 422
    assert "Принесла справку" in refused.content.decode()


def test_a_stop_is_told_to_the_operator_with_what_helps_instead(operator, signed_in) -> None:
    form = family.family_json()
    definitions.published_form("family", **{key: form[key] for key in ("title", "consent", "steps", "rules")})
    client = signed_in(operator)
    answers = {"q_who": "c_other", "q_name": "Анна", "q_income": "100000", "q_phone": PHONE, "q_guests": ""}
    page = typed(**answers, form="family", asked="q_who,q_name,q_income,q_kids,q_phone,q_guests,q_papers", q_kids="")
    hard = client.post(CALL, page)
    text = hard.content.decode()
    assert hard.status_code == 422
    assert "Эта форма не подойдёт" in text
    assert "Форма для родных" in text
    assert 'href="/measures/"' in text
    soft = client.post(CALL, page | {"q_who": "c_wife"})
    assert "Выплаты может не быть" in soft.content.decode()
    assert not Application.objects.exists()
    assert client.post(CALL, page | {"q_who": "c_wife", "warned": "r_soft"}).status_code == 302
    many = client.post(CALL, page | {"q_who": "c_wife", "warned": "r_soft", "key": "k2", "q_guests": "7"})
    assert many.status_code == 422


def test_rows_are_added_without_script(operator, signed_in) -> None:
    form = family.family_json()
    definitions.published_form("family", **{key: form[key] for key in ("title", "consent", "steps", "rules")})
    client = signed_in(operator)
    added = client.post(CALL, {"form": "family", "q_name": "Анна", "q_kids": "", "row_add": "q_kids"})
    assert added.status_code == 200
    assert 'name="q_kids.r1.q_kid"' in added.content.decode()
    assert 'value="Анна"' in added.content.decode()


def test_the_number_is_read_out_by_who_wrote_it_down_and_for_a_shift_only(client, person, signed_in) -> None:
    """Even where the application went to another team; nobody else sees the code."""
    make.team("Братск", codes=("bratsk",))
    address = client.post(CALL, typed(q_place="bratsk"))["Location"]
    assert client.get(address).status_code == 200
    assert "Открыть карточку" not in client.get(address).content.decode()
    other = signed_in(person("operator", "other"))
    assert [other.get(address).status_code, other.get(f"{address}slip/").status_code] == [404, 404]
    Entry.objects.update(entered_at=timezone.now() - timezone.timedelta(hours=13))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["press", "formeditor", "manager"])
def test_who_writes_nothing_down_is_refused(role, person, signed_in) -> None:
    user = person(role)
    make.team("Иркутск", user)
    application = make.new()
    client = signed_in(user)
    for address in (CALL, f"{CALL}{application.pk}/", f"{CALL}{application.pk}/slip/"):
        assert client.get(address)["Location"] == "/admin/"
    posts = ((CALL, typed()), (FOUND, {"phone": PHONE}), (f"/admin/queue/{application.pk}/add/", {"text": "x"}))
    for address, data in posts:
        assert client.post(address, data)["Location"] == "/admin/"
    assert Application.objects.count() == 1


@pytest.mark.parametrize("role", ["operator", "reviewer", "lead", "admin"])
def test_who_writes_down_does_and_finds_no_foreign_application(role, person, signed_in, operator) -> None:
    user = person(role, f"one-{role}")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    foreign = make.new(q_place="bratsk")
    client = signed_in(user)
    assert client.get(CALL).status_code == 200
    assert client.post(CALL, typed()).status_code == 302
    expected = 200 if role == "admin" else 404
    assert client.get(f"/admin/queue/{foreign.pk}/add/").status_code == expected


def test_an_erasure_empties_what_was_written_down(client, person) -> None:
    client.post(CALL, typed(caller="Пётр"))
    application = Application.objects.get()
    client.post(
        f"/admin/queue/{application.pk}/add/", {"key": "k", "channel": "phone", "text": "Ждём", "caller": "Пётр"}
    )
    withdrawal.withdraw_consent(application.pk)
    Application.objects.update(erase_on=timezone.localdate())
    withdrawal.erase(application.pk)
    assert Entry.objects.get().caller == Call.objects.get().text == Call.objects.get().caller == ""
