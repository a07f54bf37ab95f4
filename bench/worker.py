"""`python3 -m portal bench worker --rows N`: what the worker does for staff, over N applications: exports, a batch."""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import queue_places

AIM_SECONDS, AIM_MEMORY, AIM_BATCH, BATCH = 30, 100, 10, 500
"""An export of 100 thousand rows: seconds, MiB above idle; seconds for a batch of so many."""
# Each in a process of its own, as the worker is: what laying the rows took is not in its memory.
CODE = "import sys, django; django.setup(); from bench import worker; worker.{}"


def main(arguments: list[str]) -> int:
    """Lay the rows or find them kept, measure, print; 1 when an aim was missed at 100 thousand rows or below."""
    parser = argparse.ArgumentParser(prog="python3 -m portal bench worker")
    parser.add_argument("--rows", type=int, required=True, help="сколько обращений")
    parser.add_argument("--keep", metavar="ПАПКА", help="оставить базу для следующего раза (PostgreSQL: на сервере)")
    parser.add_argument("--json", metavar="ФАЙЛ", help="записать цифры в файл")
    options = parser.parse_args(arguments)
    with queue_places.database(options.rows, options.keep):
        _lay(options.rows)
        rows = [_apart(call) for call in ("export('csv')", "export('xlsx')", "batch()")]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if options.rows <= 100_000 and any(row["missed"] for row in rows) else 0


def export(kind: str) -> None:
    """Everything closed as one file; prints what it cost as JSON."""
    from django.http import QueryDict

    from forms.review.exporting import requesting, running
    from forms.review.models import Export
    from forms.review.queue import Look

    user = _user()
    look, idle = Look(user, QueryDict("folder=closed")), resident("VmRSS")
    made = requesting.ask(user, look, kind, with_files=False)
    spent = _measured(running.drain)
    made = Export.objects.get(pk=made.pk)
    assert made.state == "done", made.problem
    spent |= {"what": f"export {kind}", "rows": made.total, "file_mib": round(made.size / 2**20, 1)}
    spent["above_idle_mib"] = round(resident("VmHWM") - idle, 1)
    spent["queries_per_1000"] = round(spent["queries"] * 1000 / max(1, made.total or 0), 1)
    spent["missed"] = spent["seconds"] > AIM_SECONDS or spent["above_idle_mib"] > AIM_MEMORY
    print(json.dumps(spent))


def batch() -> None:
    """A letter to each of 500 that are in work; prints what it cost as JSON."""
    from forms.applications.models import Application
    from forms.review.batches import acts, running, starting

    rows = Application.objects.filter(state="in_work").order_by("-pk").values_list("pk", "version")[:BATCH]
    asked = starting.Asked(acts.BY_KEY["letter"], "bench", {"text": "Справки готовы."}, list(rows))
    started = starting.start(_user(), asked)
    # Measured is the work, not the seconds for undo before it.
    type(started)._default_manager.filter(pk=started.pk).update(lease_until=None)
    spent = _measured(running.drain)
    started.refresh_from_db()
    spent |= {"what": "batch: letter", "rows": started.done, "missed": spent["seconds"] > AIM_BATCH}
    print(json.dumps(spent))


def resident(name: str) -> float:
    """MiB of this process: `VmRSS` now, `VmHWM` the most so far."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def _measured(act: Any) -> dict[str, Any]:
    from django.db import connection

    asked = [0]

    def count(execute: Any, *arguments: Any) -> Any:
        asked[0] += 1
        return execute(*arguments)

    started, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        act()
    spent = {"seconds": round(time.perf_counter() - started, 1), "cpu": round(time.process_time() - cpu, 1)}
    return spent | {"queries": asked[0]}


def _user() -> Any:
    from accounts.models import User

    return User.objects.get_or_create(username="bench-worker", defaults={"is_superuser": True, "is_staff": True})[0]


def _apart(call: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", CODE.format(call)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _lay(rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bench import queue_region, queue_rows

    call_command("migrate", verbosity=0)
    if not queue_places.is_laid(rows):
        queue_region.make()
        queue_rows.lay(queue_region.Region(), rows)
        queue_places.stamp(rows)
