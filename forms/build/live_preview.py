"""A step of the preview at work: its conditions run while the editor tries answers, and nothing is stored.

Questions of earlier steps that decide on something here stand above it, as an editor's own panel: with them the step is
one page to the rules, and shows itself as it will to an applicant who answered so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forms.definitions import conditions, expressions, fields, rules, wording
from forms.definitions.document import Definition
from forms.definitions.drawing import LiveStep, painter
from forms.definitions.question import Field
from forms.definitions.rule import Rule


def of_step(definition: Definition, place: int) -> LiveStep:
    """The step at this place of the form, from 0, with the earlier questions it depends on before it.

    Its own condition is not asked: the editor looks at it whatever was answered before. Stops and checks that are
    decided after it are played with it.
    """
    here = definition.steps[place]
    decided = tuple(rule for rule in definition.rules if rules.due_step(definition, rule) is here)
    before = tuple(_deciding(definition, place, decided))
    merged = replace(here, show_if=None, fields=(*before, *here.fields))
    alone = replace(definition, steps=(merged, *definition.steps[place + 1 :]), rules=decided)
    return painter().draw_step(alone, merged, place + 1, len(before))


def _deciding(definition: Definition, place: int, decided: Iterable[Rule]) -> Iterator[Field]:
    """Earlier questions that the step or these rules ask about, and those that these ask about, in the form's order."""
    earlier = {
        each.key: field for step in definition.steps[:place] for field in step.fields for each in _with_inner(field)
    }
    found: set[str] = set()
    here = definition.steps[place]
    waiting = [key for field in here.fields for key in _asked(field)]
    waiting += [key for text in wording.texts(here).values() for key in wording.references(text)]
    waiting += [key for rule in decided for key in conditions.references(rule.when)]
    while waiting:
        field = earlier.get(waiting.pop())
        if field is not None and not field.staff and field.key not in found:
            found.add(field.key)
            waiting += _asked(field)
    for step in definition.steps[:place]:
        yield from (field for field in step.fields if field.key in found)


def _with_inner(field: Field) -> tuple[Field, ...]:
    return (field, *field.fields)


def _asked(field: Field) -> list[str]:
    """Every key that a question asks for: in conditions, settings, calculations and words, those of its rows too."""
    return [key for each in _with_inner(field) for key in _asked_by(each)]


def _asked_by(field: Field) -> Iterator[str]:
    for condition in (field.show_if, field.required_if):
        if condition:
            yield from conditions.references(condition)
    if field.type == "computed":
        yield from expressions.references(field.options["expr"])
    yield from fields.get(field.type).refers(field)
    for text in wording.texts(field).values():
        yield from wording.references(text)
