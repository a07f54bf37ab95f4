"""A step as it is drawn: questions, words between them, cards of rows; earlier answers put into the words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions import fields as field_types
from forms.definitions import following
from forms.definitions.conditions import answered
from forms.definitions.document import Definition, Field, Step
from forms.definitions.fields.rows import address, is_given, limits, places, read
from forms.definitions.journey import Journey, Row
from forms.definitions.onpage import depends
from forms.definitions.wording import worded

from . import rows
from .inputs import Card, Cards, Guarded, Shown
from .onpage import OnPage

Part = Field | Shown | Cards | Guarded


@dataclass
class Layout:
    """`answers`: the known ones by the name of their input."""

    parts: list[Part] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Page:
    """What one step is drawn from. `stay`: what stood on the page stays on it; `live`: hidden parts are drawn too, for
    the script to show; `given`: every stored answer, hidden ones too; `own`: what such a page asks itself."""

    definition: Definition
    journey: Journey
    kept: Mapping[str, Any]
    stay: OnPage | None
    live: bool
    given: Mapping[str, Any]
    own: frozenset[str] = frozenset()
    models: bool = False


def lay_out(
    definition: Definition,
    journey: Journey,
    here: Step,
    stay: OnPage | None = None,
    *,
    given: Mapping[str, Any] | None = None,
    models: bool = False,
) -> Layout:
    """The step as the journey shows it. `stay`: what stood on the page stays on it, however it was answered.

    With `given`, all stored answers, parts that answers of the page may show are laid out too, as guarded ones.
    `models`: a blank card for every group, not only where the page's own script counts rows.
    """
    own = following.own_keys(here) if given is not None else frozenset()
    page = _Page(definition, journey, journey.kept(), stay, given is not None, given or {}, own, models)
    layout = Layout(answers=dict(page.kept))
    settled = {question.key: question for question in journey.fields(here)}
    if stay:
        settled = {question.key: question for question in stay.questions} | settled
    for question in here.fields:
        found, shown = settled.get(question.key), question.key in settled
        if found is None and page.live and may_appear(question):
            found = field_types.settle(question, page.kept)
            layout.answers |= {question.key: page.given[question.key]} if question.key in page.given else {}
        if found is not None:
            layout.parts += _guarded(page, question.key, question, _parts(page, found, layout.answers), shown)
    return layout


def may_appear(question: Field) -> bool:
    """Whether a question that is not shown now may be shown to an applicant."""
    return not question.staff and (question.type != "computed" or bool(question.options.get("shown")))


def _guarded(
    page: _Page, name: str, question: Field, parts: Iterable[Field | Shown | Cards], shown: bool
) -> Iterator[Part]:
    for part in parts:
        if not (page.live and depends(question, page.own)):
            yield part
        else:
            blank = isinstance(part, Shown) and part.kind == "computed" and not part.text
            blank = blank or (isinstance(part, Cards) and part.is_empty)
            yield Guarded(name, part, shown and not blank)


def _parts(page: _Page, found: Field, answers: dict[str, Any]) -> Iterator[Field | Shown | Cards]:
    if found.type != "group":
        yield from _drawable(page, found, page.kept)
        return
    cards = _cards(page, worded(found, page.definition, page.kept), answers)
    if not cards.is_empty or cards.blank:
        yield cards


def _drawable(page: _Page, question: Field, seen: Mapping[str, Any]) -> Iterator[Field | Shown]:
    question = worded(question, page.definition, seen)
    if question.is_sent:
        yield question
    elif question.type == "heading":
        yield Shown("heading", question.label, question.hint)
    elif question.type == "explanation":
        yield Shown("explanation", question.label, str(question.options.get("text") or ""))
    elif answered(value := seen.get(question.key)):
        yield Shown("computed", question.label, field_types.get(question.type).display(question, value))
    elif page.live:
        yield Shown("computed", question.label, "")


def _cards(page: _Page, group: Field, answers: dict[str, Any]) -> Cards:
    on_page = page.stay.cards.get(group.key, {}) if page.stay else {}
    known = {row.id: row for row in page.journey.rows(group.key)}
    # Rows of a group that an answer hid stay while that answer is still wrong.
    ids = list(known) or list(on_page)[: limits(group)[1]]
    if not ids and page.live:
        ids = [place.id for place in places(group, page.given.get(group.key), page.kept)]
    least, most = limits(group)
    own = not is_given(group)
    cards = []
    for number, row_id in enumerate(ids, start=1):
        row = known.get(row_id)
        answers |= {address(group.key, row_id, key): value for key, value in _row_answers(page, group, row_id, row)}
        name = f"{group.key}.{row_id}"
        cards.append(
            Card(
                id=row_id,
                anchor=rows.anchor(group, row_id),
                title=row.title if row else field_types.Group().row_name(group, number),
                parts=tuple(_in_row(page, group, row_id, row, on_page.get(row_id, ()))),
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
        blank=_blank(page, group),
        add=group.key if own and len(ids) < most else "",
        add_label=group.options.get("add_label") or _("Добавить ещё"),
    )


def _blank(page: _Page, group: Field) -> Card | None:
    if not (page.models or following.is_counted(group, page.own)):
        return None
    row_id = following.BLANK_ROW
    return Card(
        id=row_id,
        anchor=rows.anchor(group, row_id),
        title=field_types.Group().row_name(group, 1),
        parts=tuple(_in_row(page, group, row_id, None, ())),
        copy="" if is_given(group) else f"{group.key}.{row_id}",
        remove="" if is_given(group) else f"{group.key}.{row_id}",
    )


def _row_answers(page: _Page, group: Field, row_id: str, row: Row | None) -> list[tuple[str, Any]]:
    """The known answers of a row; of hidden questions too where they may be shown again."""
    stored = next((place.given for place in read(page.given.get(group.key)) if place.id == row_id), {})
    known = dict(stored) | (row.answers if row else {})
    return [(key, value) for key, value in known.items() if key != "id"]


def _in_row(
    page: _Page, group: Field, row_id: str, row: Row | None, on_page: Iterable[Field]
) -> Iterator[Field | Shown | Guarded]:
    settled = {question.key: question for question in (*on_page, *(row.fields if row else ()))}
    seen = row.seen if row else page.kept
    for question in group.fields:
        found, shown = settled.get(question.key), question.key in settled
        if found is None and page.live and may_appear(question):
            found, shown = field_types.settle(question, seen), row is None and question.show_if is None
        if found is None:
            continue
        parts = (
            rows.named(group, row_id, part) if isinstance(part, Field) else part
            for part in _drawable(page, found, seen)
        )
        for part in _guarded(page, address(group.key, row_id, question.key), question, parts, shown):
            if not isinstance(part, Cards):
                yield part
