"""A proof of work, asked after suspicious behaviour alone; who knows a number cannot shut its page for its owner."""

import base64
import json
from collections.abc import Callable
from html import unescape
from re import search
from typing import Any

import pytest
import time_machine
from altcha import v1 as altcha
from django.test import Client, RequestFactory
from django.utils import timezone

from forms.applications import codes, draft_pass, drafts, tries
from forms.applications.models import Application, Draft
from forms.apply import proof

from .filling import YOU, step_url

pytestmark = pytest.mark.django_db


def _solved(challenge: dict[str, Any]) -> str:
    found = altcha.solve_challenge(challenge["challenge"], challenge["salt"], challenge["algorithm"], proof.HARDEST)
    keys = ("algorithm", "challenge", "salt", "signature")
    payload = {key: challenge[key] for key in keys} | {"number": found.number}
    return base64.b64encode(json.dumps(payload).encode()).decode()


def _asked(page: Any) -> dict[str, Any]:
    return json.loads(unescape(search(r'data-proof="([^"]*)"', page.content.decode())[1]))


def _request(payload: str) -> Any:
    return RequestFactory().post("/", {"altcha": payload})


@pytest.fixture(autouse=True)
def _easy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "HARDEST", 300)


def test_a_proof_is_good_once_and_for_ten_minutes() -> None:
    payload = _solved(json.loads(proof.challenge()))
    assert proof.accepted(_request(payload))
    assert not proof.accepted(_request(payload))
    late = _solved(json.loads(proof.challenge()))
    with time_machine.travel(timezone.now() + proof.GOOD_FOR * 2):
        assert not proof.accepted(_request(late))


@pytest.mark.parametrize(
    "payload",
    [
        *("", "x", "я", "=" * 9, "A" * 5000, base64.b64encode(b"[]").decode(), base64.b64encode(b"{}").decode()),
        base64.b64encode(json.dumps({"algorithm": "SHA-256", "challenge": 1, "number": "1"}).encode()).decode(),
        base64.b64encode(
            b'{"algorithm":"SHA-256","challenge":"a","number":1,"salt":"b?expires=x&","signature":"c"}'
        ).decode(),
        base64.b64encode(b"\xff\xfe").decode(),
    ],
)
def test_nonsense_is_no_proof(payload: str) -> None:
    assert not proof.accepted(_request(payload))


def test_a_proof_of_another_key_is_none(settings: Any) -> None:
    payload = _solved(json.loads(proof.challenge()))
    settings.SECRET_KEY = "another"
    assert not proof.accepted(_request(payload))


def _guess(application: Application, address: str) -> None:
    for _number in range(tries.FROM_ONE_PLACE):
        codes.find(application.public_number, "00000000", address)


def test_strangers_cannot_shut_the_page_for_its_owner(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    for stranger in range(tries.FOR_ONE_NUMBER // tries.FROM_ONE_PLACE):
        _guess(application, f"10.0.0.{stranger}")
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    page = client.post("/requests/", pair)
    text = page.content.decode()
    assert page.status_code == 429
    assert pair["code"] in text and "Подождите" in text and "portal/proof.js" in text
    assert client.post("/requests/", pair | {"altcha": "made up"}).status_code == 429
    opened = client.post("/requests/", pair | {"altcha": _solved(_asked(page))})
    assert opened.headers["Location"] == "/requests/status/"


def test_strangers_cannot_shut_a_draft_for_its_owner(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    draft, other, address = Draft.objects.get(), Client(), "/apply/help/resume/"
    for stranger in range(tries.FOR_ONE_NUMBER):
        drafts.find(draft.form_id, draft_pass.number_of(draft), "00000000", f"10.0.0.{stranger}")
    pair = {"number": draft_pass.number_of(draft), "code": draft_pass.code_of(draft)}
    page = other.post(address, pair)
    text = page.content.decode()
    assert page.status_code == 429
    assert pair["code"] in text and "Подождите" in text and "Нажмите «Открыть ответы»" in text
    wrong = other.post(address, pair | {"code": "00000000", "altcha": _solved(_asked(page))})
    assert wrong.status_code == 422, "the next try is asked for a proof at once"
    opened = other.post(address, pair | {"altcha": _solved(_asked(wrong))})
    assert opened.headers["Location"] == "/apply/help/"


def test_without_a_script_waiting_helps(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    for stranger in range(6):
        _guess(application, f"10.0.0.{stranger}")
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    with time_machine.travel(timezone.now() + tries.COOL_OFF * 1.1):
        assert client.post("/requests/", pair).status_code == 302


def test_a_neighbour_behind_the_same_address_is_not_stopped(submit: Callable[..., Application]) -> None:
    guessed, own = submit(), submit()
    _guess(guessed, "10.0.0.1")
    with pytest.raises(tries.TooManyTries):
        codes.find(guessed.public_number, codes.code_for(guessed), "10.0.0.1")
    # The owner, from anywhere else, and a neighbour with another number.
    assert codes.find(guessed.public_number, codes.code_for(guessed), "10.0.0.2") == guessed
    assert codes.find(own.public_number, codes.code_for(own), "10.0.0.1") == own


def test_many_numbers_from_one_address_need_a_proof_and_there_is_an_end(submit: Callable[..., Application]) -> None:
    application = submit()
    for number in range(tries.OF_ONE_ADDRESS):
        codes.find(f"38-900-{number:03d}", "00000000", "10.0.0.1")
    code = codes.code_for(application)
    with pytest.raises(tries.NeedsProof):
        codes.find(application.public_number, code, "10.0.0.1")
    assert codes.find(application.public_number, code, "10.0.0.1", proven=True) == application
    for stranger in range(tries.AT_MOST):
        codes.find(application.public_number, "00000000", f"10.0.1.{stranger}", proven=True)
    with pytest.raises(tries.TooManyTries):
        codes.find(application.public_number, code, "10.0.0.9", proven=True)


def test_many_applications_of_one_address_need_a_proof(filled: Client, settings: Any) -> None:
    settings.PROOF_AFTER_SENT = 1
    proof.note_sent(RequestFactory().post("/"))
    page = filled.post("/apply/help/check/", {"consent": "1"})
    assert page.status_code == 422 and "много заявок" in page.content.decode()
    assert not Application.objects.exists()
    sent = filled.post("/apply/help/check/", {"consent": "1", "altcha": _solved(_asked(page))})
    assert sent.status_code == 302
    assert Application.objects.count() == 1


def test_nobody_else_meets_it(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    for page in (client.get("/requests/"), client.post("/requests/", {"number": application.pk, "code": "1"})):
        assert "data-proof" not in page.content.decode()
