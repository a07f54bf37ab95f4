"""What else on a page follows its answers at once: words that hold them, choices cut by them, rows counted by them, and
dates that have limits against them.

portal/static/portal/following.js does in the browser what fields/choices.py, fields/rows.py, fields/date_limits.py and
wording.py do here.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from . import fields as field_types
from .conditions import references
from .document import Definition
from .fields.choices import read_choices
from .fields.rows import limits
from .question import Field, Step
from .wording import PLACE, render, texts

UNSPOKEN = frozenset({"consent"})
"""Answers of these types stand in words only after the step was sent."""
_LIMITS = {"date": ("min", "max"), "birth_date": ("age_on", "age_min", "age_max")}
BLANK_ROW = "--row--"
"""What stands for the id of a row in the card that a browser makes new ones of; no row can have it."""


def own_keys(step: Step) -> frozenset[str]:
    """The keys of everything that a step asks, in rows too."""
    return frozenset(each.key for field in step.fields for each in (field, *field.fields))


def follows(field: Field, own: Collection[str]) -> bool:
    """Whether its words, its choices, its rows or its limits depend on one of the answers `own`."""
    return bool(has_words(field, own) or is_cut(field, own) or is_counted(field, own) or is_limited(field, own))


def has_words(part: Field | Step, own: Collection[str]) -> bool:
    """Whether a text of it holds one of these answers."""
    return any(key in own for text in texts(part).values() for key in _asked(text))


def is_cut(field: Field, own: Collection[str]) -> bool:
    """Whether its choices depend on one of these answers."""
    options = field.options
    if not {"choices_if", "choices_from_rows"} & options.keys():
        return False
    return any(key in own for key in field_types.get(field.type).refers(field)) or any(
        key in own for condition in cuts(field) for key in references(condition)
    )


def is_counted(field: Field, own: Collection[str]) -> bool:
    """Whether one of these answers decides which rows there are."""
    return field.type == "group" and any(field.options.get(name) in own for name in ("count_from", "rows_from"))


def is_limited(field: Field, own: Collection[str]) -> bool:
    """Whether a date must be before or after one of these answers."""
    return field.type in _LIMITS and any(key in own for key in field_types.get(field.type).refers(field))


def cuts(field: Field) -> list[Any]:
    """The conditions of its choices."""
    given = field.options.get("choices_if")
    return list(given.values()) if isinstance(given, Mapping) and field.type != "group" else []


def rules(field: Field, own: Collection[str], definition: Definition, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON for the page; earlier answers stand in its words already."""
    found: dict[str, Any] = {}
    if has_words(field, own):
        names = {"options": "text"}
        found["words"] = {
            names.get(name, name): list(_parts(text, own, definition, kept)) for name, text in texts(field).items()
        }
    if is_cut(field, own):
        found |= _choices(field)
    if is_counted(field, own):
        found |= _rows(field, definition)
    if is_limited(field, own):
        found["limits"] = {name: field.options[name] for name in _LIMITS[field.type] if field.options.get(name)}
    return found


def told(definition: Definition, step: Step) -> dict[str, list[str | list[str]]]:
    """Title and lead of a step in pieces, where answers of its own page stand in them: only a preview has those."""
    own = own_keys(step)
    return {name: list(_parts(text, own, definition, {})) for name, text in texts(step).items() if _asked(text) & own}


def spoken(definition: Definition, step: Step) -> dict[str, dict[str, Any]]:
    """How the answers of this step that stand in words of it are said, by key."""
    own = own_keys(step)
    everything = [each for field in step.fields if not field.staff for each in (field, *field.fields)]
    parts: list[Field | Step] = [step, *everything]
    asked = {key for each in parts for text in texts(each).values() for key in _asked(text) if key in own}
    return {key: _spoken(definition.field(key)) for key in sorted(asked) if definition.field(key).type not in UNSPOKEN}


def _spoken(field: Field) -> dict[str, Any]:
    how: dict[str, Any] = {"type": field.type}
    if field.options.get("unit"):
        how["unit"] = field.options["unit"]
    source = field.options.get("choices_from_rows")
    if isinstance(source, Mapping):
        return how | {"from_rows": dict(source)}
    if field.type == "group":
        inner = [[each.key, each.label, _spoken_in_row(each)] for each in field.fields if not each.staff]
        return how | {"title": _row_title(field), "of": inner}
    kind: Any = field_types.get(field.type)
    choices = kind.papers(field) if field.type == "file" else kind.choices(field)
    return how | ({"labels": dict(choices)} if choices else {})


def _spoken_in_row(field: Field) -> dict[str, Any]:
    how = _spoken(field)
    how.pop("from_rows", None)  # a row is told without the other rows
    return how


def _row_title(group: Field) -> str:
    """What stands before the number of a row."""
    return field_types.Group().row_name(group, 1).removesuffix(" 1")


def _asked(text: str) -> set[str]:
    return {found.group(1) for found in PLACE.finditer(text)} if "{" in text else set()


def _parts(
    text: str, own: Collection[str], definition: Definition, kept: Mapping[str, Any]
) -> Iterator[str | list[str]]:
    """The text in pieces: plain words, and `[key, fallback]` where an answer of the page stands."""
    end = 0
    for place in PLACE.finditer(text):
        if place.group(1) in own and definition.field(place.group(1)).type not in UNSPOKEN:
            yield from filter(None, [render(text[end : place.start()], definition, kept)])
            yield [place.group(1), place.group(2) or ""]
            end = place.end()
    yield from filter(None, [render(text[end:], definition, kept)])


def _choices(field: Field) -> dict[str, Any]:
    source, kind = field.options.get("choices_from_rows"), field_types.get(field.type)
    known = read_choices(field.options.get("choices"))
    # «Другое» and «ничего из этого» stand after the list and are never cut.
    extra = [[key, words] for key, words in kind.choices(field) if key not in dict(known)]
    if isinstance(source, Mapping):
        return {"from_rows": dict(source), "extra": extra}
    return {"choices": known, "cuts": dict(field.options["choices_if"]), "extra": extra}


def _rows(group: Field, definition: Definition) -> dict[str, Any]:
    source = group.options.get("rows_from")
    if source:
        question = definition.field(str(source))
        return {"rows_from": source, "titles": dict(field_types.get(question.type).choices(question))}
    return {"count_from": group.options["count_from"], "most": limits(group)[1], "title": _row_title(group)}
