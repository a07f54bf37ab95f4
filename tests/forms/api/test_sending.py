"""Applications through the API: once per key, refused in sentences, never a 500."""

import json
from typing import Any

import pytest

from forms.applications.models import Application, Team
from forms.definitions import versions
from forms.definitions.models import FormVersion
from services.models import Territory
from tests.factories.forms import answers_by_key, form_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(db) -> FormVersion:
    """The published form «help», a territory and the common team."""
    Territory.objects.create(code="irkutsk", name="Иркутск", kind=Territory.Kind.URBAN)
    Team.objects.get_or_create(is_common=True, defaults={"name": "Общая"})
    form_page()
    return versions.latest("help")


def send(client, body: Any, key: str = "one-key-of-mine", **headers: str):
    """POST an application."""
    if key:
        headers["HTTP_IDEMPOTENCY_KEY"] = key
    return client.post(
        "/api/forms/help/applications",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="application/json",
        **headers,
    )


def good(version: FormVersion, **changes: Any) -> dict[str, Any]:
    """A body that is accepted."""
    return {"consent": {"version": 1}, "answers": answers_by_key(version, **changes)}


def test_an_application_is_made_once_per_key(client, form) -> None:
    first = send(client, good(form))
    again = send(client, good(form))
    assert first.status_code == 201, first.content.decode()
    assert again.status_code == 200
    assert first.json() == again.json()
    assert Application.objects.count() == 1
    application = Application.objects.get()
    assert application.channel == "api"
    assert application.public_number == first.json()["number"]
    assert not first.cookies
    assert first["Cache-Control"] == "no-store"


def test_another_body_under_the_same_key_is_a_conflict(client, form) -> None:
    send(client, good(form))
    other = good(form)
    phone = versions.compiled(form).first_of("phone").key
    other["answers"][phone] = "+79000000001"
    for body in (other, {"answers": {}}, good(form) | {"consent": {"version": 2}}):
        answer = send(client, body)
        assert answer.status_code == 409, answer.content.decode()
        assert answer["Content-Type"] == "application/problem+json"
    assert Application.objects.count() == 1


def test_a_repeat_after_a_new_version_still_gives_the_first_reference(client, form) -> None:
    first = send(client, good(form))
    page = form_page()
    publish(page, minutes=20, consent_text="Другие слова")
    assert send(client, good(form)).json() == first.json()
    fresh = send(client, good(form), key="another-key")
    assert fresh.status_code == 422
    assert "consent" in fresh.json()["errors"]


def test_each_wrong_answer_has_its_sentence(client, form) -> None:
    body = good(form, **{versions.compiled(form).first_of("phone").key: "12", "nonsense": 1})
    body["consent"] = {"version": True}
    body["extra"] = 1
    answer = send(client, body)
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert set(errors) == {versions.compiled(form).first_of("phone").key, "nonsense", "consent", "extra"}
    assert all(sentence for sentences in errors.values() for sentence in sentences)


@pytest.mark.parametrize("key", ["", "short", "х" * 20, "with space inside", "x" * 201])
def test_a_key_is_required(client, form, key) -> None:
    answer = send(client, good(form), key=key.encode().decode("latin-1") if key else "")
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["errors"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"answers": NaN}',
        b'{"answers": {"\\ud800": "\\ud800"}}',
        b'{"answers": [1]}',
        b'{"answers": {"a": ' + b"9" * 5000 + b"}}",
        b'{"\\u0000": {"a": 1}, "consent": []}',
    ],
)
def test_nothing_that_is_sent_breaks_it(client, form, body) -> None:
    answer = send(client, body)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"
    json.loads(answer.content)


def test_a_huge_body_is_refused(client, form) -> None:
    assert send(client, b'{"a": "' + b"x" * 300_000 + b'"}').status_code == 413


def test_closed_unknown_and_restricted_forms_take_nothing(client, form) -> None:
    page = form_page()
    assert client.post("/api/forms/none/applications").status_code == 404
    page.is_open = False
    page.save_revision().publish()
    assert send(client, good(form)).status_code == 409
    page.unpublish()
    assert send(client, good(form)).status_code == 404


def test_the_status_by_number_and_code(client, form) -> None:
    sent = send(client, good(form)).json()

    def ask(**body: Any):
        return client.post("/api/requests/status", json.dumps(body), content_type="application/json")

    answer = ask(number=sent["number"], code=sent["code"])
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["number"] == sent["number"]
    assert "Иванова" not in answer.content.decode()
    assert ask(number=sent["number"], code="0000 0000").status_code == 404
    assert ask(number=5, code=[]).status_code == 422
    statuses = [ask(number=sent["number"], code="00000000").status_code for _ in range(8)]
    assert statuses[-1] == 429


def test_a_client_cannot_leave_the_throttle_by_a_header_of_its_own(client, form, monkeypatch) -> None:
    from forms.api import applications

    throttles = applications.router.path_operations["/requests/status"].operations[0].throttle_objects
    monkeypatch.setattr(throttles[0], "num_requests", 3)
    statuses = [
        client.post("/api/requests/status", b"{}", content_type="application/json", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")
        for n in range(5)
    ]
    assert [answer.status_code for answer in statuses][-1] == 429
