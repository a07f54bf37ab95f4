"""Signing in is throttled by user name and address together."""

from typing import Any

import pytest
from django.test import Client

from accounts.addresses import client_ip

pytestmark = pytest.mark.django_db


def _try(client: Client, password: str, **extra: Any):
    return client.post("/admin/login/", {"username": "reviewer", "password": password, "next": "/admin/"}, **extra)


def test_the_door_speaks_russian() -> None:
    page = Client().get("/admin/login/").content.decode()
    assert "Пароль" in page
    assert "Password" not in page


def test_too_many_wrong_passwords_close_the_door_with_a_plain_page(person, settings) -> None:
    person("reviewer")
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert _try(client, "wrong").status_code == 200
    answer = _try(client, "wrong")
    assert answer.status_code == 429
    text = answer.content.decode()
    assert "Вход временно закрыт" in text
    assert "15&nbsp;минут" in text
    assert _try(client, "a long password").status_code == 429, "the right password must not open a closed door"
    assert _try(client, "a long password", REMOTE_ADDR="10.0.0.7").status_code == 302, (
        "another computer is not shut out"
    )


def test_a_success_forgets_the_failures(person) -> None:
    person("reviewer")
    client = Client()
    _try(client, "wrong")
    assert _try(client, "a long password").status_code == 302


@pytest.mark.parametrize(
    ("count", "header", "expected"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 5.5.5.5", "5.5.5.5"),
        (2, "6.6.6.6, 5.5.5.5, 10.0.0.1", "5.5.5.5"),
        (2, "5.5.5.5", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_forged_header_does_not_name_the_address(rf, settings, count, header, expected) -> None:
    settings.PROXY_COUNT = count
    assert client_ip(rf.get("/", HTTP_X_FORWARDED_FOR=header)) == expected
