"""kill -9 of the worker in the middle of an export and of a batch, with real processes."""

import csv
import os
import signal
import time
from typing import Any

import pytest
from django.db import connections
from django.http import QueryDict

from forms.applications import journal, office
from forms.applications.models import Message, OfficeEntry
from forms.review.batches import running as batches
from forms.review.batches import starting
from forms.review.batches.acts import BY_KEY
from forms.review.exporting import requesting, running
from forms.review.models import BatchItem
from forms.review.queue import Look
from tests import processes
from tests.factories import applications as make

pytestmark = pytest.mark.django_db(transaction=True)

# A worker that stands still after its first page, for somebody to kill it there.
EXPORT = """
import sys
from forms.review.exporting import rows, running
rows.PAGE = 2
read = rows.Reader.read
def slowly(self, user, ids):
    found = read(self, user, ids)
    print("page", flush=True)
    sys.stdin.readline()
    return found
rows.Reader.read = slowly
running.drain()
"""


@pytest.fixture
def env(tmp_path: Any, settings: Any) -> dict[str, str]:
    settings.EXPORTS_DIR = tmp_path / "exports"
    return processes.environment(tmp_path, JOB_LEASE_SECONDS="2")


def _until(done: Any, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.2)


def test_an_export_whose_worker_was_killed_is_made_anew(env: Any, person: Any, settings: Any) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    numbers = [make.new(q_story=f"просьба {number}").public_number for number in range(5)]
    export = requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False)
    worker = processes.start(EXPORT, env=env)
    try:
        processes.line(worker, "page")
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    export.refresh_from_db()
    assert (export.state, export.attempts, export.file) == ("running", 1, "")
    # Nobody may have it while the lease runs; then the round of the minute does it from the beginning.
    _until(running.drain)
    export.refresh_from_db()
    assert (export.state, export.attempts, export.done, export.total) == ("done", 2, 5, 5)
    with export.path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert sorted(row[0] for row in rows[1:]) == sorted(numbers)
    assert list(OfficeEntry.objects.order_by("seq").values_list("action", flat=True)) == ["export_asked", "export_made"]
    assert not list(office.problems())


# A worker that stands still in the middle of its third item, its transaction open.
BATCH = """
import sys
from forms.review.batches import running
real, seen = running._perform, []
def slowly(*arguments):
    reason = real(*arguments)
    seen.append(1)
    if len(seen) == 3:
        print("third", flush=True)
        sys.stdin.readline()
    return reason
running._perform = slowly
running.drain()
"""


def test_a_batch_whose_worker_was_killed_goes_on_and_does_nothing_twice(env: Any, person: Any) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    applications = [make.in_work(lead, q_story=f"просьба {number}") for number in range(5)]
    rows = [(each.pk, each.version) for each in applications]
    batch = starting.start(lead, starting.Asked(BY_KEY["letter"], "Пишем", {"text": "Справки готовы."}, rows))
    worker = processes.start(BATCH, env=env)
    try:
        processes.line(worker, "third")
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    connections.close_all()
    batch.refresh_from_db()
    # The third item's letter went with its transaction.
    assert (batch.state, batch.done) == ("running", 2)
    assert Message.objects.count() == 2
    _until(batches.drain)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.skipped, batch.attempts) == ("done", 5, 0, 2)
    written = Message.objects.values_list("application", flat=True)
    assert sorted(written) == sorted(each.pk for each in applications)
    assert not list(journal.problems())
    assert not BatchItem.objects.exclude(state="done").exists()
