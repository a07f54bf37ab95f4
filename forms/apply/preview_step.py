"""One step of a form that is being built, drawn as its applicant meets it, with its rules for the page's script.

Nothing is kept: there is no draft, and what an editor tries stays in the browser.
"""

from forms.definitions import following
from forms.definitions.document import Definition, Step
from forms.definitions.drawing import LiveStep
from forms.definitions.fields.rows import is_given
from forms.definitions.journey import Journey
from forms.definitions.onpage import is_live, page_rules

from .inputs import Guarded
from .layout import Part, lay_out
from .pagedata import of_rules, words
from .stepform import StepForm

DIGEST = "preview"


def draw_step(definition: Definition, step: Step, number: int, first: int) -> LiveStep:
    """The questions of `step`, those from the place `first` on apart; of a group whose rows are one's own, one row."""
    given = {each.key: [{"id": "r1"}] for each in step.fields if each.type == "group" and not is_given(each)}
    journey = Journey(definition, given)
    rules = page_rules(definition, step, journey, also=[rule.when for rule in definition.rules])
    parts = lay_out(definition, journey, step, given=given if is_live(step) else None, models=True).parts
    before = {each.key for each in step.fields[:first]}
    form = StepForm(DIGEST, parts)
    drawn = list(zip(map(_name, parts), form.drawn(), strict=True))
    data: dict[str, object] = {"words": words(), "number": number}
    if rules:
        data |= of_rules(rules)
        data["plays"] = [rule.to_json() for rule in definition.rules]
        data["told"] = following.told(definition, step)
    return LiveStep(
        before=tuple(html for key, html in drawn if key in before),
        parts=tuple(html for key, html in drawn if key not in before),
        asked=form.keys,
        data=data,
        is_live=bool(rules),
    )


def _name(part: Part) -> str:
    """The key of the question that a part is of; shown words that depend on nothing have none."""
    return part.name if isinstance(part, Guarded) else getattr(part, "key", "")
