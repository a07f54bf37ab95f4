"""The repeating group in the journey: cards of rows, without JavaScript."""

from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from forms.applications.models import Application, Draft, Team
from tests.factories.definitions import published_form
from tests.factories.family import child, family_json

from .filling import outside_of_templates

pytestmark = pytest.mark.django_db
WHO, FAMILY, CONTACT = "/apply/family/s_who/", "/apply/family/s_family/", "/apply/family/s_contact/"
CHECK = "/apply/family/check/"


@pytest.fixture
def client() -> Client:
    """A browser that stands at the step with the children."""
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="family", **family_json())
    client = Client()
    assert client.post(WHO, {"q_who": "c_wife", "q_name": "Мария"}).headers["Location"] == FAMILY
    return client


def row(row_id: str, name: str = "", born: tuple[str, str, str] = ("", "", ""), **more: str) -> dict[str, Any]:
    """What a page sends of one child."""
    day, month, year = born
    inputs = {"q_kid": name, "q_born_day": day, "q_born_month": month, "q_born_year": year} | more
    return {f"q_kids.{row_id}.{key}": text for key, text in inputs.items()}


def sent(*ids: str, **more: str) -> dict[str, Any]:
    """What a page with these children says of itself."""
    inner = [f"q_kids.{row_id}.{key}" for row_id in ids for key in ("q_kid", "q_born", "q_study")]
    return {"asked": ",".join(["q_kids", "q_papers", *inner]), "q_kids": ",".join(ids)} | more


GROWN = ("7", "3", "1990")
SMALL = ("7", "3", "2018")


def test_a_row_is_added_and_nothing_typed_is_checked_or_lost(client: Client) -> None:
    page = client.get(FAMILY).content.decode()
    assert "Добавить ребёнка" in page and "rowcard" not in outside_of_templates(page)
    answer = client.post(FAMILY, sent() | {"row_add": "q_kids"})
    assert answer.headers["Location"] == FAMILY + "#id_q_kids.r1"
    page = client.get(FAMILY).content.decode()
    assert '<fieldset class="rowcard" id="id_q_kids.r1" tabindex="-1"><legend>Ребёнок 1</legend>' in page
    assert 'name="q_kids.r1.q_kid"' in page and 'name="q_kids.r1.q_born_year"' in page
    assert "Когда родился ребёнок" in page and "q_kids.r1.q_school" not in outside_of_templates(page)
    answer = client.post(FAMILY, sent("r1") | row("r1", "Миша", ("77", "", "")) | {"row_add": "q_kids"})
    assert answer.headers["Location"] == FAMILY + "#id_q_kids.r2"
    page = client.get(FAMILY).content.decode()
    assert 'value="Миша"' in page and 'value="77"' in page and "Ребёнок 2" in page and "Ошибка" not in page
    assert "Когда родился Миша" in page
    assert "q_kids" not in Draft.objects.get().answers


def test_a_row_is_copied_and_removed(client: Client) -> None:
    data = sent("r1", "r2") | row("r1", "Миша", SMALL) | row("r2", "Оля")
    answer = client.post(FAMILY, data | {"row_copy": "q_kids.r1"})
    assert answer.headers["Location"] == FAMILY + "#id_q_kids.r3"
    page = client.get(FAMILY).content.decode()
    assert 'name="q_kids" value="r1,r3,r2"' in page and page.count('value="Миша"') == 2
    answer = client.post(FAMILY + "?from=check", data | {"row_remove": "q_kids.r1"})
    assert answer.headers["Location"] == FAMILY + "?from=check#id_q_kids.r2"
    page = client.get(FAMILY).content.decode()
    assert 'value="Миша"' not in page and 'value="Оля"' in page and "<legend>Ребёнок 1</legend>" in page
    answer = client.post(FAMILY, sent("r2") | row("r2", "Оля") | {"row_remove": "q_kids.r2"})
    assert answer.headers["Location"] == FAMILY + "#id_q_kids"
    assert "rowcard" not in outside_of_templates(client.get(FAMILY).content.decode())


def test_no_more_rows_than_the_form_takes(client: Client) -> None:
    four = ("r1", "r2", "r3", "r4")
    client.post(FAMILY, sent(*four) | row("r1", "Миша") | {"row_add": "q_kids"})
    page = client.get(FAMILY).content.decode()
    assert (
        outside_of_templates(page).count("rowcard") == 4
        and 'name="row_add"' not in page
        and 'name="row_copy"' not in page
    )
    five = (*four, "r5")
    data = {key: text for row_id in five for key, text in row(row_id, "Имя", GROWN).items()}
    answer = client.post(FAMILY, sent(*five) | data)
    assert answer.status_code == 422 and "не больше 4 записей" in answer.content.decode()
    assert 'href="#id_q_kids"' in answer.content.decode()


def test_errors_name_the_row_and_keep_what_was_typed(client: Client) -> None:
    data = sent("r1", "r2") | row("r1", "Миша", GROWN) | row("r2", "", ("14", "9", ""))
    answer = client.post(FAMILY, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_q_kids.r2.q_kid">Ребёнок 2. Имя: ' in page
    assert 'href="#id_q_kids.r2.q_born_year">Ребёнок 2. ' in page and "Ребёнок 1." not in page
    assert 'value="Миша"' in page and 'value="14"' in page
    assert page.count('aria-invalid="true"') == 2
    assert 'value="14"' in client.get(FAMILY).content.decode()


def test_a_sentence_of_the_editor_stands_alone() -> None:
    document = deepcopy(family_json())
    document["steps"][1]["fields"][0]["fields"][0]["options"] = {"ask": "Напишите имя"}
    published_form(slug="family", **document)
    client = Client()
    client.post(WHO, {"q_who": "c_wife", "q_name": "Мария"})
    page = client.post(FAMILY, sent("r1") | row("r1", "", GROWN)).content.decode()
    assert ">Ребёнок 1: напишите имя</a>" in page


def test_a_question_inside_of_a_row_appears_after_its_answer(client: Client) -> None:
    page = client.post(FAMILY, sent("r1") | row("r1", "Миша", SMALL)).content.decode()
    # Needed at that age, and the new question is there at once.
    assert "Ребёнок 1. Студент: " in page and 'name="q_kids.r1.q_school"' in page
    answer = client.post(FAMILY, sent("r1") | row("r1", "Миша", SMALL, q_study="no"))
    assert answer.headers["Location"] == FAMILY + "?note=more"
    page = client.get(FAMILY + "?note=more").content.decode()
    assert 'name="q_kids.r1.q_school"' in page and "Ошибка" not in page and "<b>Возраст:</b> " in page
    asked = sent("r1")
    asked["asked"] += ",q_kids.r1.q_school"
    more = {"q_school": "Школа 1", "q_study": "no"}
    answer = client.post(FAMILY, asked | row("r1", "Миша", SMALL, **more))
    assert answer.headers["Location"] == CONTACT, answer.content.decode()


def _finish(client: Client) -> None:
    data = sent("r1", "r2") | row("r1", "Миша", GROWN) | row("r2", "Оля", GROWN)
    assert client.post(FAMILY, data).headers["Location"] == CONTACT
    assert client.post(CONTACT, {"q_phone": "8 900 000-00-00"}).headers["Location"] == CHECK


def test_rows_are_read_at_the_end_and_sent(client: Client) -> None:
    _finish(client)
    page = client.get(CHECK).content.decode()
    assert "<dt>Ребёнок 2</dt><dd>Имя: Оля<br>Когда родился Оля: 7 марта 1990 года<br>Возраст: " in page
    assert f'href="{FAMILY}?from=check#id_q_kids.r2"' in page
    assert "Семья: Мария" in page and "Мария, ваш телефон" in page and "{" not in page.split("<main")[1]
    answer = client.post(CHECK, {"consent": "1"})
    assert answer.headers["Location"] == "/apply/family/receipt/", answer.content.decode()
    kept = Application.objects.get().sheet.answers["q_kids"]
    assert [{key: each[key] for key in ("id", "q_kid", "q_born")} for each in kept] == [
        child("r1", "Миша", "1990-03-07"),
        child("r2", "Оля", "1990-03-07"),
    ]


def test_blank_rows_are_dropped_and_stored_ones_are_shown(client: Client) -> None:
    assert client.post(FAMILY, sent("r1") | row("r1")).headers["Location"] == CONTACT
    _finish(client)
    page = client.get(FAMILY).content.decode()
    assert 'name="q_kids" value="r1,r2"' in page and 'value="Оля"' in page


def test_one_row_for_each_tick(client: Client) -> None:
    answer = client.post(FAMILY, sent() | {"q_papers": ["c_pass", "c_birth"]})
    assert answer.headers["Location"] == FAMILY + "?note=more"
    page = client.get(FAMILY).content.decode()
    assert "<legend>Паспорт</legend>" in page and 'name="q_sheets.c_birth.q_number"' in page
    assert 'name="row_remove" value="q_sheets' not in page
    data = {"q_papers": ["c_pass"], "q_sheets": "c_pass", "q_sheets.c_pass.q_number": "25 01"}
    assert client.post(FAMILY, data).headers["Location"] == CONTACT
    assert Draft.objects.get().answers["q_sheets"] == [{"id": "c_pass", "q_number": "25 01"}]


def test_as_many_rows_as_an_answer_says(client: Client) -> None:
    client.post(FAMILY, sent())
    data = {"asked": "q_phone,q_guests", "q_phone": "8 900 000-00-00", "q_guests": "2"}
    assert client.post(CONTACT, data).headers["Location"] == CONTACT + "?note=more"
    page = client.get(CONTACT).content.decode()
    assert "<legend>Гость 2</legend>" in page and 'name="row_add"' not in page
    rows = {"q_coming": "r1,r2", "q_coming.r1.q_guest": "Иван", "q_coming.r2.q_guest": "Пётр"}
    assert client.post(CONTACT, {"q_phone": "8 900 000-00-00", "q_guests": "2"} | rows).headers["Location"] == CHECK


HOSTILE = [
    {"q_kids": '"><script>,../..,r1,r1,,\x00,' + "x" * 100, "q_kids.r1.q_kid": "Миша"},
    {"q_kids": ",".join(f"r{number}" for number in range(1000))}
    | {f"q_kids.r{number}.q_kid": "Имя" for number in range(1000)},
    {f"q_kids.r{number}.q_kid": "Имя" for number in range(1000)},
    {"q_kids.": "x", "q_kids..": "x", "q_kids.r1": "x", "q_kids.r1.q_none": "x", "q_kids.r1.q_kid.x": "x"},
    {"q_kids.r1.q_kid": "Миша", "asked": "q_kids,q_kids.r1.q_kid,q_staff,q_young"},
    {"asked": "q_kids"},
    {},
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize(
    "button", [{}, {"row_add": "q_kids"}, {"row_copy": 'q_kids."><b>'}, {"row_remove": "q_none.r1"}, {"later": "1"}]
)
def test_whatever_rows_are_sent(client: Client, number: int, button: dict[str, str]) -> None:
    body = urlencode(HOSTILE[number] | button)
    for _time in range(2):
        answer = client.post(FAMILY, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (302, 422)
        assert "<script>" not in answer.content.decode() and "\n" not in answer.headers.get("Location", "")
    page = client.get(FAMILY).content.decode()
    assert outside_of_templates(page).count('class="rowcard"') <= 4 and "<script>," not in page


def test_a_page_that_says_nothing_of_the_rows_leaves_them(client: Client) -> None:
    _finish(client)
    client.post(FAMILY, {"asked": "q_papers"})
    assert len(Draft.objects.get().answers["q_kids"]) == 2


def test_questions_of_the_staff_are_never_drawn(client: Client) -> None:
    page = client.post(WHO, {"asked": "q_who,q_name,q_staff", "q_staff": "x"}).content.decode()
    assert "Проверено" not in page and "q_staff" not in page


def test_headings_and_their_words(client: Client) -> None:
    page = client.get(WHO).content.decode()
    assert "<h2>О вас</h2>" in page and 'name="h_who"' not in page
    assert "<h1>Семья: Мария</h1>" in client.get(FAMILY).content.decode()
