"""What a list asks for: an order, conditions, a place; the planner turns it into rows."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from forms.applications.querysets import ApplicationQuerySet

from . import paging
from .sides import Side


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: columns of one direction, the id behind them."""

    key: str
    columns: tuple[str, ...]
    descending: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that make a place in the list unique."""
        return (*self.columns, "id")

    def turned(self) -> "Sort":
        """The same the other way round."""
        return replace(self, descending=not self.descending)


@dataclass(frozen=True, slots=True)
class Plain:
    """A condition on a column of the row: one of `values` (None: empty), or from `low` up to below `high`."""

    column: str
    values: tuple[Any, ...] = ()
    low: Any = None
    high: Any = None

    def on(self, name: str) -> Q:
        """As a condition on a column, or on what stands for it."""
        if self.values:
            known = tuple(value for value in self.values if value is not None)
            listed = Q(**{f"{name}__in": known}) if len(known) != 1 else Q(**{name: known[0]})
            empty = Q(**{f"{name}__isnull": True})
            return listed if len(known) == len(self.values) else (listed | empty if known else empty)
        limits = {f"{name}__gte": self.low, f"{name}__lt": self.high}
        return Q(**{limit: value for limit, value in limits.items() if value is not None})

    @property
    def is_range(self) -> bool:
        """Whether two limits are asked for."""
        return not self.values

    @property
    def single(self) -> bool:
        """Whether one value is asked for."""
        return len(self.values) == 1 and self.values[0] is not None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is wanted: `rows` are those the user may see, narrowed to the folder; `few`: they are few; `teams`:
    the ids of the user's teams, None of who sees all of them; `drawn`: what the rows show, keys alone without it;
    `is_open`: whether all are open or all closed, None for both."""

    rows: ApplicationQuerySet
    sort: Sort
    plain: tuple[Plain, ...] = ()
    sides: tuple[Side, ...] = ()
    place: paging.Place = field(default_factory=paging.Place)
    size: int = 25
    few: bool = False
    teams: Any = None
    drawn: ApplicationQuerySet | None = None
    is_open: bool | None = None

    @property
    def everywhere(self) -> bool:
        """Whether rows of all teams are among them."""
        return self.teams is None
