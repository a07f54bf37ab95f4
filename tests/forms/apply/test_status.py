"""By number and code, for half an hour."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from forms.applications import actions, codes
from forms.applications.models import Application, Team

pytestmark = pytest.mark.django_db


def _open(client: Client, application: Application, code: str = "") -> Any:
    code = code or codes.code_for(application)
    return client.post("/requests/", {"number": application.public_number, "code": code})


def test_number_and_code_open_the_application(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    answer = _open(client, application, codes.shown(codes.code_for(application)))
    assert answer.headers["Location"] == "/requests/status/"
    cookie = client.cookies["request_pass"]
    assert cookie["path"] == "/requests/" and cookie["httponly"] and cookie["samesite"] == "Lax"
    page = client.get("/requests/status/")
    text = page.content.decode()
    assert page.headers["Cache-Control"] == "no-store, private" and "noindex" in page.headers["X-Robots-Tag"]
    assert application.public_number in text and "Ответим до" in text
    for private in ("Иванова", "900 000", "ivanova", "Нужен психолог"):
        assert private not in text


def test_every_stage_and_the_explanation_are_seen(
    client: Client, person: Callable[..., Any], submit: Callable[..., Application]
) -> None:
    application = submit()
    reviewer = person("reviewer", first_name="Ольга", last_name="Мельникова")
    Team.objects.get().members.add(reviewer)
    _open(client, application)
    actions.take(application.pk, reviewer, expected=1)
    assert "занимается" in client.get("/requests/status/").content.decode()
    actions.explain(
        application.pk, reviewer, expected=2, explanation="Места будут весной.\n\n<b>Запишитесь</b> 5 марта."
    )
    text = client.get("/requests/status/").content.decode()
    assert "Места будут весной." in text and "&lt;b&gt;Запишитесь&lt;/b&gt;" in text
    assert "Дан ответ с разъяснением" in text and "Мельникова" not in text


def test_one_answer_for_a_wrong_number_and_a_wrong_code(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    wrong_code = _open(client, application, "00000000")
    wrong_number = client.post("/requests/", {"number": "38-999-999", "code": codes.code_for(application)})
    nonsense = client.post("/requests/", {"number": "семь", "code": "восемь"})
    for answer in (wrong_code, wrong_number, nonsense):
        assert answer.status_code == 422
        assert "Такой пары номера и кода нет" in answer.content.decode()
    assert "request_pass" not in client.cookies


def test_blank_lines_say_what_to_do(client: Client) -> None:
    text = client.post("/requests/", {"number": " "}).content.decode()
    assert "Напишите номер заявки из памятки" in text and "Напишите код из памятки" in text
    assert 'href="#id_number"' in text and "<title>Ошибка: " in text


def test_guessing_is_stopped(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    answers = [_open(client, application, f"1111111{n}") for n in range(6)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Слишком много попыток" in answers[-1].content.decode()
    assert f'value="{application.public_number}"' in answers[-1].content.decode()


def test_the_pass_ends(client: Client, submit: Callable[..., Application]) -> None:
    application = submit()
    _open(client, application)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        answer = client.get("/requests/status/")
        assert answer.headers["Location"] == "/requests/?ended"
    assert "request_pass" not in {name for name, cookie in client.cookies.items() if cookie.value}
    assert "Прошло больше получаса" in client.get("/requests/?ended").content.decode()


def test_leaving_ends_it_at_once(client: Client, submit: Callable[..., Application]) -> None:
    _open(client, submit())
    assert client.get("/requests/leave/").status_code == 405
    assert client.post("/requests/leave/").headers["Location"] == "/requests/"
    assert client.get("/requests/status/").headers["Location"] == "/requests/"


@pytest.mark.parametrize("value", ["", "1", "1:abc:def", "\xff", "eyJhIjoxfQ:x:y"])
def test_a_forged_pass_opens_nothing(client: Client, submit: Callable[..., Application], value: str) -> None:
    submit()
    client.cookies["request_pass"] = value
    assert client.get("/requests/status/").status_code == 302


def test_what_was_written_when_the_pass_ended_comes_back_after_number_and_code(
    client: Client, submit: Callable[..., Application]
) -> None:
    application = submit()
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    _open(client, application)
    written = {"text": '\nДва слова,\n"и ещё" </textarea><b>', "key": "ab" * 16}
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        asked = client.post("/requests/write/", written)
        assert asked.status_code == 307 and asked["Location"] == "/requests/?ended&back=write"
        page = client.post(asked["Location"], written)
        text = page.content.decode()
        assert page.status_code == 422 and "не пропало" in text and "Продолжить" in text
        assert "&lt;/textarea&gt;" in text and page["Cache-Control"] == "no-store, private"
        carried = {**written, "back": "write", "unsent": ""}
        wrong = client.post("/requests/", {**carried, **pair, "code": "00000000"})
        assert wrong.status_code == 422 and "Два слова" in wrong.content.decode()
        right = client.post("/requests/", {**carried, **pair})
        assert right.status_code == 307 and right["Location"] == "/requests/write/"
        again = client.post(right["Location"], {**carried, **pair})
        assert again.status_code == 200 and "Два слова" in again.content.decode()
        assert "Вы снова вошли" in again.content.decode() and not application.messages.exists()
        assert client.post("/requests/write/", written)["Location"] == "/requests/status/?note=wrote"
        # Another address than one where somebody writes is never gone on to.
        for back in ("status", "leave", "consent", "https://example.ru/", ""):
            assert client.post("/requests/", {**pair, "back": back})["Location"] == "/requests/status/"


def test_nothing_is_withdrawn_or_sent_by_number_and_code_alone(
    client: Client, submit: Callable[..., Application]
) -> None:
    application = submit()
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    words = {"text": "Слова", "files": SimpleUploadedFile("a.jpg", b"x")}
    asked = client.post("/requests/?ended&back=papers", words).content.decode()
    assert "Файлы выберите там ещё раз" in asked and 'name="unsent" value="files"' in asked
    for name, words in (("papers", {"text": "Слова"}), ("withdraw", {"reason": "Слова"})):
        onward = client.post("/requests/", {**words, **pair, "back": name, "unsent": "files"})
        page = client.post(onward["Location"], {**words, **pair, "back": name, "unsent": "files"})
        assert page.status_code == 200 and "Слова" in page.content.decode()
    application.refresh_from_db()
    assert application.is_open and not application.messages.exists()
