"""`python3 -m portal bench worker --rows N`: what the worker does for staff, over N applications: exports, batches.

97 of 100 applications are closed: an export of 100 thousand rows takes 104 thousand.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import queue_places, report

# An export of 100 thousand rows: seconds, MiB above idle, statements a thousand rows; seconds for a batch of so many.
EXPORT_ROWS, AIM_SECONDS, AIM_MEMORY, AIM_QUERIES = 100_000, 30, 100, 10
BATCH, AIM_BATCH = 500, 10
# New ones are handed over too; the other acts are for what is in work.
FROM = {"team": ("new", "in_work")}
TEXT = "Здравствуйте, {имя}. По заявке {номер} справки готовы, приходите в центр."
# Each in a process of its own, as the worker is: what laying the rows took is not in its memory.
CODE = "import sys, django; django.setup(); from bench import worker; worker.{}"
CALLS = (
    *("export('csv')", "export('xlsx')", "batch('assign')", "batch('label')", "batch('urgency')"),
    *("batch('letter')", "batch('close')", "batch('team')"),
)


def main(arguments: list[str]) -> int:
    """Lay the rows or find them kept, measure, print; 1 when an aim was missed."""
    parser = argparse.ArgumentParser(prog="python3 -m portal bench worker")
    parser.add_argument("--rows", type=int, required=True, help="сколько обращений")
    parser.add_argument("--keep", metavar="ПАПКА", help="оставить базу для следующего раза (PostgreSQL: на сервере)")
    parser.add_argument("--json", metavar="ФАЙЛ", help="записать цифры в файл")
    parser.add_argument("--only", metavar="ЧТО", default="", help="export или batch")
    options = parser.parse_args(arguments)
    keep = str(Path(options.keep, "worker")) if options.keep else None
    print(report.machine())
    with queue_places.database(options.rows, keep, "worker"):
        _lay(options.rows)
        rows = [_apart(call) for call in CALLS if call.startswith(options.only)]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if any(row["missed"] for row in rows) else 0


def export(kind: str) -> None:
    """Everything closed as one file, with all answers; prints what it cost as JSON."""
    from django.http import QueryDict

    from bench.worker_rows import MANAGER
    from forms.review.exporting import requesting, running
    from forms.review.models import Export
    from forms.review.queue import Look

    look, idle = Look(user(MANAGER), QueryDict("folder=closed")), resident("VmRSS")
    made = requesting.ask(look.user, look, kind, with_files=False)
    spent = _measured(running.drain)
    made = Export.objects.get(pk=made.pk)
    assert made.state == "done", made.problem
    spent |= {"what": f"export {kind}", "rows": made.total, "file_mib": round(made.size / 2**20, 1)}
    spent["above_idle_mib"] = round(resident("VmHWM") - idle, 1)
    spent["queries_per_1000"] = round(spent["queries"] * 1000 / max(1, made.total or 0), 1)
    spent["missed"] = missed(spent)
    print(json.dumps(spent))


def missed(spent: dict[str, Any]) -> list[str]:
    """Which aims an export missed; of more rows than the aim names more seconds are allowed, no more of the rest."""
    allowed = AIM_SECONDS * max(1.0, spent["rows"] / EXPORT_ROWS)
    wrong = ["seconds"] if spent["seconds"] > allowed else []
    wrong += ["memory"] if spent["above_idle_mib"] > AIM_MEMORY else []
    # What an export costs once is much for few rows.
    over = spent["queries_per_1000"] > AIM_QUERIES and spent["rows"] >= EXPORT_ROWS // 2
    return [*wrong, "queries"] if over else wrong


def batch(key: str) -> None:
    """One act for 500 applications of a lead's five teams; prints what it cost as JSON."""
    from bench.worker_rows import HELPER, LEAD
    from forms.applications.models import Application, Label, Team
    from forms.review.batches import acts, running, starting

    lead = user(LEAD)
    given: dict[str, Any] = {
        "assign": {"assignee": user(HELPER).pk},
        "label": {"label": Label.objects.order_by("pk")[0].pk},
        "urgency": {"urgency": 1, "reason": "Морозы."},
        "letter": {"text": TEXT},
        "close": {"result": "resolve", "explanation": TEXT, "next_step": ""},
        "team": {"team": Team.objects.order_by("-name")[0].pk, "notice": TEXT, "reason": "Живёт там."},
    }[key]
    found = Application.objects.visible_to(lead).filter(state__in=FROM.get(key, ("in_work",))).order_by("-pk")
    rows = list(found.values_list("pk", "version")[:BATCH])
    started = starting.start(lead, starting.Asked(acts.BY_KEY[key], "bench", given, rows))
    # Measured is the work, not the seconds for undo before it.
    type(started)._default_manager.filter(pk=started.pk).update(lease_until=None)
    spent = _measured(running.drain)
    started.refresh_from_db()
    spent |= {"what": f"batch {key}", "rows": started.done, "passed_over": started.skipped}
    spent["missed"] = ["seconds"] if spent["seconds"] > AIM_BATCH else []
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


def user(name: str) -> Any:
    """Somebody whom the bench laid, by their sign-in."""
    from accounts.models import User

    return User.objects.get(username=name)


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

    from bench import queue_region, queue_rows, worker_rows

    call_command("migrate", verbosity=0)
    if not queue_places.is_laid(rows):
        queue_region.make()
        region = queue_region.Region()
        queue_rows.lay(region, rows)
        worker_rows.make(region)
        queue_places.stamp(rows)
