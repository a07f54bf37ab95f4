"""The kept part of a step holds nobody's words; token, pass and answers are fresh each time."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from forms.applications import codes
from forms.applications.models import Application
from forms.apply import skeleton
from forms.apply.views import check, pages, receipt

from .filling import STEPS, step_url

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PASS = re.compile(r'name="draft" value="([^"]*)"')


@pytest.fixture(autouse=True)
def cold() -> Iterator[None]:
    skeleton._kept.clear()
    yield
    skeleton._kept.clear()


def _kept_text() -> str:
    parts = [part for each in skeleton._kept.values() for part in each.parts if not isinstance(part, str)]
    return b"".join(part.plain for part in parts).decode()


def _text(client: Client, **more: Any) -> str:
    return client.get(step_url("s_you"), **more).content.decode()


def test_two_visitors_share_the_skeleton_and_neither_token_nor_pass(filled: Client) -> None:
    stranger = Client()
    stranger.post(step_url("s_you"), STEPS["s_you"])
    mine, again, other = _text(filled), _text(filled), _text(stranger)
    assert len(skeleton._kept) == 1
    assert TOKEN.findall(mine) != TOKEN.findall(again)
    assert PASS.findall(mine) == PASS.findall(again) != PASS.findall(other)
    kept = _kept_text()
    assert kept
    for text in (mine, again, other):
        for secret in [*TOKEN.findall(text), *filter(None, PASS.findall(text))]:
            assert secret not in kept


def test_answers_are_drawn_and_not_kept(filled: Client) -> None:
    typed = ["Иванова", "Мария", "Петровна", "ivanova@example.ru", "после 17:00", "Нужен психолог."]
    pages = "".join(filled.get(step_url(key)).content.decode() for key in STEPS)
    assert all(words in pages for words in typed)
    kept = _kept_text()
    assert kept
    assert not [words for words in typed if words in kept]


def _sent(visitor: Client, **changed: str) -> str:
    """The check page and the receipt of somebody who goes the whole way."""
    for key, data in STEPS.items():
        visitor.post(step_url(key), data | {name: value for name, value in changed.items() if name in data})
    check = visitor.get("/apply/help/check/").content.decode()
    visitor.post("/apply/help/check/", {"consent": "1"})
    return check + visitor.get("/apply/help/receipt/").content.decode()


def test_check_page_and_receipt_are_kept_without_a_word_of_anybody(applicant: Client) -> None:
    other = {"q_name_last": "Петрова", "q_email": "petrova@example.ru", "q_story": "Нужна <b>юрист</b>."}
    first, second = _sent(applicant), _sent(Client(), **other)
    mine, theirs = Application.objects.order_by("pk")
    assert len(skeleton._kept) == 2
    kept = _kept_text()
    for page, application in ((first, mine), (second, theirs)):
        code, number = codes.shown(codes.code_for(application)), application.public_number
        for words in (application.name, application.email, code, number):
            assert words in page and words not in kept
    assert "Нужна &lt;b&gt;юрист&lt;/b&gt;." in second and "Нужен психолог.<br>И юрист." in first
    assert mine.public_number not in second and "ivanova" not in second
    assert set(TOKEN.findall(first)).isdisjoint(TOKEN.findall(second))
    assert not [token for token in TOKEN.findall(first + second) if token in kept]


def test_a_receipt_without_an_address_promises_no_letter(applicant: Client) -> None:
    assert "отправим письмом" in _sent(applicant)
    assert "отправим письмом" not in _sent(Client(), q_email="")
    # Blank is a page of its own.
    assert len(skeleton._kept) == 3


def test_pages_from_a_skeleton_read_as_those_drawn_whole(applicant: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _sent(Client())
    filled = _sent(applicant)
    again = Client()
    monkeypatch.setattr(pages, "filled_page", _whole)
    monkeypatch.setattr(check, "filled_page", _whole)
    monkeypatch.setattr(receipt, "filled_page", _whole)
    whole = _sent(again)
    assert _bare(whole) == _bare(filled)


def _whole(request: Any, template: str, context: Any, *, fresh: Any, **_more: Any) -> Any:
    return pages.page(request, template, context | fresh)


def _bare(text: str) -> str:
    """A page without what differs from one application to the next."""
    for fresh in (TOKEN, PASS, r"00-\d{3}-\d{3}", r"\d{4} \d{4}</dd>", r"в \d+:\d\d "):
        text = re.sub(fresh, "", text)
    return text


def test_packed_and_plain_say_the_same(applicant: Client) -> None:
    plain = _text(applicant)
    packed = applicant.get(step_url("s_you"), headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content)
    assert TOKEN.sub("", gzip.decompress(packed.content).decode()) == TOKEN.sub("", plain)


def test_a_wrong_answer_and_an_odd_address_are_drawn_whole(applicant: Client) -> None:
    applicant.post(step_url("s_you"), {"q_phone": "1"})
    applicant.get(step_url("s_you"), {"note": "skipped"})
    applicant.get(step_url("s_you"), {"x": "<script>"})
    assert not skeleton._kept


def test_the_look_and_the_frame_have_skeletons_of_their_own(applicant: Client) -> None:
    _text(applicant)
    applicant.cookies["look"] = "black-on-white.2.sans.normal.on.open"
    assert 'data-scheme="black-on-white"' in _text(applicant)
    assert len(skeleton._kept) == 2


def test_memory_is_bounded(applicant: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skeleton, "KEPT", 1)
    _text(applicant)
    _text(applicant, query_params={"from": "check"})
    assert len(skeleton._kept) == 1
