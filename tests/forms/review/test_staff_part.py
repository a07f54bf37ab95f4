"""What staff fill in on the card: their own questions, labels, topic, urgency; stale and wrong lose nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.applications import actions, indexing, journal, labelling, staffing, withdrawal
from forms.applications.models import Application, Label, Labelling, StaffChange, StaffSheet
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = pytest.mark.django_db
KINDS = [{"key": "yes", "label": "Да, до 30 ноября"}, {"key": "no", "label": "Не нужен"}]


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def lead(person):
    user = person("lead", last_name="Левченко", first_name="Анна")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def application(reviewer) -> Application:
    """In work, of a form that asks staff two things."""
    document = definitions.help_json()
    agreed = definitions.question("q_agreed", "short_text", "Что согласовано с районом", required=True)
    visit = definitions.question("q_visit", "choice", "Нужен выезд на дом", options={"choices": KINDS})
    count = definitions.question("q_count", "whole_number", "Сколько кубов", options={"max": 50})
    day = definitions.question("q_day", "date", "Когда выезд")
    document["steps"][2]["fields"] += [each | {"staff": True} for each in (agreed, visit, count, day)]
    version = definitions.published_form(steps=document["steps"])
    made = actions.submit_answers(version, definitions.help_answers(), 1, "site", "some key")
    return actions.take(made.pk, reviewer, 1)


def _save(client, application, **data):
    data = {"expected": application.version, "urgency": application.urgency, "topic": ""} | data
    return client.post(f"/admin/queue/{application.pk}/staff/", data, follow=True)


def test_fields_are_cleaned_kept_and_told_before_and_after(reviewer, application, signed_in) -> None:
    client = signed_in(reviewer)
    parts = {"staff-q_day_day": "2", "staff-q_day_month": "12", "staff-q_day_year": "2026"}
    page = _save(client, application, **{"staff-q_agreed": "Договорились", **parts}).content.decode()
    assert "Когда выезд: пусто → 2 декабря 2026" in page and 'name="staff-q_day_year" value="2026"' in page
    application.refresh_from_db()
    _save(client, application, **{"staff-q_agreed": "Дрова  на 2 декабря", "staff-q_visit": "yes"})
    application.refresh_from_db()
    assert StaffSheet.objects.get().answers == {"q_agreed": "Дрова на 2 декабря", "q_visit": "yes"}
    page = _save(client, application, **{"staff-q_agreed": "Дрова на 5 декабря", "staff-q_visit": "yes"})
    text = page.content.decode()
    assert "Что согласовано с районом: Дрова на 2 декабря → Дрова на 5 декабря" in text
    assert 'value="Дрова на 5 декабря"' in text
    assert StaffChange.objects.filter(field_key="q_agreed").count() == 3
    # Neither the applicant's sheet nor the journal, which outlives an erasure, holds a word of it.
    assert "q_agreed" not in application.sheet.answers
    assert "Дрова" not in str(list(application.journal.values_list("facts", flat=True)))
    assert not list(journal.problems())


def test_a_wrong_answer_keeps_everything_typed(reviewer, application, signed_in) -> None:
    response = _save(
        signed_in(reviewer),
        application,
        **{"staff-q_agreed": "Договорились", "staff-q_count": "сто", "reason": "потому", "urgency": "1"},
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Договорились"' in page and 'value="сто"' in page and 'value="потому"' in page
    assert '<option value="1" selected>' in page
    assert not StaffSheet.objects.exists() and not StaffChange.objects.exists()
    application.refresh_from_db()
    assert application.urgency == 3


def test_a_stale_save_is_refused_with_what_changed_and_nothing_is_lost(reviewer, lead, application, signed_in) -> None:
    seen = application.version
    staffing.save(application.pk, lead, seen, staffing.Wanted(raw={"q_agreed": "Чужое"}))
    response = _save(signed_in(reviewer), application, **{"staff-q_agreed": "Моё", "expected": seen})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Что согласовано с районом: пусто → Чужое" in page and "Левченко А." in page
    assert 'value="Моё"' in page
    assert StaffSheet.objects.get().answers == {"q_agreed": "Чужое"}
    # The form has the fresh version by now, so a second try is a decision.
    assert f'name="expected" value="{seen + 1}"' in page


def test_nothing_changed_writes_nothing(reviewer, application, signed_in) -> None:
    before = application.journal.exclude(action="read").count()
    assert "Ничего не изменилось" in _save(signed_in(reviewer), application).content.decode()
    assert application.journal.exclude(action="read").count() == before


def test_urgency_and_topic_need_a_reason(reviewer, application, signed_in) -> None:
    client, topic = signed_in(reviewer), labelling.named(["дрова"])[0]
    response = _save(client, application, urgency="1", topic=topic.pk)
    assert response.status_code == 409 and "Напишите, почему" in response.content.decode()
    page = _save(client, application, urgency="1", topic=topic.pk, reason="Печь треснула").content.decode()
    application.refresh_from_db()
    assert (application.urgency, application.topic) == (1, topic)
    assert "Срочность: как обычно → срочно" in page and "Печь треснула" in page
    assert "Печь" not in str(list(application.journal.values_list("facts", flat=True)))


def test_labels_are_chosen_by_all_and_made_by_leads(reviewer, lead, application, signed_in) -> None:
    first, second = labelling.named(["пожилые", "печное отопление"])
    labelling.put(application, [first])
    client = signed_in(reviewer)
    page = _save(client, application, label=[second.pk]).content.decode()
    assert set(Labelling.objects.values_list("label__name", flat=True)) == {"печное отопление"}
    assert "Поставлены: печное отопление" in page and "Сняты: пожилые" in page
    application.refresh_from_db()
    response = _save(client, application, label=[second.pk], new_label="новая")
    assert response.status_code == 409 and not Label.objects.filter(name="новая").exists()
    assert "Новая метка" not in response.content.decode()
    _save(signed_in(lead), application, label=[second.pk], new_label="новая")
    assert Labelling.objects.filter(label__name="новая").exists()
    application.refresh_from_db()
    # The same words in other letters are the same label.
    _save(signed_in(lead), application, label=[second.pk], new_label="НОВАЯ")
    assert Label.objects.filter(name__iexact="новая").count() == 1


def test_who_does_not_lead_it_sees_the_fields_and_chooses_labels(reviewer, person, application, signed_in) -> None:
    staffing.save(application.pk, reviewer, application.version, staffing.Wanted(raw={"q_agreed": "Дрова"}))
    application.refresh_from_db()
    other = person("reviewer", "other")
    make.team("Иркутск", other)
    client, label = signed_in(other), labelling.named(["пожилые"])[0]
    page = client.get(f"/admin/queue/{application.pk}/").content.decode()
    assert "Эти поля заполняет Павлова И." in page and "Дрова" in page and 'name="staff-q_agreed"' not in page
    _save(client, application, **{"staff-q_agreed": "Подмена", "urgency": "0", "reason": "x", "label": [label.pk]})
    application.refresh_from_db()
    assert StaffSheet.objects.get().answers == {"q_agreed": "Дрова"} and application.urgency == 3
    assert Labelling.objects.get().label == label


def test_rights(person, application, signed_in) -> None:
    make.team("Братск", codes=("bratsk",))
    foreign = make.new(q_place="bratsk")
    for role, answer in {"operator": 302, "manager": 302, "reviewer": 409, "lead": 409, "admin": 409}.items():
        user = person(role, f"{role}-2")
        make.team("Иркутск", user)
        client = signed_in(user)
        assert client.post(f"/admin/queue/{application.pk}/staff/", {"expected": 99}).status_code == answer
        sees_all = role in ("manager", "admin")
        posted = client.post(f"/admin/queue/{foreign.pk}/staff/", {"expected": 99}).status_code
        assert posted == (404 if not sees_all else answer)
    assert not StaffSheet.objects.exists()


def test_they_are_columns_filters_and_words_of_the_queue(reviewer, application, signed_in) -> None:
    answers = {"q_agreed": "Берёзовые дрова", "q_visit": "yes", "q_count": "7"}
    staffing.save(application.pk, reviewer, application.version, staffing.Wanted(raw=answers))
    actions.submit_answers(application.form_version, definitions.help_answers(), 1, "site", "another key")
    client, form = signed_in(reviewer), application.form_id
    client.post("/admin/queue/columns/", {"form": form, "column": ["a.q_agreed", "a.q_visit"]})
    base = f"/admin/queue/?folder=open&form={form}"
    page = client.get(base).content.decode()
    assert "Берёзовые дрова" in page and "Да, до 30 ноября" in page
    for more, found in {"&a.q_visit=yes": [application], "&a.q_visit=no": [], "&a.q_count.from=8": []}.items():
        assert list(client.get(base + more).context["object_list"]) == found
    assert list(client.get("/admin/queue/?q=берёзовых").context["object_list"]) == [application]
    # A correction of the applicant draws the index anew and keeps what staff wrote.
    indexing.again(application)
    assert list(client.get(base + "&a.q_visit=yes").context["object_list"]) == [application]


def test_an_erasure_empties_them(reviewer, application) -> None:
    staffing.save(application.pk, reviewer, application.version, staffing.Wanted(raw={"q_agreed": "Муж ранен"}))
    withdrawal.withdraw_consent(application.pk)
    Application.objects.filter(pk=application.pk).update(erase_on=timezone.localdate())
    with pytest.raises(staffing.Refused):
        staffing.save(application.pk, reviewer, 99, staffing.Wanted(raw={"q_agreed": "x"}))
    withdrawal.erase(application.pk)
    assert StaffSheet.objects.get().answers == {} and StaffChange.objects.get().change is None
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        StaffChange.objects.update(field_key="x")


def test_who_was_given_no_more_of_it_meanwhile_can_copy_what_was_typed(reviewer, lead, application, signed_in) -> None:
    client = signed_in(reviewer)
    seen = application.version
    actions.assign(application.pk, lead, seen, assignee=lead)
    typed = {"staff-q_agreed": "Дрова на 5 декабря", "staff-q_visit": "yes", "reason": "Печь треснула"}
    page = client.post(f"/admin/queue/{application.pk}/staff/", {"expected": seen, "urgency": 1, "topic": ""} | typed)
    text = page.content.decode()
    assert page.status_code == 409
    assert "теперь ведёте не вы" in text
    for words in ("Дрова на 5 декабря", "Да, до 30 ноября", "Печь треснула"):
        assert words in text
    assert "Сколько кубов" not in text.partition("теперь ведёте не вы")[2].partition("</dl>")[0]
