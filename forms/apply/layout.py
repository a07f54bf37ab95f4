"""A step as it is drawn: questions, words between them, cards of rows; earlier answers put into the words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions import fields as field_types
from forms.definitions.conditions import answered
from forms.definitions.document import Definition, Field, Step
from forms.definitions.fields.rows import address, is_given, limits
from forms.definitions.journey import Journey, Row
from forms.definitions.wording import worded

from . import rows
from .inputs import Card, Cards, Shown
from .onpage import OnPage

Part = Field | Shown | Cards


@dataclass
class Layout:
    """`answers`: the known ones by the name of their input."""

    parts: list[Part] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)


def lay_out(definition: Definition, journey: Journey, here: Step, stay: OnPage | None = None) -> Layout:
    """The step as the journey shows it. `stay`: what stood on the page stays on it, however it was answered."""
    kept = journey.kept()
    layout = Layout(answers=dict(kept))
    settled = {question.key: question for question in journey.fields(here)}
    if stay:
        settled = {question.key: question for question in stay.questions} | settled
    for question in here.fields:
        found = settled.get(question.key)
        if found is None:
            continue
        if found.type == "group":
            cards = _cards(definition, journey, worded(found, definition, kept), stay, layout.answers)
            layout.parts += [cards] if cards.cards or cards.add else []
        else:
            layout.parts += _drawable(definition, found, kept)
    return layout


def _drawable(definition: Definition, question: Field, seen: Mapping[str, Any]) -> Iterator[Field | Shown]:
    question = worded(question, definition, seen)
    if question.is_sent:
        yield question
    elif question.type == "heading":
        yield Shown("heading", question.label, question.hint)
    elif question.type == "explanation":
        yield Shown("explanation", question.label, str(question.options.get("text") or ""))
    elif answered(value := seen.get(question.key)):
        yield Shown("computed", question.label, field_types.get(question.type).display(question, value))


def _cards(
    definition: Definition, journey: Journey, group: Field, stay: OnPage | None, answers: dict[str, Any]
) -> Cards:
    on_page = stay.cards.get(group.key, {}) if stay else {}
    known = {row.id: row for row in journey.rows(group.key)}
    # Rows of a group that an answer hid stay while that answer is still wrong.
    ids = list(known) or list(on_page)[: limits(group)[1]]
    least, most = limits(group)
    own = not is_given(group)
    cards = []
    for number, row_id in enumerate(ids, start=1):
        row = known.get(row_id)
        answers |= {address(group.key, row_id, key): value for key, value in (row.answers if row else {}).items()}
        name = f"{group.key}.{row_id}"
        cards.append(
            Card(
                id=row_id,
                anchor=rows.anchor(group, row_id),
                title=row.title if row else field_types.Group().row_name(group, number),
                parts=tuple(_in_row(definition, group, row_id, row, on_page.get(row_id, ()))),
                copy=name if own and len(ids) < most else "",
                remove=name if own and len(ids) > least else "",
            )
        )
    return Cards(
        key=group.key,
        anchor=rows.anchor(group),
        label=group.label,
        hint=group.hint,
        cards=tuple(cards),
        add=group.key if own and len(ids) < most else "",
        add_label=group.options.get("add_label") or _("Добавить ещё"),
    )


def _in_row(
    definition: Definition, group: Field, row_id: str, row: Row | None, on_page: Iterable[Field]
) -> Iterator[Field | Shown]:
    settled = {question.key: question for question in (*on_page, *(row.fields if row else ()))}
    seen = row.seen if row else {}
    for question in group.fields:
        if found := settled.get(question.key):
            for part in _drawable(definition, found, seen):
                yield rows.named(group, row_id, part) if isinstance(part, Field) else part
