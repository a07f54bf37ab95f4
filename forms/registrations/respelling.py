"""Digests of persons that were made by another key or by earlier rules: made anew before anybody is compared with them.

Lazily, under the lock of the session: the key of a site may change any day, and nobody then has to think of this.
"""

from collections.abc import Iterable

from forms.applications.models import Application
from forms.definitions import versions

from . import people
from .models import Session


def bring_up(session: Session) -> int:
    """Make the digests of a locked session those of now; how many were of another spelling. One query where none is.

    Two registrations of one person that the earlier rules took for two stay: the later one keeps its digest.
    """
    now = people.spelling()
    stale = list(
        session.registrations.active().exclude(spelling=now).select_related("application__sheet").order_by("pk")
    )
    if not stale:
        return 0
    taken = set(session.registrations.active().filter(spelling=now).values_list("person", flat=True))
    keys = _keys(row.application for row in stale)
    for row in stale:
        key = keys.get((row.application_id, row.row), row.person)
        row.spelling = now
        if key not in taken and key not in (other.person for other in stale if other is not row):
            row.person = key
        taken.add(row.person)
        row.save(update_fields=["person", "spelling"])
    return len(stale)


def _keys(applications: Iterable[Application]) -> dict[tuple[int, int], int]:
    """The digests of now by application and row; nothing for one whose answers were erased."""
    found = {}
    for application in {each.pk: each for each in applications}.values():
        if not application.sheet.answers:
            continue
        definition = versions.definition_of(application.form_version_id)
        for person in people.of(application, definition, application.sheet.answers):
            found[application.pk, person.row] = person.key
    return found
