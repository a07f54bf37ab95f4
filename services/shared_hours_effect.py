"""What one exception for many centres changes in each of them, and where something else holds, before it is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from services import meetings, supposed
from services.centre_words import days_words
from services.holidays import calendar
from services.hours import Spans, Timetable, hours_words, spans_on, special_on
from services.meetings import Consequence
from services.models import Centre, SharedHours
from services.precedence import Special
from services.production_calendar import ONE_DAY


@dataclass(frozen=True, slots=True)
class Effect:
    """One place: its hours on these days as they are now, and as they will be.

    `kept`: why the exception does not hold there on some of these days, or on all of them (`is_idle`); `is_left`: the
    place was in the list and is no more.
    """

    name: str
    now: tuple[str, ...]
    then: tuple[str, ...]
    kept: tuple[str, ...]
    is_idle: bool
    is_left: bool


def effects(shared: SharedHours, centres: Any) -> list[Effect]:
    """What saving `shared` for these centres changes, place by place; a handful of queries, however many."""
    chosen = _chosen(centres)
    return [_effect(shared, centre, is_left=centre.pk not in chosen) for centre in _touched(shared, chosen)]


def told(shared: SharedHours, centres: Any) -> Consequence | None:
    """What people registered for groups at these places would be told of it; None where nobody would be."""
    chosen, places = _chosen(centres), {}
    for centre in _touched(shared, chosen):
        places[centre.pk] = _then(shared, centre, is_left=centre.pk not in chosen)
    return meetings.told(supposed.groups_at(places))


def _chosen(centres: Any) -> set[int]:
    return set(centres.values_list("pk", flat=True))


def _touched(shared: SharedHours, chosen: set[int]) -> list[Centre]:
    before = set(shared.centres.values_list("pk", flat=True)) if shared.pk else set()
    return list(Centre.objects.filter(pk__in=chosen | before).with_hours().order_by("kind", "title"))


def _then(shared: SharedHours, centre: Centre, *, is_left: bool) -> tuple[Special, ...]:
    """The special days of a place once `shared` is saved."""
    kept = [row for row in centre.special_days if not (shared.pk and row.pk == shared.pk and row.is_shared)]
    return tuple(row.special for row in kept) + (() if is_left else (shared.special,))


def _effect(shared: SharedHours, centre: Centre, *, is_left: bool) -> Effect:
    before = centre.timetable
    after = replace(before, specials=_then(shared, centre, is_left=is_left))
    first, last = shared.first_day, shared.last_day
    stopped = centre.not_working(timezone.now())
    if stopped:
        kept = [_("{state}: часы на сайте не показаны").format(state=stopped)]
    else:
        kept = [] if is_left else list(_kept(after, shared.special))
    idle = bool(stopped) or (
        not is_left and not any(shared.special.is_same(special_on(after, day)) for day in _days(first, last))
    )
    return Effect(
        centre.shown_name,
        tuple(_lines(before, first, last)),
        tuple(_lines(after, first, last)),
        tuple(kept),
        idle,
        is_left,
    )


def _kept(table: Timetable, shared: Special) -> Iterator[str]:
    """«31 декабря: остаётся «Ремонт», 1 декабря – 31 января, закрыто», one line for each run of days."""
    for held, run in groupby(_days(shared.first, shared.last), key=lambda day: special_on(table, day)):
        days = list(run)
        words = {"days": days_words(days[0], days[-1])}
        if held is not None and not shared.is_same(held):
            words |= {"reason": held.reason, "held": days_words(held.first, held.last), "hours": _words(held.spans)}
            kind = _("другой общий график") if held.is_shared else _("свой график")
            yield _("{days}: остаётся {kind} «{reason}» ({held}): {hours}").format(kind=kind, **words)
        elif held is not None and held.spans != shared.spans:
            yield _("{days}: только в пределах своего графика на эти дни").format(**words)


def _lines(table: Timetable, first: date, last: date) -> Iterator[str]:
    """«1–8 января: закрыто», one line for each run of days with the same hours."""
    known = calendar()
    for spans, run in groupby(_days(first, last), key=lambda day: spans_on(table, day, known)):
        same = list(run)
        yield f"{days_words(same[0], same[-1])}: {_words(spans)}"


def _days(first: date, last: date) -> list[date]:
    return [first + ahead * ONE_DAY for ahead in range((last - first).days + 1)]


def _words(spans: Spans) -> str:
    return ", ".join(part for part in hours_words(spans) if part) or _("закрыто")
