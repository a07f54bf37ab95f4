"""`python3 -m portal bench [scenario …] [--json FILE] [--plain] [--seconds N] [--workers N] [--region NAME]`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bench import load, memory, report, stack
from bench.scenarios import NOTHING, SCENARIOS, Scenario


def main(arguments: list[str]) -> int:
    """Measure, print, write; 1 when a scenario failed."""
    if arguments[:1] == ["queue"] and any(each.startswith("--rows") for each in arguments):
        from bench import queue

        return queue.main(arguments[1:])
    if arguments[:1] == ["finder"]:
        from bench import finder

        return finder.main(arguments[1:])
    if arguments[:1] == ["worker"]:
        from bench import worker

        return worker.main(arguments[1:])
    options = _parser().parse_args(arguments)
    chosen = [scenario for scenario in SCENARIOS if not options.scenarios or scenario.name in options.scenarios]
    result: dict[str, Any] = {"machine": report.machine(), "workers": options.workers, "region": options.region}
    with stack.portal(options.region, options.workers, options.web.split() if options.web else None) as running:
        result["engine"] = running.engine
        result["portal"] = _measure(chosen, running, options.seconds)
        result["memory"] = {title: memory.of(pid) for title, pid in running.parents.items()}
    if idle := _also(NOTHING, chosen):
        with stack.nothing(options.workers) as running:
            result["nothing"] = _measure(idle, running, options.seconds)
    if options.plain:
        from bench.plain.scenarios import SCENARIOS as PLAIN

        with stack.plain(options.workers) as running:
            result["plain"] = _measure(_also(PLAIN, chosen), running, options.seconds)
            result["plain_memory"] = {title: memory.of(pid) for title, pid in running.parents.items()}
    _print(result)
    if options.json:
        Path(options.json).write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    rows = result["portal"] + result.get("nothing", []) + result.get("plain", [])
    return 1 if any(row.get("failures") for row in rows) else 0


def _also(scenarios: tuple[Scenario, ...], chosen: list[Scenario]) -> list[Scenario]:
    """Those of another site that stand for a chosen one of ours."""
    return [scenario for scenario in scenarios if scenario.name in {one.name for one in chosen}]


def _measure(scenarios: list[Scenario], running: stack.Stack, seconds: float) -> list[dict[str, object]]:
    rows, stored, accepted = [], running.rows(), 0
    for scenario in scenarios:
        print(f"• {scenario.title}…", flush=True)
        before = memory.cpu_seconds(running.web)
        row = load.drive(scenario, (running.host, running.port), seconds, running.people)
        spent = memory.cpu_seconds(running.web) - before
        # The warm-up acts, one a client, are in the time but not in what was done.
        accepted += (int(str(row.get("done", 0))) + scenario.clients) * scenario.sends
        row["cpu_ms"] = round(spent * 1000 / (int(str(row.get("done", 0))) + scenario.clients), 1)
        rows.append(row)
    stored = running.rows() - stored
    print(f"принято отправленного: {accepted}, строк в базе: {stored}", flush=True)
    if stored != accepted and not any(row.get("failures") for row in rows):
        rows.append({"scenario": "rows", "title": "rows stored", "failures": [f"{stored} rows of {accepted} accepted"]})
    return rows


def _print(result: dict[str, Any]) -> None:
    print("\n" + report.engine_table(result["engine"]))
    print("\n" + report.table(result["portal"]) + "\n" + report.memory_table(result["memory"]))
    if "nothing" in result:
        print("\nA WSGI application that does nothing\n" + report.table(result["nothing"]))
        print(report.ratios(result["portal"], result["nothing"], "doing nothing"))
    if "plain" in result:
        print("\nPlain Wagtail\n" + report.table(result["plain"]) + "\n" + report.memory_table(result["plain_memory"]))
        print(report.ratios(result["portal"], result["plain"], "plain Wagtail"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m portal bench", description="Измеряет работающий портал.")
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("scenarios", nargs="*", metavar="СЦЕНАРИЙ", help="какие измерить: " + ", ".join(names))
    parser.add_argument("--json", metavar="ФАЙЛ", help="записать цифры в файл")
    parser.add_argument("--plain", action="store_true", help="измерить рядом простой сайт на Wagtail и сравнить")
    parser.add_argument("--seconds", type=float, default=8.0, help="сколько секунд идёт сценарий (8)")
    parser.add_argument("--workers", type=int, default=2, help="процессов веб-сервера (2)")
    parser.add_argument("--region", default="irkutsk", help="чьи сведения загрузить (irkutsk)")
    parser.add_argument("--web", metavar="КОМАНДА", help="другой веб-сервер; {port} заменяется портом")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
