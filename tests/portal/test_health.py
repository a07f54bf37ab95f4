"""/healthz and /readyz."""

import pytest
from django.db import OperationalError

from portal import health


@pytest.fixture(autouse=True)
def _forget() -> None:
    health._migrated.clear()


def test_healthz_asks_nobody(client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready(client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "reasons": {}}


@pytest.mark.django_db
def test_the_second_answer_is_cheap(client, django_assert_max_num_queries) -> None:
    client.get("/readyz")
    with django_assert_max_num_queries(3):
        client.get("/readyz")


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="portal", name="0001_roles").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == {"migrations": "1 migrations are not applied"}


@pytest.mark.django_db
def test_not_ready_while_letters_wait(client, monkeypatch) -> None:
    monkeypatch.setattr("forms.notifications.outbox.age_seconds", lambda: 5000.0)
    assert "5000" in client.get("/readyz").json()["reasons"]["outbox"]


def test_a_database_that_is_gone_is_named_without_its_secrets(client, monkeypatch) -> None:
    def gone() -> str:
        raise OperationalError("password authentication failed for postgres://portal:secret@db")

    monkeypatch.setattr(health, "CHECKS", {"database": gone})
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reasons": {"database": "does not answer"}}
