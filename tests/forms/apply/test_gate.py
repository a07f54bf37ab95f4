"""Stops, answers that disagree, and a form that is closed."""

from copy import deepcopy

import pytest
from django.test import Client

from forms.applications.models import Application, Draft, Team
from forms.definitions.models import Form
from tests.factories.definitions import published_form
from tests.factories.family import family_json

pytestmark = pytest.mark.django_db
FORM = "/apply/family/"
WHO, FAMILY, CONTACT, CHECK = (f"{FORM}{step}/" for step in ("s_who", "s_family", "s_contact", "check"))
FINE = {"q_who": "c_wife", "q_name": "Мария"}


@pytest.fixture(autouse=True)
def _form(db: None) -> None:
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="family", **family_json())


def guests(number: int) -> dict[str, str]:
    """The last step with so many guests."""
    ids = [f"r{place}" for place in range(number)]
    names = {f"q_coming.{row_id}.q_guest": "Иван" for row_id in ids}
    return {"q_phone": "8 900 000-00-00", "q_guests": str(number), "q_coming": ",".join(ids)} | names


def finish(client: Client) -> None:
    """Answer every step."""
    for address, data, following in (
        (WHO, FINE, FAMILY),
        (FAMILY, {"q_kids": ""}, CONTACT),
        (CONTACT, guests(2), CHECK),
    ):
        answer = client.post(address, data)
        assert answer.headers["Location"] == following, answer.content.decode()


def test_a_hard_stop_has_a_message_a_link_and_no_way_on() -> None:
    client = Client()
    answer = client.post(WHO, FINE | {"q_who": "c_other"})
    assert answer.headers["Location"] == WHO + "stop/"
    answer = client.get(WHO + "stop/")
    page = answer.content.decode()
    assert "Форма для родных" in page and 'href="/measures/"' in page and ">Меры<" in page
    assert f'href="{WHO}">Изменить ответы' in page and "продолжить" not in page
    assert answer.headers["Cache-Control"] == "no-store, private"
    for method in (client.get, client.post):
        assert method(FAMILY).headers["Location"] == WHO + "stop/"
    assert client.post(WHO, FINE).headers["Location"] == FAMILY
    assert client.get(WHO + "stop/").headers["Location"] == FAMILY


def test_a_hard_stop_that_came_later_keeps_from_sending() -> None:
    client = Client()
    finish(client)
    assert client.post(WHO + "?from=check", FINE | {"q_who": "c_other"}).headers["Location"].startswith(WHO + "stop/")
    answer = client.post(CHECK, {"consent": "1"})
    assert answer.headers["Location"] == CONTACT + "stop/"
    assert "Форма для родных" in client.get(CONTACT + "stop/").content.decode()
    assert not Application.objects.exists()


def test_a_soft_stop_is_told_once_and_leads_on() -> None:
    client = Client()
    answer = client.post(WHO, FINE | {"q_income": "100000"})
    assert answer.headers["Location"] == WHO + "stop/"
    page = client.get(WHO + "stop/").content.decode()
    assert "Выплаты может не быть" in page and f'href="{FAMILY}">Всё равно продолжить' in page
    assert client.get(FAMILY).status_code == 200
    page = client.get(WHO + "stop/?from=check").content.decode()
    assert f'href="{CHECK}">Всё равно продолжить' in page


def test_a_link_that_runs_is_not_drawn() -> None:
    document = deepcopy(family_json())
    document["rules"][0] |= {"link": "javascript:alert(1)", "message": "<script>alert(1)</script>"}
    published_form(slug="family", **document)
    client = Client()
    client.post(WHO, FINE | {"q_who": "c_other"})
    page = client.get(WHO + "stop/").content.decode()
    assert "javascript:" not in page and "<script>alert" not in page


def test_no_stop_no_page() -> None:
    client = Client()
    assert client.get(WHO + "stop/", follow=True).redirect_chain[-1][0] == WHO + "?note=skipped"
    assert client.get(FORM + "s_none/stop/").status_code == 404


def test_answers_that_disagree_are_an_error_of_the_step() -> None:
    client = Client()
    client.post(WHO, FINE)
    client.post(FAMILY, {"q_kids": ""})
    answer = client.post(CONTACT, guests(6))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_q_guests">Сколько придёт: не больше пяти</a>' in page
    assert page.count('value="Иван"') == 6
    assert "q_guests" not in Draft.objects.get().answers
    assert client.post(CONTACT, guests(5)).headers["Location"] == CHECK


def test_answers_that_disagree_since_an_earlier_step_was_changed() -> None:
    document = deepcopy(family_json())
    when = {"op": "all", "of": [{"q": "q_who", "op": "eq", "v": "c_mother"}, {"q": "q_guests", "op": "gt", "v": 1}]}
    document["rules"] = [
        {"key": "r_one", "kind": "check", "if": when, "message": "Приходите одна", "fields": ["q_guests"]}
    ]
    published_form(slug="family", **document)
    client = Client()
    finish(client)
    assert client.post(WHO + "?from=check", FINE | {"q_who": "c_mother"}).headers["Location"] == CHECK
    assert client.post(CHECK, {"consent": "1"}).headers["Location"] == CONTACT
    page = client.get(CONTACT).content.decode()
    assert 'href="#id_q_guests">Сколько придёт: приходите одна</a>' in page and 'value="2"' in page
    assert not Application.objects.exists()


def test_nobody_starts_or_goes_on_with_a_closed_form() -> None:
    begun = Client()
    begun.post(WHO, FINE)
    Form.objects.update(is_open=False, closed_message="Откроем <1> декабря.")
    for client in (begun, Client()):
        for address in (FORM, WHO, FAMILY, CHECK, WHO + "stop/"):
            answer = client.get(address)
            page = answer.content.decode()
            assert answer.status_code == 200 and "Откроем &lt;1&gt; декабря." in page
            assert "<form" not in page.split("<main")[1].split("</main>")[0]
        for address in (WHO, FAMILY, CHECK):
            assert client.post(address, FINE | {"consent": "1"}).status_code == 422
    assert client.post(WHO + "upload/", {"place": "q"}).status_code == 422
    assert Draft.objects.earliest("pk").answers == FINE and not Application.objects.exists()
    Form.objects.update(is_open=True)
    assert begun.get(FORM).status_code == 302


def test_the_receipt_says_what_the_answers_decide() -> None:
    client = Client()
    client.post(WHO, FINE)
    kid = {
        "q_kid": "Миша",
        "q_born_day": "7",
        "q_born_month": "3",
        "q_born_year": "2018",
        "q_school": "1",
        "q_study": "no",
    }
    client.post(FAMILY, {"q_kids": "r1"} | {f"q_kids.r1.{key}": text for key, text in kid.items()})
    client.post(CONTACT, guests(2))
    assert client.post(CHECK, {"consent": "1"}).headers["Location"] == FORM + "receipt/"
    page = client.get(FORM + "receipt/").content.decode()
    assert "Позвоним о детях." in page and "Позвоним.<" not in page
