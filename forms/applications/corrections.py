"""Which answers may be corrected, and what a correction changes. Reads and computes; `answering` and `papers` write."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from forms.definitions import conditions, rules, versions
from forms.definitions.answers import clean_only
from forms.definitions.document import Definition, Field
from forms.definitions.journey import Journey
from forms.definitions.world import World

from . import applicant, indexing
from .models import Application, Correction, Inquiry
from .movement import Refused


class Wrong(Refused):
    """New answers that cannot be taken: `errors` by question, `opened` are the questions to show again."""

    def __init__(self, sentence: Any, errors: dict[str, list[str]], opened: Collection[str]) -> None:
        super().__init__(sentence)
        self.errors, self.opened = errors, opened


@dataclass(frozen=True, slots=True)
class Change:
    """One answer before and after; a side that is no answer is missing from `as_json`."""

    key: str
    before: Any
    after: Any
    asked: bool

    def as_json(self) -> dict[str, Any]:
        """As a Correction keeps it."""
        return {name: value for name, value in (("before", self.before), ("after", self.after)) if value is not None}


def world_of(application: Application) -> World:
    """Conditions hold for an application as they held on the day it was sent."""
    return World(timezone.localdate(application.received_at))


def journey_of(application: Application) -> Journey:
    """Where the stored answers lead."""
    definition = versions.definition_of(application.form_version_id)
    return Journey(definition, application.sheet.answers, world_of(application))


def correctable(application: Application) -> list[Field]:
    """The questions that staff may ask to answer again, in the order of the form."""
    journey = journey_of(application)
    shown = (question for step in journey.steps for question in journey.fields(step))
    return [question for question in shown if question.is_sent and not question.staff and question.type != "consent"]


def corrected(
    application: Application, asked: Collection[str], raw: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Change]]:
    """The whole sheet with new answers to these questions, and all that changes by them; raises Wrong."""
    definition = versions.definition_of(application.form_version_id)
    stored, world = application.sheet.answers, world_of(application)
    found = clean_only(definition, asked, stored, raw, world)
    errors = found.errors or _disagreements(definition, stored, found.answers, found.opened)
    if errors:
        raise Wrong("", errors, found.opened)
    before, after = Journey(definition, stored, world).kept(), Journey(definition, found.answers, world).kept()
    changes = _changes(before, after, found.opened)
    sheet = dict(stored)
    for change in changes:
        sheet.pop(change.key, None)
        if change.after is not None:
            sheet[change.key] = change.after
    return sheet, changes


def keep(
    application: Application, sheet: dict[str, Any], changes: Iterable[Change], inquiry: Inquiry | None
) -> dict[str, Any]:
    """Write the sheet and what it was before; the columns of the application that follow from it. Under its lock."""
    changes = list(changes)
    if not changes:
        return {}
    application.sheet.answers = sheet
    application.sheet.save(update_fields=["answers"])
    indexing.again(application)
    Correction.objects.bulk_create(
        Correction(
            application=application,
            inquiry=inquiry,
            field_key=change.key,
            asked=change.asked,
            change=change.as_json(),
        )
        for change in changes
    )
    definition = versions.definition_of(application.form_version_id)
    return dict(applicant.columns(definition, sheet))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], opened: Collection[str]) -> list[Change]:
    keys = dict.fromkeys([*before, *after])
    return [
        Change(key, before.get(key), after.get(key), key in opened) for key in keys if before.get(key) != after.get(key)
    ]


def _disagreements(
    definition: Definition, stored: Mapping[str, Any], answers: Mapping[str, Any], opened: Collection[str]
) -> dict[str, list[str]]:
    """Checks across answers that fail only now. A stop is no obstacle here: staff read the truth and decide."""
    known = {failed.rule.key for failed in rules.failed_checks(definition, stored)}
    errors: dict[str, list[str]] = {}
    for failed in rules.failed_checks(definition, answers):
        if failed.rule.key not in known:
            named = [*failed.fields, *conditions.references(failed.rule.when)]
            place = next((key for key in named if key in opened), next(iter(opened), ""))
            errors.setdefault(place, []).append(failed.message)
    return errors
