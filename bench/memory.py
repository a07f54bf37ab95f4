"""Memory and processor time of a process and its children, from /proc.

Memory: resident, and proportional (what is shared is split). Processor time: what an act costs even on a busy machine.
"""

import os
import re
from pathlib import Path


def of(parent: int) -> list[dict[str, float]]:
    """One entry a process, the parent first; MiB."""
    found = [parent, *_children(parent)]
    return [entry for pid in found if (entry := _one(pid))]


def cpu_seconds(parent: int) -> float:
    """Processor time, user's and system's, that the process and its children have used so far."""
    ticks = 0
    for pid in [parent, *_children(parent)]:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            match = re.search(r"^PPid:\s+(\d+)", status.read_text(), re.MULTILINE)
        except OSError:
            continue
        if match and int(match[1]) == parent:
            found.append(int(status.parent.name))
    return sorted(found)


def _one(pid: int) -> dict[str, float]:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return {}
    values = {name: int(size) / 1024 for name, size in re.findall(r"^(Rss|Pss|Private_Dirty):\s+(\d+) kB", text, re.M)}
    return {"rss_mib": round(values.get("Rss", 0), 1), "pss_mib": round(values.get("Pss", 0), 1)}
