"""«Продолжить позже» on another device: by number and code or by a letter, until it is sent; throttled."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from forms.applications import draft_letter, draft_pass, tries
from forms.applications.models import Application, Draft
from forms.notifications.models import Outbox

from .filling import STEPS, YOU, step_url

pytestmark = pytest.mark.django_db
LATER, RESUME = "/apply/help/later/", "/apply/help/resume/"


def _pair(draft: Draft) -> dict[str, str]:
    return {"number": draft_pass.number_of(draft), "code": draft_pass.code_of(draft)}


@pytest.fixture
def begun(applicant: Client) -> Draft:
    """A first step answered, a second one in the middle."""
    applicant.post(step_url("s_you"), YOU)
    applicant.post(step_url("s_family"), {"q_wishes": "после", "later": "1"})
    return Draft.objects.get()


def test_another_device_goes_on_where_the_first_stopped(applicant: Client, begun: Draft) -> None:
    page = applicant.get(LATER).content.decode()
    pair = {"number": re.search(r"0-\d{3}-\d{3}", page)[0], "code": re.search(r"\d{4} \d{4}", page)[0]}
    other = Client()
    assert "Продолжить начатое" in other.get(RESUME).content.decode()
    answer = other.post(RESUME, pair)
    assert answer.headers["Location"] == "/apply/help/"
    cookie = other.cookies["draft_help"]
    assert cookie["httponly"] and cookie["path"] == "/apply/"
    page = other.get("/apply/help/", follow=True).content.decode()
    assert 'value="после"' in page
    other.post(step_url("s_family"), STEPS["s_family"])
    assert applicant.get("/apply/help/").headers["Location"] == step_url("s_help"), "the first one goes on too"


def test_a_spelling_of_ones_own(begun: Draft) -> None:
    code = draft_pass.code_of(begun)
    sent = {"number": f"№ {begun.pk}", "code": f" {code[:2]}-{code[2:]} "}
    assert Client().post(RESUME, sent).status_code == 302


def test_both_die_when_it_is_sent(applicant: Client, begun: Draft) -> None:
    pair, other = _pair(begun), Client()
    other.post(RESUME, pair)
    for key in ("s_family", "s_help"):
        applicant.post(step_url(key), STEPS[key])
    assert applicant.post("/apply/help/check/", {"consent": "1"}).headers["Location"] == "/apply/help/receipt/"
    assert Client().post(RESUME, pair).status_code == 422
    Draft.objects.update(updated_at=timezone.now() - draft_pass.GRACE - timedelta(seconds=1))
    page = other.get("/apply/help/receipt/").content.decode()
    assert Application.objects.get().public_number not in page, "another device sees nothing of what became of it"
    assert Application.objects.get().public_number in applicant.get("/apply/help/receipt/").content.decode()


def test_the_device_that_sends_gets_the_receipt(begun: Draft) -> None:
    other = Client()
    other.post(RESUME, _pair(begun))
    for key in ("s_family", "s_help"):
        other.post(step_url(key), STEPS[key])
    for _click in range(2):
        assert other.post("/apply/help/check/", {"consent": "1"}).headers["Location"] == "/apply/help/receipt/"
    Draft.objects.update(updated_at=timezone.now() - draft_pass.GRACE - timedelta(seconds=1))
    assert Application.objects.get().public_number in other.get("/apply/help/receipt/").content.decode()


def test_both_die_of_age(begun: Draft) -> None:
    Draft.objects.update(updated_at=timezone.now() - timedelta(days=settings.DRAFT_DAYS, minutes=1))
    assert Client().post(RESUME, _pair(begun)).status_code == 422


def test_guessing_is_stopped(begun: Draft) -> None:
    client, wrong = Client(), _pair(begun) | {"code": "00000000"}
    for _try in range(tries.FROM_ONE_PLACE):
        assert client.post(RESUME, wrong).status_code == 422
    answer = client.post(RESUME, _pair(begun))
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert "Слишком много попыток" in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    assert elsewhere.post(RESUME, _pair(begun)).status_code == 302


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 40, "\x00", "-1", "0-000-000"])
def test_no_number_at_all(begun: Draft, number: str) -> None:
    assert Client().post(RESUME, {"number": number, "code": "12345678"}).status_code == 422


def test_a_forged_pass_opens_nothing(begun: Draft) -> None:
    client = Client()
    for kind in "rs":
        client.cookies["draft_help"] = f"{kind}{begun.pk}-{'a' * 43}"
        assert "note=lost" in client.get("/apply/help/").headers["Location"]


def test_a_changed_key_with_the_old_one_kept(begun: Draft, settings: Any) -> None:
    pair, token = _pair(begun), draft_pass.make(begun)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key altogether"
    assert Client().post(RESUME, pair).status_code == 302
    client = Client()
    client.cookies["draft_help"] = token
    assert client.get("/apply/help/").headers["Location"] == step_url("s_family")


def test_the_letter_brings_a_link_and_no_answers(applicant: Client, begun: Draft) -> None:
    for _click in range(2):
        assert applicant.post(LATER, {"email": "Anna@example.ru"}).headers["Location"] == LATER + "?sent"
    letter = Outbox.objects.get()
    assert letter.recipient == "Anna@example.ru"
    for word in ("Иванова", "Мария", "900 000", "ivanova", "после", "irkutsk"):
        assert word not in letter.body + letter.subject
    link = re.search(r"https?://\S+", letter.body)[0]
    address, _hash, secret = link.partition("#")
    assert address.endswith("/apply/help/resume/?letter") and secret.endswith(draft_pass.code_of(begun))
    assert draft_pass.code_of(begun) not in address and "anna" not in (letter.key + letter.about).lower()
    assert applicant.get(RESUME).status_code == 302
    page = applicant.get(RESUME + "?letter").content.decode()
    assert "уже начата заявка" in page, "a letter may be about another one"
    assert "Анна" not in str(Draft.objects.values_list("typed", "answers"))


def test_nobody_floods_a_mailbox(applicant: Client, begun: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_letter, "LETTERS_OF_A_DRAFT", 2)
    for name in ("a", "b"):
        assert applicant.post(LATER, {"email": f"{name}@example.ru"}).status_code == 302
    answer = applicant.post(LATER, {"email": "c@example.ru"})
    assert answer.status_code == 422 and "много писем" in answer.content.decode()
    monkeypatch.setattr(draft_letter, "LETTERS_A_DAY", 1)
    other = Client()
    other.post(step_url("s_you"), YOU)
    assert other.post(LATER, {"email": "A@example.ru"}).status_code == 422
    assert other.post(LATER, {"email": "не адрес"}).status_code == 422
    assert Outbox.objects.count() == 2


def test_a_borrowed_device_forgets_and_the_draft_stays(applicant: Client, begun: Draft) -> None:
    answer = applicant.post("/apply/help/forget/", {"device": "1"})
    assert answer.headers["Location"] == RESUME and answer.cookies["draft_help"]["max-age"] == 0
    assert applicant.post(RESUME, _pair(begun)).status_code == 302


def test_another_draft_here_is_not_forgotten_in_silence(applicant: Client, begun: Draft) -> None:
    other = Client()
    other.post(step_url("s_you"), YOU)
    mine = Draft.objects.latest("pk")
    page = other.get(RESUME + "?other").content.decode()
    assert draft_pass.number_of(mine) in page
    other.post(RESUME, _pair(begun))
    assert 'value="после"' in other.get("/apply/help/", follow=True).content.decode()
    assert other.post(RESUME, _pair(mine)).status_code == 302


def test_no_form_no_page(client: Client, submit: Callable[[], Application]) -> None:
    assert client.get("/apply/nothing/resume/").status_code == 404
    application = submit()
    pair = {"number": application.public_number, "code": "12345678"}
    assert client.post(RESUME, pair).status_code == 422
