"""`python3 -m portal bench finder`: server time and queries of what people find their centre and their measures by."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from bench import queue_places, report, timing

AIM, AIM_QUERIES = 50, 12
"""Milliseconds of the server's time, by the median and by the 95th of a hundred; queries."""
ROUNDS, AGAIN, LAYOUT = 20, 2, 1
COLUMNS = ("queries", "sql", "cpu", "cpu_p95", "median", "p95", "kbytes")


def main(arguments: list[str]) -> int:
    """Lay measures and centres into a database of their own, or find them kept; measure; 1 when an aim was missed."""
    parser = argparse.ArgumentParser(prog="python3 -m portal bench finder")
    parser.add_argument("--measures", type=int, default=500, help="сколько мер (500)")
    parser.add_argument("--centres", type=int, default=300, help="сколько центров и пунктов (300)")
    parser.add_argument("--region", default="irkutsk", help="чей набор лежит под ними (irkutsk)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="сколько раз открыть каждую страницу")
    parser.add_argument("--by-cpu", action="store_true", help="судить по времени процессора: машина занята и другим")
    parser.add_argument("--only", default="", help="измерить только то, в чьём названии есть эти буквы")
    parser.add_argument("--keep", metavar="ПАПКА", help="оставить базу для следующего раза (PostgreSQL: на сервере)")
    parser.add_argument("--json", metavar="ФАЙЛ", help="записать цифры в файл")
    options = parser.parse_args(arguments)
    os.environ.setdefault("PORTAL_DEMO_PASSWORD", "a password of nobody")
    with queue_places.database(options.measures * 1000 + options.centres, options.keep, "finder"):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db import connection

    _lay(options)
    # A connection like any other of the portal: what loading had set for itself is gone.
    connection.close()
    from bench import finder_pages

    wanted = [each for each in finder_pages.every() if options.only in each.title]
    # The first page of a process reads what all others find kept: what it costs is no page's.
    for first in wanted[:1]:
        _measure(first, rounds=1)
    print(f"{'page':<52}" + "".join(f"{name:>9}" for name in COLUMNS))
    rows = []
    for each in wanted:
        rows.append(_measured(each, options))
        _print(rows[-1])
    if options.json:
        found = {"machine": report.machine(), "engine": connection.vendor, "measures": options.measures, "pages": rows}
        found["centres"] = options.centres
        Path(options.json).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = [row["title"] for row in rows if row["missed"]]
    print(
        f"{len(rows) - len(missed)} of {len(rows)} within their aims" + (f"; not: {', '.join(missed)}" * bool(missed))
    )
    return 1 if missed else 0


def _lay(options: argparse.Namespace) -> None:
    from django.core.management import call_command
    from django.db import connection

    from bench import finder_content
    from home.models import HomePage

    rows = options.measures * 1000 + options.centres
    call_command("migrate", verbosity=0)
    if queue_places.is_laid(rows, LAYOUT):
        return
    if HomePage.objects.exists():
        raise SystemExit("Эту базу закладывала другая версия программы: удалите её и повторите.")
    started = time.monotonic()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("load_region", options.region, stdout=nowhere)
    finder_content.lay(options.measures, options.centres)
    queue_places.stamp(rows, LAYOUT)
    said = f"{options.measures} measures and {options.centres} centres on {connection.vendor}"
    print(f"{said}: {time.monotonic() - started:.0f} s", flush=True)


def _measured(each: Any, options: argparse.Namespace) -> dict[str, Any]:
    """One page. What misses its aim is measured again: what else the machine does only ever adds to a time."""
    best = _judged(_measure(each, options.rounds), each, options.by_cpu)
    for _again in range(AGAIN):
        if not best["missed"] or best["queries"] > AIM_QUERIES or best["status"] != 200:
            break
        other = _judged(_measure(each, options.rounds), each, options.by_cpu)
        best = min(best, other, key=lambda row: (bool(row["missed"]), row["median"]))
    return best


def _judged(row: dict[str, Any], each: Any, by_cpu: bool) -> dict[str, Any]:
    median, p95 = ("cpu", "cpu_p95") if by_cpu else ("median", "p95")
    checks = {
        "status": row["status"] != 200,
        "queries": row["queries"] > AIM_QUERIES,
        "median": each.is_aimed and row[median] > AIM,
        "p95": each.is_aimed and row[p95] > AIM,
        "words": not row["says"],
    }
    return row | {"missed": [name for name, failed in checks.items() if failed]}


def _measure(each: Any, rounds: int) -> dict[str, Any]:
    from django.test import Client

    answer, figures = timing.of_page(Client(), each.address, each.query, rounds, each.before)
    return {
        "title": each.title,
        "status": answer.status_code,
        "says": each.says in answer.content.decode(),
        "kbytes": round(len(answer.content) / 1024, 1),
    } | figures


def _print(row: dict[str, Any]) -> None:
    figures = "".join(f"{row[name]:>9}" for name in COLUMNS)
    print(f"{row['title']:<52}{figures} {' '.join(row['missed'])}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
