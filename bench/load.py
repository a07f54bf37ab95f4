"""Drives a scenario with several clients, each a process of its own, and gathers what they saw."""

import multiprocessing
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from statistics import median

from bench.scenarios import Scenario
from bench.visitor import Visitor


@dataclass
class Seen:
    """One client's acts: seconds each took in all, sums of its answers' waiting, SQL, bytes, requests; what failed."""

    acts: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    sql: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def drive(scenario: Scenario, address: tuple[str, int], seconds: float, people: dict[str, str]) -> dict[str, object]:
    """Run it for about so many seconds after a warm-up; the figures by name, times in milliseconds."""
    results: Queue[Seen] = multiprocessing.Queue()
    barrier = multiprocessing.Barrier(scenario.clients + 1)
    crowd = [
        multiprocessing.Process(target=_client, args=(scenario, address, seconds, people, barrier, results))
        for _ in range(scenario.clients)
    ]
    for each in crowd:
        each.start()
    barrier.wait(120)
    begun = time.perf_counter()
    seen = [results.get(timeout=seconds + 180) for _ in crowd]
    spent = time.perf_counter() - begun
    for each in crowd:
        each.join()
    return _figures(scenario, seen, spent)


def _client(
    scenario: Scenario, address: tuple[str, int], seconds: float, people: dict[str, str], barrier, results
) -> None:
    seen = Seen()
    visitor = Visitor(*address)
    try:
        if scenario.prepare:
            scenario.prepare(visitor, people)
        kept = dict(visitor.cookies)
        scenario.act(visitor)  # warm-up: caches, compiled templates
        visitor.forget()
        barrier.wait(120)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            visitor.cookies = dict(kept)
            begun = time.perf_counter()
            scenario.act(visitor)
            seen.acts.append(time.perf_counter() - begun)
            answers = visitor.forget()
            seen.waits.append(sum(answer.seconds for answer in answers))
            seen.sql.append(sum(max(answer.sql, 0) for answer in answers))
            seen.sizes.append(sum(answer.size for answer in answers))
            seen.requests.append(len(answers))
    except Exception:
        seen.failures.append(traceback.format_exc(limit=3))
        barrier.abort()
    results.put(seen)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _figures(scenario: Scenario, seen: list[Seen], spent: float) -> dict[str, object]:
    failures = [failure for one in seen for failure in one.failures]
    waits = [wait * 1000 for one in seen for wait in one.waits]
    if failures or not waits:
        return {"scenario": scenario.name, "title": scenario.title, "failures": failures or ["nothing was done"]}
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "clients": scenario.clients,
        "done": len(waits),
        "per_second": round(len(waits) / spent, 1),
        "p50_ms": round(percentile(waits, 0.50), 1),
        "p95_ms": round(percentile(waits, 0.95), 1),
        "p99_ms": round(percentile(waits, 0.99), 1),
        "sql": int(median(count for one in seen for count in one.sql)),
        "requests": int(median(count for one in seen for count in one.requests)),
        "bytes": int(median(size for one in seen for size in one.sizes)),
    }
