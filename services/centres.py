"""What upper rooms ask about centres."""

from django.db.models import Q

from services.centre_finding import find
from services.models import Centre


def serving(territory_code: str) -> Centre | None:
    """The place to name to somebody of this municipality: its own, otherwise the regional centre; None without any."""
    wide = Q(kind__in=(Centre.Kind.CENTRE, Centre.Kind.CONTACT_CENTRE))
    here = Q(serves__code=territory_code) | Q(territory__code=territory_code)
    candidates = Centre.objects.known().filter(here | wide).distinct().with_hours().prefetch_related("serves", "phones")
    return find(candidates, territory_code).first
