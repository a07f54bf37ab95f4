"""`python3 -m portal bench queue --rows N`: server time and queries of every kind of list over N applications."""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AIM_MEDIAN, AIM_P95, AIM_QUERIES = 100, 250, 15
ROUNDS = 12


def main(arguments: list[str]) -> int:
    """Lay the rows into a database of their own (`DATABASE_URL`, else SQLite in a folder that goes away), measure."""
    parser = argparse.ArgumentParser(prog="python3 -m portal bench queue")
    parser.add_argument("--rows", type=int, required=True, help="сколько обращений")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="сколько раз открыть каждый список")
    parser.add_argument("--json", metavar="ФАЙЛ", help="записать цифры в файл")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="portal-bench-queue-") as folder:
        os.environ.update(PORTAL_DATA=folder, DJANGO_SETTINGS_MODULE="portal.settings.test")
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import User

    started = time.monotonic()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = str(Path(os.environ["PORTAL_DATA"], "bench.sqlite3"))
    call_command("migrate", verbosity=0)
    from bench import queue_rows

    region = queue_rows.lay(options.rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{options.rows} applications on {connection.vendor}: {time.monotonic() - started:.0f} s", flush=True)
    lead = User.objects.create(username="bench-lead", is_superuser=True, is_staff=True)
    rows = [_measure(title, user, query, options.rounds) for title, user, query in _lists(region, lead)]
    _print(rows)
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if any(row["failed"] for row in rows) else 0


List = tuple[str, Any, dict[str, Any]]


def _lists(region: Any, lead: Any) -> list[List]:
    from forms.applications.models import Application

    some = Application.objects.order_by("pk")[Application.objects.count() // 2]
    return [*_folders(region, lead), *_filters(region, lead, some), *_searches(region, lead, some)]


def _folders(region: Any, lead: Any) -> list[List]:
    from forms.review import folders, paging

    last, found = paging.token(paging.LAST), []
    for who, user in (("one team", region.staff[0]), ("all teams", lead)):
        found += [(f"folder {f.key}, {who}", user, {"folder": f.key}) for f in folders.FOLDERS]
        found.append((f"last page of closed, {who}", user, {"folder": "closed", "p": last}))
    return found + [(f"closed by {s.key}", lead, {"folder": "closed", "sort": s.key}) for s in folders.CLOSED_SORTS]


def _filters(region: Any, lead: Any, some: Any) -> list[List]:
    singles: dict[str, Any] = {
        "form": some.form_id,
        "version": some.form_version_id,
        "team": some.team_id,
        "territory": "p30",
        "state": "explained",
        "result": "resolved",
        "channel": "visit",
        "urgency": 0,
        "unread": 1,
        "topic": region.labels[0].pk,
        "label": region.labels[1].pk,
        "assignee": region.staff[3].pk,
        "due_from": "2026-01-01",
        "received_from": "2026-06-01",
    }
    answers = {"a.q_who": "c_1", "a.q_help": "c_2", "a.q_children.from": 5, "a.q_yes": 1}
    answers |= {"a.q_birth.from": "2000-01-01"}
    of_form = {"folder": "closed", "form": some.form_id}
    three = of_form | {"channel": "site"}
    return [
        *((f"closed, filter {name}", lead, {"folder": "closed", name: value}) for name, value in singles.items()),
        *((f"closed, {name}", lead, of_form | {name: value}) for name, value in answers.items()),
        ("three together: answers", lead, three | {"a.q_who": "c_0", "a.q_yes": 1}),
        ("three together: answer and word", lead, three | {"a.q_who": "c_0", "q": region.words[1]}),
        ("three together, almost empty", lead, three | {"a.q_who": "c_7", "a.q_yes": 1, "q": region.words[40]}),
    ]


def _searches(region: Any, lead: Any, some: Any) -> list[List]:
    texts = {"number": some.public_number, "phone": some.phone, "last digits": some.phone[-4:], "name": some.name[:6]}
    texts |= {"common word": region.words[0], "rare word": region.words[-5], "two words": " ".join(region.words[3:5])}
    return [(f"search: {name}", lead, {"q": text}) for name, text in texts.items()]


def _measure(title: str, user: Any, query: dict[str, Any], rounds: int) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = "/admin/queue/"
    client.get(address, query)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, query)
    # Now: the next request empties the log that they are kept in.
    asked = list(captured.captured_queries)
    times, spent = [], []
    for _round in range(rounds):
        started, cpu = time.perf_counter(), time.thread_time()
        answer = client.get(address, query)
        times.append((time.perf_counter() - started) * 1000)
        spent.append((time.thread_time() - cpu) * 1000)
    times.sort()
    row: dict[str, Any] = {
        "title": title,
        "status": answer.status_code,
        "queries": len(asked),
        "rows": answer.content.count(b"data-row="),
    }
    row |= {"median": round(statistics.median(times), 1), "p95": round(times[int(len(times) * 0.95) - 1], 1)}
    row["cpu"] = round(statistics.median(spent), 1)
    row["sql"] = round(sum(float(each["time"]) for each in asked) * 1000, 1)
    row["failed"] = answer.status_code != 200 or row["queries"] > AIM_QUERIES
    return row


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"{'list':<40}{'rows':>6}{'queries':>9}{'SQL ms':>9}{'cpu ms':>9}{'median':>9}{'p95':>9}")
    for row in rows:
        over = " !" if row["median"] > AIM_MEDIAN or row["p95"] > AIM_P95 or row["failed"] else ""
        figures = f"{row['rows']:>6}{row['queries']:>9}{row['sql']:>9}{row['cpu']:>9}{row['median']:>9}{row['p95']:>9}"
        print(f"{row['title']:<40}{figures}{over}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
