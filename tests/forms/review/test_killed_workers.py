"""A worker killed, or frozen until another has its job, in the middle of an export or a batch; with real processes."""

import csv
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.http import QueryDict

from forms.applications import journal, office
from forms.applications.models import Application, Message, OfficeEntry
from forms.review.batches import running as batches
from forms.review.batches import starting
from forms.review.batches.acts import BY_KEY
from forms.review.exporting import keeping, requesting, running
from forms.review.models import BatchItem
from forms.review.queue import Look
from tests import processes
from tests.factories import applications as make

pytestmark = pytest.mark.django_db(transaction=True)

# A worker that stands still at some place, for somebody to kill it there or to wake it when it is too late.
STILL = """
import sys
def still(real, when=1):
    seen = []
    def standing(*arguments, **named):
        seen.append(1)
        if len(seen) == when:
            print("here", flush=True)
            sys.stdin.readline()
        return real(*arguments, **named)
    return standing
"""
EXPORT = f"""{STILL}
from forms.review import jobs
from forms.review.exporting import rows, running
rows.PAGE = 2
if sys.argv[1] == "page":
    rows.Reader.read = still(rows.Reader.read, 2)
else:
    jobs.Hold.end = still(jobs.Hold.end)
running.drain()
"""
BATCH = f"""{STILL}
from forms.review.batches import running
if sys.argv[1] == "inside":
    # The third item's transaction is open, and its letter is written.
    real, after = running._perform, still(lambda reason: reason, 3)
    running._perform = lambda *arguments: after(real(*arguments))
elif sys.argv[1] == "between":
    running._one = still(running._one, 3)
else:
    running._end = still(running._end)
running.drain()
"""


@pytest.fixture
def env(tmp_path: Any, settings: Any) -> dict[str, str]:
    settings.EXPORTS_DIR = tmp_path / "exports"
    return processes.environment(tmp_path, JOB_LEASE_SECONDS="2")


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead")
    make.team("Иркутск", user)
    return user


def _until(done: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.2)


def _killed(worker: Any) -> None:
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    connections.close_all()


def _awake(worker: Any) -> None:
    """Let it go on: it finds that another has the job, and touches nothing."""
    said = worker.communicate("\n" * 20, timeout=120)[0]
    assert worker.returncode == 0 and "another worker has it" in said


@pytest.mark.parametrize(("place", "is_killed"), [("page", True), ("page", False), ("kept", True)])
def test_an_export_is_made_anew_once(place: str, is_killed: bool, env: Any, lead: Any, signed_in: Any) -> None:
    numbers = [make.new(q_story=f"просьба {number}").public_number for number in range(5)]
    export = requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False)
    worker, page = processes.start(EXPORT, place, env=env), f"/admin/queue/exports/{export.pk}/"
    try:
        processes.line(worker, "here")
        if is_killed:
            _killed(worker)
        export.refresh_from_db()
        assert (export.state, export.attempts, export.file) == ("running", 1, "")
        client = signed_in(lead)
        assert "Готовим файл" in client.get(page).content.decode()
        # Nobody may have it while the lease runs; then the round of the minute does it from the beginning.
        _until(running.drain)
        if not is_killed:
            _awake(worker)
    finally:
        worker.kill()
        worker.wait()
    export.refresh_from_db()
    assert (export.state, export.attempts, export.done, export.total) == ("done", 2, 5, 5)
    with export.path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert sorted(row[0] for row in rows[1:]) == sorted(numbers)
    assert "Скачать файл" in client.get(page).content.decode()
    assert client.get(f"{page}file/").status_code == 200
    assert list(OfficeEntry.objects.order_by("seq").values_list("action", flat=True)) == [
        *("export_asked", "export_made", "export_given")
    ]
    assert not list(office.problems())
    # What the dead one left is swept away, and the file stays.
    for left in Path(export.path.parent).iterdir():
        os.utime(left, (0, 0))
    keeping.drop_expired()
    assert [each.name for each in export.path.parent.iterdir()] == [export.file]


@pytest.mark.parametrize(("place", "is_killed", "done"), [("inside", True, 2), ("between", False, 2), ("end", True, 5)])
def test_a_batch_goes_on_and_does_nothing_twice(
    place: str, is_killed: bool, done: int, env: Any, lead: Any, signed_in: Any
) -> None:
    applications = [make.in_work(lead, q_story=f"просьба {number}") for number in range(5)]
    rows = [(each.pk, each.version) for each in applications]
    batch = starting.start(lead, starting.Asked(BY_KEY["letter"], "Пишем", {"text": "Справки готовы."}, rows))
    worker, page = processes.start(BATCH, place, env=env), f"/admin/queue/batches/{batch.pk}/"
    try:
        processes.line(worker, "here")
        if is_killed:
            _killed(worker)
        batch.refresh_from_db()
        # The letter of an item that was not finished went with its transaction.
        assert (batch.state, batch.done) == ("running", done)
        assert Message.objects.count() == done
        client = signed_in(lead)
        assert f"Сделано {done} из 5" in client.get(page).content.decode()
        _until(batches.drain)
        if not is_killed:
            _awake(worker)
    finally:
        worker.kill()
        worker.wait()
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.skipped, batch.attempts) == ("done", 5, 0, 2)
    written = Message.objects.values_list("application", flat=True)
    assert sorted(written) == sorted(each.pk for each in applications)
    assert set(Application.objects.values_list("version", flat=True)) == {3}
    assert not BatchItem.objects.exclude(state="done").exists()
    text = client.get(page).content.decode()
    assert "Сделано 5 из 5" in text and "Скачать итог" in text
    assert list(OfficeEntry.objects.values_list("action", flat=True)).count("batch_ended") == 1
    assert not list(journal.problems()) and not list(office.problems())
