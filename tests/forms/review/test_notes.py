"""Notes for colleagues: whom they call, who may write them, what is kept of them; and never a word to the applicant."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.applications import actions, journal, mentions, notes, withdrawal
from forms.applications.models import Application, Mention, Note, StaffLetters, UnsentText
from forms.notifications import delivery
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина", email="pavlova@example.ru")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def colleague(person):
    user = person("reviewer", "colleague", last_name="Лапин", first_name="Денис", email="lapin@example.ru")
    make.team("Иркутск", user)
    return user


def _post(client, application, text, key="k", **more):
    return client.post(f"/admin/queue/{application.pk}/note/", {"text": text, "key": key} | more, follow=True)


def test_a_note_stands_on_the_card_and_calls_a_colleague(reviewer, colleague, signed_in) -> None:
    application = make.in_work(reviewer)
    version = application.version
    page = _post(signed_in(reviewer), application, "@Лапин, в районе <b>обещали</b> дрова").content.decode()
    assert '<b class="q-at">@Лапин</b>, в районе &lt;b&gt;обещали&lt;/b&gt; дрова' in page
    assert "Позвали: Лапин Д." in page
    application.refresh_from_db()
    # Nobody's unfinished letter becomes stale by a note.
    assert application.version == version
    assert not list(journal.problems())
    entry = application.journal.get(action="note")
    assert entry.facts["called"] == [colleague.pk] and "дрова" not in str(entry.facts)


def test_who_is_called_finds_it_and_gets_a_letter_without_personal_data(reviewer, colleague, signed_in) -> None:
    application = make.in_work(reviewer)
    _post(signed_in(reviewer), application, "@Лапин Д. посмотрите про Иванову")
    client = signed_in(colleague)
    listed = client.get("/admin/queue/?folder=called")
    assert list(listed.context["object_list"]) == [application]
    assert "Меня упомянули" in listed.content.decode()
    letter = Outbox.objects.get(key__startswith="note:")
    assert letter.recipient == "lapin@example.ru" and f"/admin/queue/{application.pk}/" in letter.body
    assert not [word for word in ("Иванов", "посмотрите", "Павлова") if word in letter.subject + letter.body]
    Outbox.objects.filter(pk=letter.pk).update(state=Outbox.State.FAILED)
    page = client.get(f"/admin/queue/{application.pk}/").content.decode()
    # That letter was not to the applicant.
    assert "Письмо заявителю не доставлено" not in page
    listed = client.get("/admin/queue/?folder=open")
    assert "Меня упомянули" not in listed.content.decode()
    assert Mention.objects.get().seen_at


@pytest.mark.parametrize(
    ("text", "called", "unknown"),
    [
        ("@Лапин", ["colleague"], []),
        ("@лапин д.: да", ["colleague"], []),
        ("спросите (@colleague)", ["colleague"], []),
        ("Пишите на ivan@Лапин.рф", [], []),
        ("@Лапина просили", [], ["Лапина"]),
        ("@Чужова знает", [], ["Чужова"]),
        ("@Главная смотрит", ["manager"], []),
        ("@", [], []),
    ],
)
def test_whom_a_text_calls(reviewer, colleague, person, text, called, unknown) -> None:
    stranger = person("reviewer", "stranger", last_name="Чужова")
    make.team("Братск", stranger, codes=("bratsk",))
    make.team("Иркутск", person("press", "press", last_name="Пресс"))
    person("manager", last_name="Главная")
    found = mentions.read(text, mentions.people_of(make.new()))
    assert [user.username for user in found.people] == called
    assert list(found.unknown) == unknown


def test_a_name_of_two_is_asked_about_and_the_text_stays(reviewer, colleague, person, signed_in) -> None:
    make.team("Иркутск", person("reviewer", "second", last_name="Лапин", first_name="Олег"))
    application = make.new()
    response = _post(signed_in(reviewer), application, "@Лапин, позвоните")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Уточните: @Лапин Д., @Лапин О." in page
    assert ">@Лапин, позвоните</textarea>" in page
    assert not Note.objects.exists()


def test_a_second_click_is_the_same_note(reviewer, colleague, signed_in) -> None:
    application, client = make.new(), signed_in(reviewer)
    for _again in range(2):
        _post(client, application, "@Лапин, дважды")
    assert Note.objects.count() == Mention.objects.count() == 1
    assert application.journal.filter(action="note").count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_what_cannot_be_saved_is_drawn_again(reviewer, signed_in, text) -> None:
    response = _post(signed_in(reviewer), make.new(), text)
    assert response.status_code == 409
    assert f">{text}</textarea>" in response.content.decode()
    assert not Note.objects.exists()


def test_who_may_write_one(person, signed_in) -> None:
    make.team("Иркутск")
    application = make.new()
    for role, may in {"operator": True, "reviewer": True, "lead": True, "admin": True, "manager": False}.items():
        user = person(role)
        make.team("Иркутск", user)
        client = signed_in(user)
        assert ("Увидят только сотрудники" in client.get(f"/admin/queue/{application.pk}/").content.decode()) is may
        _post(client, application, role, key=role)
    assert set(Note.objects.values_list("text", flat=True)) == {"operator", "reviewer", "lead", "admin"}


def test_a_foreign_card_takes_nothing(reviewer, signed_in) -> None:
    make.team("Братск", codes=("bratsk",))
    foreign, client = make.new(q_place="bratsk"), signed_in(reviewer)
    base = f"/admin/queue/{foreign.pk}/"
    answers = [
        client.post(f"{base}note/", {"text": "x"}),
        client.post(f"{base}letter/", {"text": "x"}),
        client.post(f"{base}unsent/", {"kind": "note", "text": "x"}),
        client.get(f"{base}people/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert not Note.objects.exists() and not UnsentText.objects.exists()


def test_people_are_offered_by_the_beginning_of_a_name(reviewer, colleague, signed_in) -> None:
    application = make.new()
    people = signed_in(reviewer).get(f"/admin/queue/{application.pk}/people/?q=лап").json()["people"]
    assert people == [{"handle": "Лапин Д.", "name": "Денис Лапин", "job": ""}]


def test_what_is_typed_is_kept_for_its_own_author_alone(reviewer, colleague, signed_in) -> None:
    application, client = make.in_work(reviewer), signed_in(reviewer)
    address = f"/admin/queue/{application.pk}/"
    for kind in ("note", "letter"):
        for text in ("нач", f"начало: {kind}"):
            assert client.post(f"{address}unsent/", {"kind": kind, "text": text}).json() == {"kept": True}
    page = client.get(address).content.decode()
    assert ">начало: note</textarea>" in page and ">начало: letter</textarea>" in page
    assert "начало" not in signed_in(colleague).get(address).content.decode()
    _post(client, application, "готово")
    assert list(UnsentText.objects.values_list("kind", flat=True)) == ["letter"]
    page = client.post(f"{address}letter/", {"text": "Здравствуйте"}, follow=True).content.decode()
    assert ">\nЗдравствуйте</textarea>" in page
    client.post(f"{address}ask/", {"expected": application.version, "kind": "letter", "text": "Здравствуйте"})
    assert not UnsentText.objects.exists()
    for kind in ("other", ""):
        assert client.post(f"{address}unsent/", {"kind": kind, "text": "x"}).status_code == 400


def test_an_erasure_leaves_the_fact_and_no_word(reviewer, colleague, signed_in) -> None:
    application = make.new()
    notes.add(application.pk, reviewer, "@Лапин, муж Ивановой ранен", "k", lambda each: "address")
    client = signed_in(reviewer)
    client.post(f"/admin/queue/{application.pk}/unsent/", {"kind": "note", "text": "Ещё про Иванову"})
    withdrawal.withdraw_consent(application.pk)
    Application.objects.filter(pk=application.pk).update(erase_on=timezone.localdate())
    assert client.post(f"/admin/queue/{application.pk}/unsent/", {"kind": "note", "text": "x"}).status_code == 400
    withdrawal.erase(application.pk)
    assert Note.objects.get().text == "" and not UnsentText.objects.exists()
    assert _post(client, application, "ещё", key="2").status_code == 409
    assert "Ивановой" not in client.get(f"/admin/queue/{application.pk}/").content.decode()


def test_a_note_is_never_rewritten_or_deleted(reviewer) -> None:
    note = notes.add(make.new().pk, reviewer, "как было", "k", lambda each: "address").note
    for change in ({"text": "иначе"}, {"created_at": timezone.now()}, {"text": "", "called": ["x"]}):
        with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(**change)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        note.delete()


def test_the_applicant_hears_nothing(reviewer, colleague, signed_in) -> None:
    application = make.in_work(reviewer)
    _post(signed_in(reviewer), application, "@Лапин, между нами")
    application.refresh_from_db()
    actions.resolve(application.pk, reviewer, application.version, make.EXPLANATION)
    delivery.drain()
    assert not [letter for letter in mail.outbox if "между нами" in letter.body]
    assert {letter.to[0] for letter in mail.outbox if "позвали" in letter.subject} == {"lapin@example.ru"}


def test_who_switched_the_letter_off_is_called_without_one(reviewer, colleague, signed_in) -> None:
    StaffLetters.objects.create(person=colleague, mentions=False)
    application = make.in_work(reviewer)
    _post(signed_in(reviewer), application, "@Лапин Д. посмотрите")
    assert not Outbox.objects.filter(key__startswith="note:").exists()
    listed = signed_in(colleague).get("/admin/queue/?folder=called")
    assert list(listed.context["object_list"]) == [application]
