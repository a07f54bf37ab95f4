"""Groups as they would meet, were the hours of places or the production calendar other than they are."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.models import SupportGroup
from services.precedence import Special


def groups_at(places: Mapping[int, Iterable[Special]]) -> list[SupportGroup]:
    """The published groups that meet at these places, had each of them these special days; two queries."""
    found = list(SupportGroup.objects.live().with_schedule().filter(venue__in=places).order_by("path"))
    for group in found:
        group.rule = replace(group.rule, specials=tuple(places[group.venue_id]))
    return found


def groups_that_skip_holidays() -> list[SupportGroup]:
    """Those whom a day of the calendar concerns; two queries."""
    return list(SupportGroup.objects.live().with_schedule().filter(skips_holidays=True).order_by("path"))
