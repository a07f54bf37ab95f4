"""The steps: taking answers, showing mistakes, leading on."""

import pytest
from django.test import Client

from forms.applications.models import Draft

from .filling import FAMILY, STEPS, YOU, outside_of_templates, step_url

pytestmark = pytest.mark.django_db


def test_begin_leads_to_the_first_step_and_makes_no_draft(applicant: Client) -> None:
    answer = applicant.get("/apply/help/")
    assert answer.headers["Location"] == step_url("s_you")
    assert applicant.get(step_url("s_you")).status_code == 200
    assert not Draft.objects.exists()
    assert "draft_help" not in applicant.cookies


def test_first_right_answer_starts_the_draft(applicant: Client) -> None:
    answer = applicant.post(step_url("s_you"), YOU)
    assert answer.status_code == 302
    assert answer.headers["Location"] == step_url("s_family")
    cookie = applicant.cookies["draft_help"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/apply/" and not cookie["secure"]
    draft = Draft.objects.get()
    assert draft.answers["q_phone"] == "+79000000000"
    assert cookie.value not in draft.token_digest


def test_cookie_is_secure_on_https(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU, secure=True)
    assert applicant.cookies["draft_help"]["secure"]


def test_answers_are_shown_again(filled: Client) -> None:
    page = filled.get(step_url("s_you")).content.decode()
    assert 'value="Иванова"' in page and 'value="8 900 000-00-00"' in page and 'value="irkutsk" selected' in page
    page = filled.get(step_url("s_help")).content.decode()
    assert 'value="c_law" checked' in page and 'value="c_money" checked' not in page
    assert "Нужен психолог.\nИ юрист.</textarea>" in page


def test_wrong_answers_say_what_to_do_and_keep_what_was_typed(applicant: Client) -> None:
    answer = applicant.post(step_url("s_you"), YOU | {"q_phone": "12<b>", "q_name_last": "", "q_place": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Ошибка: Шаг 1 из 3." in page
    assert 'role="alert"' in page and 'href="#id_q_phone"' in page and 'href="#id_q_name_last"' in page
    assert 'value="12&lt;b&gt;"' in page and 'value="Мария"' in page
    assert 'aria-invalid="true"' in page and "id_q_phone_hint id_q_phone_error" in page
    assert page.count('id="id_q_phone_error"') == 1
    assert not Draft.objects.exists()


def test_wrong_text_survives_leaving_and_returning(filled: Client) -> None:
    filled.post(step_url("s_you"), YOU | {"q_phone": "не скажу"})
    page = filled.get(step_url("s_you")).content.decode()
    assert 'value="не скажу"' in page
    assert Draft.objects.get().answers["q_phone"] == "+79000000000"
    assert filled.get("/apply/help/").headers["Location"] == step_url("s_you")
    assert filled.get("/apply/help/check/").headers["Location"].startswith(step_url("s_you"))
    filled.post(step_url("s_you"), YOU)
    assert Draft.objects.get().typed == {}
    assert filled.get("/apply/help/check/").status_code == 200


def test_later_keeps_unfinished_words(applicant: Client) -> None:
    answer = applicant.post(step_url("s_you"), {"q_name_last": "Ива", "q_phone": "8 9", "later": "1"})
    assert answer.headers["Location"] == "/apply/help/later/"
    assert "Ответы сохранены" in applicant.get("/apply/help/later/").content.decode()
    page = applicant.get("/apply/help/", follow=True).content.decode()
    assert 'value="Ива"' in page and 'value="8 9"' in page and "Ошибка" not in page


def test_ahead_is_not_open_yet(applicant: Client) -> None:
    for address in (step_url("s_help"), "/apply/help/check/"):
        answer = applicant.get(address)
        assert answer.headers["Location"] == step_url("s_you") + "?note=skipped"
    page = applicant.get(step_url("s_you") + "?note=skipped").content.decode()
    assert "Сначала ответьте на вопросы этого шага" in page
    assert not Draft.objects.exists()


def test_words_of_a_step_whose_turn_has_not_come_are_kept(applicant: Client) -> None:
    """As after the cookie of the draft was lost on the way."""
    answer = applicant.post(step_url("s_help"), STEPS["s_help"])
    assert answer.headers["Location"] == step_url("s_you") + "?note=skipped"
    for key in ("s_you", "s_family"):
        applicant.post(step_url(key), STEPS[key])
    assert "Нужен психолог.\nИ юрист.</textarea>" in applicant.get(step_url("s_help")).content.decode()


@pytest.mark.parametrize("address", ["/apply/nothing/", "/apply/help/s_none/", "/apply/help/%00/", "/apply/%D0%96/x/"])
def test_unknown_addresses(applicant: Client, address: str) -> None:
    assert applicant.get(address).status_code == 404
    assert applicant.post(address, {"a": "b"}).status_code in (404, 405)


def test_a_lost_draft_starts_again_kindly(applicant: Client) -> None:
    applicant.cookies["draft_help"] = "a" * 43
    answer = applicant.get("/apply/help/")
    assert answer.headers["Location"] == step_url("s_you") + "?note=lost"
    assert answer.cookies["draft_help"]["max-age"] == 0
    applicant.cookies["draft_help"] = "?!"
    assert applicant.get(step_url("s_family")).status_code == 302


def test_a_question_that_appears_is_no_mistake(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    applicant.post(step_url("s_family"), FAMILY)
    asked = {"asked": "q_topics,q_story"}
    answer = applicant.post(step_url("s_help"), {"q_topics": ["c_money"], "q_story": "Выплата"} | asked)
    assert answer.headers["Location"] == step_url("s_help") + "?note=more"
    page = applicant.get(step_url("s_help") + "?note=more").content.decode()
    assert "появились ещё вопросы" in page and 'name="q_debts"' in page and "Ошибка" not in page
    assert ">\nВыплата</textarea>" in page
    answer = applicant.post(step_url("s_help"), {"q_topics": ["c_money"], "q_debts": "", "q_story": "Выплата"})
    assert answer.status_code == 422
    answer = applicant.post(step_url("s_help"), {"q_topics": ["c_money"], "q_debts": "за май", "q_story": "Выплата"})
    assert answer.headers["Location"] == "/apply/help/check/"


def test_an_optional_question_that_appears_is_asked_too(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    answer = applicant.post(step_url("s_family"), {"q_relation": "c_spouse", "asked": "q_relation,q_wishes"})
    assert answer.headers["Location"] == step_url("s_family") + "?note=more"
    page = applicant.get(step_url("s_family")).content.decode()
    assert 'name="q_birth_day"' in page
    answer = applicant.post(step_url("s_family"), {"q_relation": "c_spouse", "asked": "q_relation,q_birth,q_wishes"})
    assert answer.headers["Location"] == step_url("s_help")


def test_the_wrong_part_of_a_date_is_marked(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    applicant.post(step_url("s_family"), {"q_relation": "c_spouse", "asked": "q_relation"})
    data = {"q_relation": "c_spouse", "q_birth_day": "14", "q_birth_month": "9", "q_birth_year": "15"}
    page = applicant.post(step_url("s_family"), data).content.decode()
    assert 'href="#id_q_birth_year"' in page
    assert page.count('aria-invalid="true"') == 1


def test_changing_from_check_returns_to_check(filled: Client) -> None:
    page = filled.get(step_url("s_you") + "?from=check").content.decode()
    assert "Сохранить и вернуться" in page
    answer = filled.post(step_url("s_you") + "?from=check", YOU | {"q_phone": "8 900 000-00-01"})
    assert answer.headers["Location"] == "/apply/help/check/"
    changed = {"q_topics": "c_money", "q_story": "x", "asked": "q_topics,q_story"}
    answer = filled.post(step_url("s_help") + "?from=check", changed)
    assert answer.headers["Location"] == step_url("s_help") + "?note=more&from=check"


def test_pages_are_private(applicant: Client) -> None:
    answer = applicant.get(step_url("s_you"))
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in answer.cookies


def test_a_hidden_question_waits_in_a_template_with_its_old_answer(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    born = {"q_birth_day": "7", "q_birth_month": "3", "q_birth_year": "2018", "asked": "q_relation,q_birth,q_wishes"}
    applicant.post(step_url("s_family"), {"q_relation": "c_spouse"} | born)
    applicant.post(step_url("s_family"), FAMILY | {"asked": "q_relation,q_wishes"})
    page = applicant.get(step_url("s_family")).content.decode()
    assert '<template data-q="q_birth">' in page and 'value="2018"' in page
    assert 'name="asked" value="q_relation,q_wishes"' in page
    assert "q_birth" not in outside_of_templates(page).partition("step-data")[0]
    assert "questions.js" not in applicant.get(step_url("s_you")).content.decode(), "nothing depends on anything there"
