"""What is being typed is kept as it is typed: begun on the first word, checked by nobody, never over newer words."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms.applications import actions
from forms.applications.models import Draft

from .filling import STEPS, YOU, step_url

pytestmark = pytest.mark.django_db
TAB = "0123456789abcdef"


def save(client: Client, data: dict[str, Any], key: str = "s_you", **more: Any) -> Any:
    """What the script of a step sends."""
    return client.post(f"{step_url(key)}autosave/", {"tab": TAB, "basis": ""} | data | more)


def basis(client: Client, key: str = "s_you") -> str:
    """What a page that is drawn now knows."""
    found = re.search(r'"basis": "([0-9a-f]*)"', client.get(step_url(key)).content.decode())
    assert found
    return found[1]


def test_the_first_word_begins_a_draft(applicant: Client) -> None:
    assert save(applicant, {"q_name_last": ""}).json() == {"basis": "", "saved": ""}
    assert not Draft.objects.exists()
    answer = save(applicant, {"q_name_last": "Ива", "q_phone": "8 9", "q_place": "", "asked": "q_name,q_phone,q_place"})
    assert answer.status_code == 200 and re.fullmatch(r"Ответы сохранены в \d{1,2}:\d\d", answer.json()["saved"])
    assert applicant.cookies["draft_help"]["httponly"]
    draft = Draft.objects.get()
    assert draft.answers == {} and draft.typed["s_you"]["q_name_last"] == ["Ива"]
    page = applicant.get("/apply/help/", follow=True).content.decode()
    assert 'value="Ива"' in page and 'value="8 9"' in page and "Ошибка" not in page
    assert basis(applicant) == answer.json()["basis"]


def test_it_needs_the_token_like_every_other_form(help_form: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert save(client, {"q_name_last": "Ива"}).status_code == 403
    assert not Draft.objects.exists()


def test_newer_words_of_another_tab_stay(applicant: Client) -> None:
    known = save(applicant, {"q_name_last": "Первая"}).json()["basis"]
    assert save(applicant, {"q_name_last": "Первая Анна"}, basis="old").status_code == 200, "our own answer got lost"
    assert save(applicant, {"q_name_last": "Вторая"}, tab="f" * 16, basis="").status_code == 409
    assert save(applicant, {"q_name_last": "Вторая"}, tab="f" * 16, basis=known).status_code == 409
    assert Draft.objects.get().typed["s_you"]["q_name_last"] == ["Первая Анна"]
    assert save(applicant, {"q_name_last": "Вторая"}, tab="f" * 16, basis=basis(applicant)).status_code == 200


def test_another_step_is_nobody_elses_business(filled: Client) -> None:
    assert save(filled, {"q_wishes": "днём"}, "s_family", basis=basis(filled, "s_family")).status_code == 200
    assert save(filled, {"q_story": "Иначе"}, "s_help", basis=basis(filled, "s_help"), tab="a" * 16).status_code == 200
    draft = Draft.objects.get()
    assert set(draft.typed) == {"s_family", "s_help"} and draft.answers["q_story"] == "Нужен психолог.\nИ юрист."


def test_what_is_as_it_was_answered_is_not_kept_beside_the_answer(filled: Client) -> None:
    save(filled, {"q_wishes": "дн"}, "s_family", basis=basis(filled, "s_family"))
    assert filled.get("/apply/help/check/").headers["Location"].startswith(step_url("s_family"))
    assert save(filled, {"q_wishes": "после 17:00", "same": "1"}, "s_family").status_code == 200
    assert Draft.objects.get().typed == {}
    assert filled.get("/apply/help/check/").status_code == 200


def test_erased_words_stay_erased(filled: Client) -> None:
    save(
        filled,
        {"q_wishes": "", "q_relation": "", "asked": "q_relation,q_wishes"},
        "s_family",
        basis=basis(filled, "s_family"),
    )
    page = filled.get(step_url("s_family")).content.decode()
    assert "после 17:00" not in page and "checked" not in page.partition("<footer")[0]


def test_a_sent_application_takes_no_more_words(filled: Client) -> None:
    actions.submit(Draft.objects.get(), consent_version=1)
    answer = save(filled, {"q_name_last": "Поздно"})
    assert answer.status_code == 409 and "уже отправлена" in answer.json()["stop"]
    assert Draft.objects.get().typed == {}


def test_continuing_over_another_tab_asks_once(filled: Client) -> None:
    old, story = basis(filled, "s_help"), {"q_topics": ["c_psy"], "q_story": "Первая вкладка"}
    filled.post(step_url("s_help"), story | {"basis": old, "tab": TAB})
    assert filled.post(step_url("s_help"), story | {"basis": old, "tab": TAB}).status_code == 302, "a double click"
    mine = story | {"q_story": "Вторая вкладка", "tab": "f" * 16}
    answer = filled.post(step_url("s_help"), mine | {"basis": old})
    page = answer.content.decode()
    assert answer.status_code == 422 and "В другой вкладке" in page and "Вторая вкладка" in page
    assert Draft.objects.get().answers["q_story"] == "Первая вкладка"
    confirmed = re.search(r'"confirmed": "([0-9a-f]+)"', page)[1]
    assert filled.post(step_url("s_help"), mine | {"basis": confirmed}).status_code == 302
    assert Draft.objects.get().answers["q_story"] == "Вторая вкладка"


def test_hostile_words(applicant: Client) -> None:
    assert save(applicant, {"q_name_last": "\x00\ud800x".encode("utf-8", "surrogatepass")}).status_code == 200
    assert save(applicant, {"q_name_last": "я" * 200_000}, tab="<script>", basis="x" * 500).status_code == 409
    assert save(applicant, YOU, "s_none").status_code == 409
    assert applicant.get(f"{step_url('s_you')}autosave/").status_code == 405


def test_what_it_costs(filled: Client) -> None:
    known = basis(filled, "s_help")
    with CaptureQueriesContext(connection) as captured:
        assert save(filled, STEPS["s_help"] | {"q_story": "Ещё " * 500}, "s_help", basis=known).status_code == 200
    assert len([row for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 3
