"""What stands between the applicant and the next page besides unanswered questions: stops, answers that disagree."""

from collections.abc import Mapping
from typing import Any

from forms.definitions import conditions, rules
from forms.definitions.document import Definition, Step
from forms.definitions.rule import Rule
from forms.definitions.rules import FailedCheck

from .onpage import OnPage
from .visit import Visit


def barred(visit: Visit, here: Step) -> str:
    """Where to go instead of a step that a hard stop before it closes; blank if the way is free."""
    previous = visit.journey.previous(here.key) if visit.definition.rules else None
    if previous is None:
        return ""
    rule = rules.stop_for(visit.definition, visit.answers, previous.key)
    return visit.stop_url(previous) if rule and rule.hard else ""


def barred_from_sending(visit: Visit) -> str:
    """Where to go instead of the check page: to a hard stop, or to a step whose answers disagree; blank if free."""
    definition, answers = visit.definition, visit.answers
    if not definition.rules:
        return ""
    if rules.hard_stop(definition, answers):
        return visit.stop_url(visit.journey.steps[-1])
    journey = visit.journey
    steps = (rules.due_step(definition, failed.rule) for failed in rules.failed_checks(definition, answers))
    return next((visit.url(step) for step in steps if step and journey.shows(step.key)), "")


def stop_at(visit: Visit, step: Step) -> Rule | None:
    """The stop to tell of after a step: a hard one that holds, else a soft one that this step decides."""
    if not visit.definition.rules:
        return None
    return rules.stop_for(visit.definition, visit.answers, step.key)


def disagreements(
    definition: Definition, answers: Mapping[str, Any], here: Step, on_page: OnPage
) -> dict[str, list[str]]:
    """What the editor's checks say of the answers that the step decides, by question of the page."""
    found: dict[str, list[str]] = {}
    for failed in rules.failed_checks(definition, answers, here.key):
        if place := _place(failed, on_page):
            found.setdefault(place, []).append(failed.message)
    return found


def _place(failed: FailedCheck, on_page: OnPage) -> str:
    """The question that shows it: one that the editor named, one that the condition asks about, or the first."""
    keys = [question.key for question in on_page.questions]
    named = [*failed.fields, *conditions.references(failed.rule.when)]
    return next((key for key in named if key in keys), keys[0] if keys else "")
