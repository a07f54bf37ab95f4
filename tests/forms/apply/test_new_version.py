"""The form changes while somebody fills it: what fits stays, what changed is told in plain words, once."""

from typing import Any

import pytest
from django.test import Client

from forms.applications.models import Draft
from tests.factories.definitions import help_json, published_form, question

from .filling import FAMILY, YOU, step_url

pytestmark = pytest.mark.django_db
TOLD = "Форма обновилась, пока вы отвечали."


def _steps() -> list[dict[str, Any]]:
    return help_json()["steps"]


def _version(page: str) -> str:
    return page.partition('name="version" value="')[2][:12]


def _told(client: Client, key: str) -> str:
    page = client.get(step_url(key)).content.decode()
    return page.partition(TOLD)[2].partition("</ul>")[0] if TOLD in page else ""


def test_it_says_what_changed_at_the_next_step_and_then_no_more(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    steps = _steps()
    steps[0]["fields"][1]["type"] = "short_text"
    del steps[0]["fields"][2]
    steps[1]["fields"].append(question("q_new", "short_text", "Сколько вам лет"))
    published_form(steps=steps)
    answer = applicant.post(step_url("s_you"), YOU | {"asked": "q_name,q_phone,q_email,q_place"})
    assert answer.headers["Location"] == step_url("s_family") + "?note=moved"
    told = _told(applicant, "s_family")
    assert "Вопрос «Телефон» изменился. Ответьте на него ещё раз." in told
    assert "Вопроса «Почта» больше нет, ответ на него не нужен." in told
    assert "Появился вопрос «Сколько вам лет»." in told
    assert told in applicant.get(step_url("s_family")).content.decode(), "reading it does not end it"
    page = applicant.get(step_url("s_family")).content.decode()
    applicant.post(step_url("s_family"), FAMILY | {"q_new": "40", "version": _version(page)})
    assert _told(applicant, "s_help") == "" and Draft.objects.get().news == []


def test_a_page_that_told_it_is_the_last_to_do_so(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    steps = _steps()
    steps[1]["fields"].append(question("q_new", "short_text", "Сколько вам лет"))
    published_form(steps=steps)
    page = applicant.get(step_url("s_family")).content.decode()
    assert "Появился вопрос «Сколько вам лет»." in page
    answer = applicant.post(step_url("s_family"), FAMILY | {"q_new": "40", "version": _version(page)})
    assert answer.headers["Location"] == step_url("s_help")
    assert _told(applicant, "s_help") == ""


def test_what_nobody_would_notice_is_not_told(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    steps = _steps()
    steps[2]["lead"] = "Другое пояснение"
    published_form(steps=steps)
    assert applicant.post(step_url("s_family"), FAMILY).headers["Location"] == step_url("s_help")
    assert _told(applicant, "s_help") == ""


def test_words_of_a_step_that_is_gone_go_to_where_its_questions_stand(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    applicant.post(step_url("s_family"), FAMILY)
    applicant.post(f"{step_url('s_help')}autosave/", {"q_story": "Начало рассказа", "tab": "0" * 16, "basis": ""})
    steps = _steps()
    steps[1]["fields"] += steps.pop()["fields"]
    published_form(steps=steps)
    page = applicant.get(step_url("s_family")).content.decode()
    assert "Начало рассказа</textarea>" in page
    answer = applicant.post(step_url("s_help"), {"q_story": "Весь рассказ", "q_topics": ["c_psy"]})
    assert answer.headers["Location"].startswith(step_url("s_family"))
    page = applicant.get(step_url("s_family")).content.decode()
    assert "Весь рассказ</textarea>" in page and 'value="c_psy" checked' in page
