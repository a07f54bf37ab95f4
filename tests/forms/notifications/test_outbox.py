"""The outbox: once by key, lease, back-off, giving up, and nothing personal left behind."""

import datetime
import sqlite3

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from forms.notifications import delivery, housekeeping, outbox, tasks
from forms.notifications.models import Outbox

pytestmark = pytest.mark.django_db


def _put(key: str = "k", **more: str) -> Outbox:
    return outbox.put(
        **{"key": key, "recipient": "anna@example.ru", "subject": "Тема", "body": "Здравствуйте, Анна!", **more}
    )


def test_a_letter_leaves_and_its_words_do_not_stay() -> None:
    row = _put()
    assert delivery.drain() == 1
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["anna@example.ru"], "Тема", "Здравствуйте, Анна!")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    row.refresh_from_db()
    assert (row.state, row.body, row.recipient) == (Outbox.State.SENT, "", "a***@example.ru")
    assert row.finished_at is not None
    assert delivery.drain() == 0


def test_the_same_key_is_the_same_letter() -> None:
    assert _put().pk == _put(body="другой текст").pk
    assert Outbox.objects.get().body == "Здравствуйте, Анна!"


def test_a_subject_cannot_smuggle_headers() -> None:
    assert "\n" not in _put(subject="Тема\nBcc: all@example.ru").subject
    assert delivery.drain() == 1


def test_a_rolled_back_action_sends_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _put()
        1 / 0  # noqa: B018
    assert delivery.drain() == 0


def test_the_bell_rings_after_the_commit(django_capture_on_commit_callbacks) -> None:
    HUEY.flush()
    with django_capture_on_commit_callbacks(execute=True):
        _put("a")
        assert not HUEY.pending()
    assert HUEY.pending_count() == 1


def test_of_many_letters_one_rings_until_the_worker_has_heard(django_capture_on_commit_callbacks) -> None:
    HUEY.flush()
    for key in "abc":
        with django_capture_on_commit_callbacks(execute=True):
            _put(key)
    assert [type(task) for task in HUEY.pending()] == [tasks.drain_outbox.task_class]
    assert HUEY.dequeue()
    # What is put while the worker looks has to ring again: it may have looked before.
    with django_capture_on_commit_callbacks(execute=True):
        _put("d")
    assert HUEY.pending_count() == 1
    tasks.drain_outbox.call_local()
    assert len(mail.outbox) == 4
    HUEY.flush()


def test_other_work_that_waits_is_no_bell(django_capture_on_commit_callbacks) -> None:
    HUEY.flush()
    tasks.drain_every_minute()
    tasks.purge_daily()
    with django_capture_on_commit_callbacks(execute=True):
        _put()
    assert HUEY.pending_count() == 3
    HUEY.flush()


def test_two_statements_a_letter_and_one_a_page(django_assert_num_queries) -> None:
    for number in range(3):
        _put(f"k{number}")
    with django_assert_num_queries(1 + 3 * 2):
        assert delivery.drain() == 3


def test_a_worker_that_cannot_be_told_harms_nothing(django_capture_on_commit_callbacks, monkeypatch) -> None:
    def locked(*_task: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(tasks.drain_outbox.huey, "enqueue", locked)
    with django_capture_on_commit_callbacks(execute=True):
        _put()
    assert Outbox.objects.count() == 1


@pytest.fixture
def dead_server(monkeypatch):
    """A mail server that refuses; call it to make it well again."""

    def refuse(row):
        raise ConnectionRefusedError("no route to anna@example.ru")

    monkeypatch.setattr(delivery, "_send", refuse)


def test_failures_wait_longer_and_longer_and_then_stay_visible(dead_server) -> None:
    row = _put()
    now, waits = timezone.now(), []
    with time_machine.travel(now, tick=False) as clock:
        for attempt in range(1, settings.OUTBOX_ATTEMPTS + 1):
            assert delivery.drain() == 0
            row.refresh_from_db()
            assert row.attempts == attempt
            assert delivery.drain() == 0
            waits.append((row.due_at - timezone.now()).total_seconds())
            clock.move_to(row.due_at)
    assert waits == sorted(waits)
    assert waits[0] == settings.OUTBOX_FIRST_RETRY_SECONDS
    assert max(waits) <= settings.OUTBOX_LAST_RETRY_SECONDS
    assert row.state == Outbox.State.FAILED
    # A server's words repeat the address: only the kind of the error is kept.
    assert row.last_error == "ConnectionRefusedError"


def test_one_bad_letter_does_not_hold_up_the_others(monkeypatch) -> None:
    real = delivery._send
    monkeypatch.setattr(delivery, "_send", lambda row: 1 / 0 if row.key == "bad" else real(row))
    _put("bad")
    _put("good")
    assert delivery.drain() == 1
    assert len(mail.outbox) == 1


def test_a_lease_keeps_others_away_until_it_runs_out() -> None:
    row = _put()
    held, late = Outbox.objects.get(), Outbox.objects.get()
    assert delivery.claim(held)
    assert not delivery.claim(late)
    assert not delivery.claim(Outbox.objects.get())
    assert delivery.drain() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS + 1)):
        second = Outbox.objects.get()
        assert delivery.claim(second)
        # The first holder wakes up late: it may not mark a letter that is somebody else's now.
        delivery._postpone(held, ValueError())
        row.refresh_from_db()
        assert row.lease_token == second.lease_token


def test_a_letter_that_kills_its_worker_is_given_up() -> None:
    row = _put()
    Outbox.objects.update(attempts=settings.OUTBOX_ATTEMPTS, lease_until=timezone.now())
    assert delivery.drain() == 0
    assert delivery.give_up() == 1
    row.refresh_from_db()
    assert row.state == Outbox.State.FAILED


def test_age_is_that_of_the_oldest_letter_that_should_have_left(dead_server) -> None:
    assert outbox.age_seconds() == 0
    _put()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=90)):
        assert 89 < outbox.age_seconds() < 92
        delivery.drain()
        # It waits for its second try now, and is not late before that.
        assert outbox.age_seconds() == 0


def test_finished_letters_are_deleted_in_time_and_waiting_ones_never() -> None:
    _put("sent")
    delivery.drain()
    _put("waiting")
    failed = _put("failed")
    Outbox.objects.filter(pk=failed.pk).update(state=Outbox.State.FAILED, finished_at=timezone.now())
    assert housekeeping.purge() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=settings.OUTBOX_KEEP_DAYS, minutes=1)):
        assert housekeeping.purge() == 2
    assert Outbox.objects.get().key == "waiting"


def test_tasks_do_what_they_are_called() -> None:
    _put()
    tasks.drain_every_minute.call_local()
    assert len(mail.outbox) == 1
    tasks.drain_outbox.call_local()
    tasks.purge_daily.call_local()
