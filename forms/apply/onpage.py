"""What stood on a page when it was sent: its questions, and the rows of its groups with theirs."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from forms.definitions.document import Definition, Field, Step
from forms.definitions.fields.rows import Place, address, clean_row
from forms.definitions.journey import Journey
from forms.definitions.world import World

from . import rows
from .taking import TYPED_LIMIT, asked, input_names, raw_answers, typed_text

ROWS_LIMIT = 3 * TYPED_LIMIT
Raw = dict[str, Any]


@dataclass(frozen=True)
class OnPage:
    """`questions` of the step itself; `cards`: the questions of each row by id, by the key of its group."""

    digest: str
    questions: tuple[Field, ...]
    cards: Mapping[str, Mapping[str, tuple[Field, ...]]] = field(default_factory=dict)

    @cached_property
    def groups(self) -> tuple[Field, ...]:
        """The repeating groups among the questions."""
        return tuple(question for question in self.questions if question.type == "group")

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """Every question that has inputs; one in a row is named by its place."""
        plain = [question for question in self.questions if question.type != "group"]
        inner = [
            rows.named(group, row_id, question)
            for group in self.groups
            for row_id, questions in self.cards[group.key].items()
            for question in questions
        ]
        return (*plain, *inner)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names that an error may have on this page."""
        return frozenset(question.key for question in (*self.inputs, *self.groups))

    def flat(self, data: MultiValueDict[str, str]) -> Raw:
        """What was typed, by input."""
        return raw_answers(self.digest, self.inputs, data)

    def folded(self, flat: Mapping[str, Any]) -> Raw:
        """The same with the rows of each group as a list, as the engine takes them."""
        inner = {
            group.key: [
                {"id": row_id} | {each.key: flat[address(group.key, row_id, each.key)] for each in questions}
                for row_id, questions in self.cards[group.key].items()
            ]
            for group in self.groups
        }
        return {question.key: flat[question.key] for question in self.questions if question.type != "group"} | inner

    def typed(self, data: MultiValueDict[str, str]) -> rows.Typed:
        """What a draft keeps of it until the step is right, the list of the rows first."""
        listed = {group.key: [",".join(self.cards[group.key])] for group in self.groups}
        room = ROWS_LIMIT if listed else TYPED_LIMIT
        return listed | typed_text(self.digest, self.inputs, data, room=room)

    def reading(self, definition: Definition, answers: Mapping[str, Any], flat: Mapping[str, Any]) -> Journey:
        """Where these answers lead with the rows of this page as far as they can be read, blank ones too."""
        world = World()
        if not self.groups:
            return Journey(definition, answers, world)
        kept, folded = Journey(definition, answers, world).kept(), self.folded(flat)
        read = {
            group.key: [clean_row(group, Place(row["id"], row), kept, world, {}) for row in folded[group.key]]
            for group in self.groups
        }
        return Journey(definition, {**answers, **read}, world)


def of(digest: str, journey: Journey, here: Step, data: MultiValueDict[str, str]) -> OnPage:
    """Read it from what was sent; a question of the staff or one that nobody answers is never there."""
    open_to_all = [question for question in here.fields if question.is_sent and not question.staff]
    found = asked(digest, open_to_all, data, journey.fields(here))
    ids = {group.key: rows.sent_ids(group, data) for group in found if group.type == "group"}
    questions = tuple(each for each in found if each.type != "group" or ids[each.key] is not None)
    said = frozenset(str(data["asked"]).split(",")) if "asked" in data else None

    def stood(name: str, named: Field, seen: Collection[str]) -> bool:
        if said is not None:
            return name in said
        return name in seen or any(each in data for each in input_names(digest, named))

    cards = {
        group.key: {row_id: tuple(_in_row(journey, group, row_id, stood)) for row_id in ids[group.key] or ()}
        for group in questions
        if group.type == "group"
    }
    return OnPage(digest, questions, cards)


def _in_row(
    journey: Journey, group: Field, row_id: str, stood: Callable[[str, Field, Collection[str]], bool]
) -> Iterator[Field]:
    visible = next((row.fields for row in journey.rows(group.key) if row.id == row_id), ())
    seen = {address(group.key, row_id, question.key) for question in visible}
    for question in group.fields:
        if question.is_sent and not question.staff:
            named = rows.named(group, row_id, question)
            if stood(named.key, named, seen):
                yield question
