"""What other screens ask of the applicant's: blank questions, and a whole form on one page (`definitions.drawing`)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from forms.definitions import whole as whole_form
from forms.definitions.answers import clean_step
from forms.definitions.document import Definition, Field
from forms.definitions.drawing import Drawn
from forms.definitions.journey import Journey
from forms.definitions.onpage import is_live, page_rules

from . import onpage, pagedata, rows
from .inputs import Cards, Guarded, Shown
from .layout import lay_out
from .preview_step import draw_step
from .stepform import StepForm, draw_blank
from .taking import parts_at_fault

__all__ = ["blank", "change", "draw", "draw_step", "read"]

Data = MultiValueDict[str, str]
ACTIONS = (rows.ADD, rows.COPY, rows.REMOVE)


def blank(question: Field) -> SafeString:
    """One question nobody has answered."""
    return draw_blank(question)


def read(digest: str, whole: Definition, data: Data) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Clean answers and what is wrong. A question that the answers made appear is wrong until the page has asked it."""
    here = whole_form.step_of(whole)
    page = onpage.of(digest, Journey(whole, {}), here, data)
    return clean_step(whole, here, {}, page.folded(page.flat(data)))


def change(digest: str, whole: Definition, data: Data) -> tuple[Data, str] | None:
    """What was typed after a button of a group was pressed, and the id of the row to come back to."""
    action = next((name for name in ACTIONS if name in data), "")
    if not action:
        return None
    page = onpage.of(digest, Journey(whole, {}), whole_form.step_of(whole), data)
    key, _dot, row_id = str(data[action]).partition(".")
    group = next((each for each in page.groups if each.key == key), None)
    if group is None:
        return data, ""
    typed, row_id = rows.change(group, page.typed(data), action, row_id)
    asked = [question.key for question in page.questions]
    changed = Data(typed | {"asked": [",".join(asked + _asked_in_rows(group, typed))]})
    return changed, rows.anchor(group, row_id)


def draw(
    digest: str,
    whole: Definition,
    *,
    answers: Mapping[str, Any] | None = None,
    typed: Data | None = None,
    errors: Mapping[str, list[str]] | None = None,
) -> Drawn:
    """The page with stored answers, or as it was typed with what is wrong."""
    here, given = whole_form.step_of(whole), dict(answers or {})
    page, wrong_parts = None, {}
    journey = Journey(whole, given)
    if typed is not None:
        page = onpage.of(digest, Journey(whole, {}), here, typed)
        flat = page.flat(typed)
        given, _wrong = clean_step(whole, here, {}, page.folded(flat))
        journey = page.reading(whole, given, flat)
        wrong_parts = parts_at_fault(page.inputs, flat) if errors else {}
    layout = lay_out(whole, journey, here, page, given=given if is_live(here) else None)
    form = StepForm(
        digest,
        layout.parts,
        answers=None if typed is not None else layout.answers,
        typed=typed,
        errors={key: list(each) for key, each in (errors or {}).items() if _stands(layout.parts, key)},
        wrong_parts=wrong_parts,
    )
    return _sorted(whole, form, page_rules(whole, here, journey))


def _sorted(whole: Definition, form: StepForm, rules: dict[str, Any]) -> Drawn:
    phone = whole_form.phone_of(whole)
    of_phone, first, rest, opened = SafeString(), [], [], False
    for part, html in zip(form.parts, form.drawn(), strict=True):
        bare = part.part if isinstance(part, Guarded) else part
        if isinstance(bare, Field) and phone is not None and bare.key == phone.key:
            of_phone = html
        elif _matters(whole, bare):
            first.append(html)
        else:
            rest.append(html)
            opened = opened or any(key in form.errors or _filled(form, key) for key in _keys(bare))
    data: dict[str, Any] = {"words": pagedata.words(), "number": 1}
    if rules:
        data |= pagedata.of_rules(rules)
    return Drawn(of_phone, tuple(first), tuple(rest), opened, form.keys, data, form.problems())


def _matters(whole: Definition, bare: Field | Shown | Cards) -> bool:
    if isinstance(bare, Shown):
        # A heading of folded questions would stand alone.
        return bare.kind != "heading"
    return whole_form.matters(whole.field(bare.key))


def _filled(form: StepForm, key: str) -> bool:
    return any(name.startswith(key) and form.data.get(name) for name in form.data) or key in form.initial


def _keys(bare: Field | Shown | Cards) -> Iterator[str]:
    if not isinstance(bare, Shown):
        yield bare.key


def _stands(parts: list[Any], key: str) -> bool:
    """Whether an error has a place on the page: at a question, a group, or a question in a row."""
    bare = [part.part if isinstance(part, Guarded) else part for part in parts]
    inner = [
        each.part if isinstance(each, Guarded) else each
        for part in bare
        if isinstance(part, Cards)
        for card in part.cards
        for each in card.parts
    ]
    return any(getattr(each, "key", "") == key for each in (*bare, *inner))


def _asked_in_rows(group: Field, typed: rows.Typed) -> list[str]:
    """Whatever is typed into a row was asked there."""
    listed = typed.get(group.key, [""])[0].split(",")
    return [f"{group.key}.{row_id}.{question.key}" for row_id in listed if row_id for question in group.fields]
