"""Limits of a date: `min` and `max` of its options.

An ISO date; `{"today": n, "unit": …}`, n days, months or years from today; `{"q": key, "plus": n, "unit": …}`, counted
from the answer to an earlier question, no limit while that has none. The unit is days unless it is said.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.definitions import dates

FIRST_YEAR, LAST_YEAR = 1880, 2200
MOST = {"days": 73_000, "months": 2400, "years": 200}
NAMES = ("min", "max")


def limits(options: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Earliest and latest day; a wrong limit, or one against an answer that is not known here, is none."""
    earliest, latest = (_date(options.get(name)) for name in NAMES)
    return earliest, latest


def settled(options: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options with limits against other answers made dates; the same object where there are none."""
    depending = [name for name in NAMES if _key(options.get(name))]
    if not depending:
        return options
    found = {}
    for name in depending:
        limit = options[name]
        start = dates.read(answers.get(_key(limit)))
        moved = dates.shift(start, *_step(limit, "plus")) if start and _good_step(limit, "plus") else None
        found[name] = moved.isoformat() if moved else None
    return {**options, **found}


def refers(options: Mapping[str, Any]) -> Iterator[str]:
    """Keys of the questions that the limits are counted from."""
    yield from filter(None, (_key(options.get(name)) for name in NAMES))


def errors(options: Mapping[str, Any]) -> list[str]:
    """What is wrong with the limits, as sentences for the editor."""
    if not all(_good(options.get(name)) for name in NAMES):
        return [_("Граница даты записана неверно")]
    earliest, latest = limits(options)
    if earliest and latest and earliest > latest:
        return [_("Ранняя граница позже поздней. Поменяйте их местами")]
    return []


def _date(limit: Any) -> date | None:
    if isinstance(limit, str):
        found = dates.read(limit)
        return found if found and len(limit) == 10 else None
    if isinstance(limit, Mapping) and "today" in limit and _good_step(limit, "today"):
        return dates.shift(timezone.localdate(), *_step(limit, "today"))
    return None


def _good(limit: Any) -> bool:
    if limit is None or limit == "":
        return True
    if isinstance(limit, str):
        return _date(limit) is not None
    if not isinstance(limit, Mapping):
        return False
    if _key(limit):
        return limit.keys() <= {"q", "plus", "unit"} and _good_step(limit, "plus")
    return "today" in limit and limit.keys() <= {"today", "unit"} and _good_step(limit, "today")


def _good_step(limit: Mapping[str, Any], name: str) -> bool:
    count, unit = limit.get(name) or 0, limit.get("unit") or "days"
    known = isinstance(unit, str) and unit in MOST
    return known and isinstance(count, int) and not isinstance(count, bool) and abs(count) <= MOST[unit]


def _step(limit: Mapping[str, Any], name: str) -> tuple[int, str]:
    return limit.get(name) or 0, limit.get("unit") or "days"


def _key(limit: Any) -> str:
    key = limit.get("q") if isinstance(limit, Mapping) else None
    return key if isinstance(key, str) else ""
