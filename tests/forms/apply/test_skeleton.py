"""The kept part of a step holds nobody's words; token, pass and answers are fresh each time."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from forms.apply import skeleton

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
