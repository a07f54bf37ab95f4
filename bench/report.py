"""The figures as a table for people and as JSON for machines."""

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_COLUMNS = ("per_second", "p50_ms", "p95_ms", "p99_ms", "cpu_ms", "sql", "requests", "bytes")


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else ""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "processor": model or platform.machine(),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "load_before": round(os.getloadavg()[0], 2),
    }


def table(rows: list[dict[str, Any]]) -> str:
    """The rows under their columns; a failed scenario says so in its row."""
    lines = [f"{'scenario':<42}" + "".join(f"{name:>11}" for name in _COLUMNS)]
    for row in rows:
        if row.get("failures"):
            lines.append(f"{row['title']:<42}  FAILED: {str(row['failures'][0]).strip().splitlines()[-1]}")
        else:
            lines.append(f"{row['title']:<42}" + "".join(f"{row[name]:>11}" for name in _COLUMNS))
    return "\n".join(lines)


def engine_table(rows: list[dict[str, Any]]) -> str:
    """What was measured inside a process, milliseconds."""
    lines = [f"{'engine (ms)':<52}{'median':>11}{'worst':>11}{'runs':>7}"]
    return "\n".join(
        lines + [f"{row['title']:<52}{row['median_ms']:>11}{row['worst_ms']:>11}{row['runs']:>7}" for row in rows]
    )


def memory_table(memory: dict[str, list[dict[str, float]]]) -> str:
    """Memory of each process group, MiB."""
    lines = ["", f"{'memory (MiB)':<42}{'resident':>12}{'proportional':>14}"]
    for title, processes in memory.items():
        for number, one in enumerate(processes):
            name = f"{title}, parent" if number == 0 and len(processes) > 1 else title
            lines.append(f"{name:<42}{one['rss_mib']:>12}{one['pss_mib']:>14}")
    return "\n".join(lines)


def ratios(ours: list[dict[str, Any]], others: list[dict[str, Any]], whom: str) -> str:
    """How ours stands to another site in the scenarios that both have: above 1 is better for ours."""
    theirs = {row["scenario"]: row for row in others if not row.get("failures")}
    lines = ["", f"{f'ours against {whom}':<42}{'per second':>12}{'p50':>12}{'cpu':>12}{'sql':>14}"]
    for row in ours:
        other = theirs.get(row["scenario"])
        if other and not row.get("failures"):
            speed = row["per_second"] / max(other["per_second"], 0.001)
            wait = other["p50_ms"] / max(row["p50_ms"], 0.001)
            cost = other["cpu_ms"] / max(row["cpu_ms"], 0.001)
            queries = f"{row['sql']} of {other['sql']}"
            lines.append(f"{row['title']:<42}{speed:>11.2f}x{wait:>11.2f}x{cost:>11.2f}x{queries:>14}")
    return "\n".join(lines)
