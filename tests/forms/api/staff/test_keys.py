"""Keys for programs: given out and taken back by administrators, and what opens with one."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import access_keys
from accounts.models import AccessKey
from forms.api.staff.urls import api
from forms.applications import tries
from forms.applications.models import CodeTry, OfficeEntry

from .program import ROOT, Program

pytestmark = pytest.mark.django_db
SCREEN = "/admin/keys/"


def _form(user: Any, **changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + datetime.timedelta(days=90)
    return {"purpose": "Колл-центр", "user": user.pk, "ends_on": day.isoformat(), "once": "a"} | changes


def test_an_administrator_gives_a_key_out_once_and_takes_it_back(person: Any, signed_in: Any) -> None:
    lead, client = person("lead", last_name="Орлова", first_name="Вера"), signed_in("admin")
    assert "Ключей пока нет" in client.get(SCREEN).content.decode()
    made = client.post(SCREEN, _form(lead))
    assert made.status_code == 200
    assert "no-store, private" in made["Cache-Control"]
    (text,) = re.findall(r'value="(portal_key_[^"]+)"', made.content.decode())
    key = AccessKey.objects.get()
    assert key.digest == access_keys.digest_of(text)
    assert text not in str(AccessKey.objects.values().get())
    # Sent again by «назад» or F5, the page gives no second key, and the first is shown nobody.
    assert client.post(SCREEN, _form(lead)).status_code == 302
    page = client.get(SCREEN).content.decode()
    assert AccessKey.objects.count() == 1
    assert text not in page
    assert key.beginning in page
    opened = client.get(f"{ROOT}queue", HTTP_AUTHORIZATION=f"Bearer {text}")
    assert opened.status_code == 200
    key.refresh_from_db()
    assert key.last_used_on == timezone.localdate()
    assert "Орлова В." in client.get(f"{SCREEN}{key.pk}/revoke/").content.decode()
    client.post(f"{SCREEN}{key.pk}/revoke/")
    client.post(f"{SCREEN}{key.pk}/revoke/")
    shut = client.get(f"{ROOT}queue", HTTP_AUTHORIZATION=f"Bearer {text}")
    assert shut.status_code == 401
    assert "отозван" in shut.json()["detail"]
    acts = OfficeEntry.objects.order_by("seq").values_list("action", "actor", "facts__key", "facts__person")
    assert list(acts) == [
        ("key_issued", client.user.pk, key.pk, lead.pk),
        ("key_revoked", client.user.pk, key.pk, lead.pk),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": ""},
        {"ends_on": ""},
        {"ends_on": "2020-01-01"},
        {"ends_on": (datetime.date.today() + datetime.timedelta(days=370)).isoformat()},
        {"user": ""},
        {"user": "999999"},
    ],
)
def test_a_wrong_form_gives_nothing_and_keeps_what_was_typed(changes: Any, person: Any, signed_in: Any) -> None:
    answer = signed_in("admin").post(SCREEN, _form(person("lead")) | changes)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert changes.get("purpose") == "" or 'value="Колл-центр"' in answer.content.decode()
    assert not AccessKey.objects.exists()


def test_nobody_without_the_queue_can_be_acted_for(person: Any, signed_in: Any) -> None:
    press, away = person("press"), person("reviewer", is_active=False)
    client = signed_in("admin")
    assert [client.post(SCREEN, _form(each)).status_code for each in (press, away)] == [422, 422]


def test_the_screen_is_in_the_menu_of_administrators_alone(signed_in: Any) -> None:
    assert SCREEN in signed_in("admin").get("/admin/").content.decode()
    assert SCREEN not in signed_in("manager").get("/admin/").content.decode()


def test_without_a_key_nothing_is_told_whatever_the_cookie(person: Any, signed_in: Any) -> None:
    client = signed_in("admin")
    paths = api.get_openapi_schema()["paths"]
    addresses = [(method, re.sub(r"\{\w+\}", "1", path)) for path, operations in paths.items() for method in operations]
    assert ("get", f"{ROOT}queue") in addresses
    for method, address in [*addresses, ("get", f"{ROOT}openapi.json"), ("get", f"{ROOT}nothing")]:
        answer = getattr(client, method)(address)
        expected = 404 if address.endswith(("nothing", "/files/1")) else 401
        assert answer.status_code in (401, expected), address
        assert answer.status_code == 404 or answer["WWW-Authenticate"] == "Bearer"
        assert answer["Content-Type"] == "application/problem+json"
        assert "no-store" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_why_a_key_opens_nothing(person: Any) -> None:
    lead = person("lead")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ended = Program(lead, ends_on=yesterday).get("queue")
    assert (ended.status_code, yesterday.strftime("%d.%m.%Y") in ended.json()["detail"]) == (401, True)
    program = Program(lead)
    assert program.get("queue").status_code == 200
    lead.is_active = False
    lead.save()
    gone = program.get("queue")
    assert (gone.status_code, "больше не работает" in gone.json()["detail"]) == (401, True)
    # Whoever lost the right to see the queue loses it here with the same request.
    assert Program(person("press")).get("queue").status_code == 403
    assert Program(person("press", "other")).get("openapi.json").status_code == 403


def test_wrong_keys_are_counted_and_right_ones_pass(person: Any) -> None:
    program = Program(person("lead"))
    for _again in range(tries.OF_ONE_ADDRESS):
        assert program.ask("GET", "queue", HTTP_AUTHORIZATION="Bearer portal_key_guess").status_code == 401
    refused = program.ask("GET", "queue", HTTP_AUTHORIZATION="Bearer portal_key_guess")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert program.get("queue").status_code == 200
    CodeTry.objects.update(since=timezone.now() - tries.COOL_OFF)
    assert program.ask("GET", "queue", HTTP_AUTHORIZATION="Bearer portal_key_guess").status_code == 401


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=255), max_size=300))
def test_any_header_is_refused_in_words(text: str) -> None:
    answer = Client().get(f"{ROOT}queue", HTTP_AUTHORIZATION=text)
    assert answer.status_code in (401, 429)
    assert answer.json()["detail"]


def test_the_description_is_for_a_key_or_for_who_is_signed_in(person: Any, signed_in: Any) -> None:
    found = Program(person("operator")).get("openapi.json")
    assert found.json()["paths"][f"{ROOT}queue"]
    assert found["Cache-Control"] == "no-store, private"
    page = signed_in("reviewer").get(f"{SCREEN}docs/")
    assert "Список обращений" in page.content.decode()
    assert signed_in("press").get(f"{SCREEN}docs/").status_code == 302
