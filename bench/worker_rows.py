"""What exports and batches need beside the rows of the queue's bench: families in rows of a group, and people."""

import json
from random import Random
from typing import Any

from django.db import connection
from django.db.models import F

from accounts import roles
from accounts.models import User
from forms.applications.models import Application, Sheet
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.models import FormVersion

from .queue_region import CHOICES, FIRST, Region

# The forms that most people fill in, half of them by a newer version that also asks for the family.
FAMILIES, VARIANTS, TEAMS = 5, 12, 5
MANAGER, LEAD, HELPER = "bench-manager", "bench-lead-of-five", "bench-helper"


def make(region: Region) -> None:
    """Lay them, over the rows of `queue_rows`."""
    _person(MANAGER, "manager", region.teams[:1])
    _person(LEAD, "lead", region.teams[:TEAMS])
    _person(HELPER, "reviewer", region.teams[:TEAMS])
    families = _families()
    for version in region.versions[:FAMILIES]:
        newer = _newer(version)
        rows = Application.objects.filter(form_version=version).annotate(odd=F("pk") % 2)
        rows.filter(odd=0).update(form_version=newer)
        for number, family in enumerate(families):
            _answered(newer, number, json.dumps({"q_family": family}))


def _person(name: str, role: str, teams: Any) -> None:
    user = User.objects.create(username=name, last_name=name.title(), first_name="Анна", is_active=True)
    roles.add_to_role(user, role)
    user.teams.add(*teams)


def _families() -> list[list[dict[str, Any]]]:
    """None to three people each."""
    draw = Random(2)
    return [
        [
            {
                "id": f"r{place}",
                "q_kin": draw.choice(CHOICES)["key"],
                "q_kid": draw.choice(FIRST),
                "q_born": f"{draw.randrange(1960, 2026)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}",
            }
            for place in range(number % 4)
        ]
        for number in range(VARIANTS)
    ]


def _newer(version: FormVersion) -> FormVersion:
    """The next version of the form, which has a group."""
    asked: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("q_kin", "choice", "Кто это", {"choices": CHOICES}),
        *(("q_kid", "short_text", "Имя", {}), ("q_born", "date", "Когда родился", {})),
    )
    common = {"hint": "", "required": False, "show_if": None}
    inner = [{"key": key, "type": kind, "label": label, "options": more} | common for key, kind, label, more in asked]
    options = {"min": 0, "max": 6, "row_title": "Человек"}
    document = json.loads(json.dumps(version.document))
    group = {"key": "q_family", "type": "group", "label": "Семья", "options": options, "fields": inner} | common
    document["steps"][0]["fields"].append(group)
    return versions.publish(version.form, Definition.from_json(document))


def _answered(version: FormVersion, number: int, family: str) -> None:
    """Put this family into every twelfth sheet of the version."""
    sheets, rows = Sheet._meta.db_table, Application._meta.db_table
    value = "json_patch(answers, %s)" if connection.vendor == "sqlite" else "answers || %s::jsonb"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {sheets} SET answers = {value} WHERE application_id IN"
            f" (SELECT id FROM {rows} WHERE form_version_id = %s AND (id / 2) %% {VARIANTS} = %s)",
            [family, version.pk, number],
        )
