"""Check, agree, send once, and the receipt."""

import pytest
from django.test import Client

from forms.applications import codes
from forms.applications.models import Application, Draft
from forms.definitions.models import Form, FormVersion
from tests.factories.definitions import help_json, published_form, question

from .filling import HELP, STEPS, YOU, step_url

pytestmark = pytest.mark.django_db
CHECK, RECEIPT = "/apply/help/check/", "/apply/help/receipt/"


def test_check_shows_every_answer_with_a_way_to_change_it(filled: Client) -> None:
    page = filled.get(CHECK).content.decode()
    for words in ("Иванова Мария Петровна", "8 900 000-00-00", "Иркутск", "Мать или отец", "поговорить с психологом"):
        assert words in page
    assert "Нужен психолог.<br>И юрист." in page
    assert f'href="{step_url("s_family")}?from=check#id_q_relation"' in page
    assert '<span class="vh">: Телефон</span>' in page
    assert "не официальное обращение" in page and "Ответим до " in page
    assert 'name="consent"' in page and "checked" not in page
    assert "Редакция 1 от 1 сентября 2026 года" in page


def test_sending_needs_the_consent(filled: Client) -> None:
    for consent in ({}, {"consent": "2"}, {"consent": "on"}):
        answer = filled.post(CHECK, consent)
        assert answer.status_code == 422
        assert "<title>Ошибка: " in answer.content.decode() and 'href="#consent"' in answer.content.decode()
    assert not Application.objects.exists()


def test_sent_once_whatever_happens(filled: Client) -> None:
    for _time in range(3):
        answer = filled.post(CHECK, {"consent": "1"})
        assert answer.status_code == 302 and answer.headers["Location"] == RECEIPT
    application = Application.objects.get()
    assert application.sheet.answers["q_topics"] == ["c_psy", "c_law"]
    assert filled.get(CHECK).headers["Location"] == RECEIPT + "?note=sent"
    assert filled.get(step_url("s_you")).headers["Location"] == RECEIPT + "?note=sent"
    assert filled.post(step_url("s_you"), YOU).headers["Location"] == RECEIPT + "?note=sent"
    assert filled.get("/apply/help/").headers["Location"] == RECEIPT
    assert Application.objects.get().version == application.version


def test_receipt_belongs_to_the_one_who_sent_it(sent: Client) -> None:
    application = Application.objects.get()
    page = sent.get(RECEIPT).content.decode()
    assert application.public_number in page
    assert codes.shown(codes.code_for(application)) in page
    assert "Отдел сопровождения" in page
    assert int(sent.cookies["draft_help"]["max-age"]) == 7200
    stranger = Client().get(RECEIPT).content.decode()
    assert application.public_number not in stranger and "На этом устройстве заявки больше нет" in stranger


def test_receipt_opens_the_application_without_the_code(sent: Client) -> None:
    answer = sent.post(RECEIPT)
    assert answer.headers["Location"] == "/requests/status/"
    assert Application.objects.get().public_number in sent.get("/requests/status/").content.decode()


def test_forgetting_removes_it_from_this_device(sent: Client) -> None:
    assert sent.post("/apply/help/forget/").headers["Location"] == RECEIPT
    assert "На этом устройстве заявки больше нет" in sent.get(RECEIPT).content.decode()
    assert sent.post(RECEIPT).status_code == 200


def test_an_unsent_draft_is_removed_for_good(filled: Client) -> None:
    assert filled.post("/apply/help/forget/").headers["Location"] == RECEIPT + "?removed"
    assert "Ответы удалены" in filled.get(RECEIPT + "?removed").content.decode()
    assert not Draft.objects.exists()


def test_another_application_can_follow(sent: Client) -> None:
    assert sent.post("/apply/help/forget/", {"again": "1"}).headers["Location"] == "/apply/help/"
    for key, data in STEPS.items():
        sent.post(step_url(key), data)
    sent.post(CHECK, {"consent": "1"})
    assert Application.objects.count() == 2


def test_a_closed_form_takes_nothing_but_keeps_the_draft(filled: Client) -> None:
    Form.objects.update(is_open=False)
    assert "не принимает заявки" in filled.get(CHECK).content.decode()
    assert filled.post(CHECK, {"consent": "1"}).status_code == 422
    assert not Application.objects.exists() and Draft.objects.get().answers


def test_the_first_page_sent_as_the_form_closes_is_not_lost(applicant: Client) -> None:
    Form.objects.update(is_open=False)
    told = applicant.post(step_url("s_you"), YOU | {"q_name_last": "Ивановская"}).content.decode()
    assert "Ваши ответы сохранены на этом устройстве" in told
    Form.objects.update(is_open=True)
    assert 'value="Ивановская"' in applicant.get("/apply/help/", follow=True).content.decode()


def _changed_form(change_type: bool = False) -> FormVersion:
    document = help_json()
    you = document["steps"][0]
    you["fields"][1] = question("q_phone", "short_text" if change_type else "phone", "Номер телефона")
    you["fields"].append(question("q_kind", "short_text", "Кем работаете"))
    return published_form(steps=document["steps"])


def test_a_draft_moves_to_a_new_version(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    applicant.post(step_url("s_family"), STEPS["s_family"])
    version = _changed_form()
    answer = applicant.get(step_url("s_help"))
    assert answer.headers["Location"].startswith(step_url("s_you"))
    page = applicant.get(step_url("s_you")).content.decode()
    assert "Форма обновилась" in page and 'value="8 900 000-00-00"' in page and 'name="q_kind"' in page
    answer = applicant.post(step_url("s_you"), YOU | {"q_kind": "врач"})
    assert answer.headers["Location"] == step_url("s_family") + "?note=moved"
    draft = Draft.objects.get()
    assert draft.version_id == version.pk and draft.answers["q_relation"] == "c_parent"


def test_a_page_of_the_old_version_asks_only_what_is_new(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    _changed_form()
    answer = applicant.post(step_url("s_you"), YOU | {"asked": "q_name,q_phone,q_email,q_place"})
    assert answer.headers["Location"] == step_url("s_you") + "?note=moved"
    page = applicant.get(step_url("s_you") + "?note=moved").content.decode()
    assert "Ошибка" not in page and 'name="q_kind"' in page


def test_an_answer_of_another_type_is_asked_again(filled: Client) -> None:
    _changed_form(change_type=True)
    assert filled.get(CHECK).headers["Location"] == step_url("s_you") + "?note=moved"
    page = filled.get(step_url("s_you")).content.decode()
    assert "8 900 000-00-00" not in page and 'value="Иванова"' in page


def test_nothing_is_sent_under_a_version_that_was_not_read(filled: Client) -> None:
    document = help_json()
    document["steps"][2]["fields"][2]["label"] = "Что случилось"
    published_form(steps=document["steps"])
    answer = filled.post(CHECK, {"consent": "1"})
    assert answer.headers["Location"] == CHECK + "?note=moved"
    assert not Application.objects.exists()
    assert "Что случилось" in filled.get(CHECK).content.decode()
    assert filled.post(CHECK, {"consent": "1"}).headers["Location"] == RECEIPT
    assert Application.objects.get().sheet.answers["q_story"] == HELP["q_story"]
