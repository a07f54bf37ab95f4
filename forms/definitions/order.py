"""What was moved between two orders of the same things."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence


def moved_keys(old: Sequence[str], new: Iterable[str]) -> set[str]:
    """The fewest keys whose moving turns the old order into the new one."""
    places = {key: place for place, key in enumerate(old)}
    common = [key for key in new if key in places]
    tails: list[int] = []
    before: dict[str, str | None] = {}
    ends: list[str] = []
    for key in common:
        size = bisect_left(tails, places[key])
        before[key] = ends[size - 1] if size else None
        tails[size : size + 1], ends[size : size + 1] = [places[key]], [key]
    staying: set[str] = set()
    key_now = ends[-1] if ends else None
    while key_now is not None:
        staying.add(key_now)
        key_now = before[key_now]
    return set(common) - staying
