"""The rows of a repeating group: which there are, and cleaning them one by one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.definitions import fields as registry
from forms.definitions.conditions import RowView, answered
from forms.definitions.world import World
from home.words import plural

from . import cleaning

if TYPE_CHECKING:
    from forms.definitions.document import Field

MOST_ROWS = 50
USUAL_MOST = 20
ROW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
NONE = "none"
Rows = list[dict[str, Any]]
Errors = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """One row that is asked for, and what is given for it."""

    id: str
    given: Mapping[str, Any]


def address(group_key: str, row_id: str, field_key: str) -> str:
    """The name of one answer in one row, in errors and in HTML: `qGROUP.<row id>.qFIELD`."""
    return f"{group_key}.{row_id}.{field_key}"


def limits(group: "Field") -> tuple[int, int]:
    """(fewest, most) rows; a required group has at least one."""
    least, most = group.options.get("min"), group.options.get("max")
    least = least if is_count(least) else 0
    most = most if is_count(most) and most else USUAL_MOST
    return min(max(least, 1 if group.required else 0), MOST_ROWS), min(max(most, least), MOST_ROWS)


def is_given(group: "Field") -> bool:
    """Whether another answer decides which rows there are."""
    return bool(group.options.get("count_from") or group.options.get("rows_from"))


def read(value: Any) -> list[Place]:
    """Rows as sent or stored: a list of rows, or an object of rows by id. Ids are made where they are missing."""
    if isinstance(value, Mapping):
        value = [{"id": key} | dict(row) for key, row in value.items() if isinstance(row, Mapping)]
    if not isinstance(value, list | tuple):
        return []
    places: list[Place] = []
    taken: set[str] = set()
    for row in value[: MOST_ROWS + 1]:
        if isinstance(row, Mapping):
            row_id = row.get("id")
            if not isinstance(row_id, str) or not ROW_ID.fullmatch(row_id) or row_id in taken:
                row_id = fresh(taken)
            taken.add(row_id)
            places.append(Place(row_id, row))
    return places


def fresh(taken: Collection[str]) -> str:
    """An id for a new row beside these."""
    return next(row_id for number in range(1, len(taken) + 2) if (row_id := f"r{number}") not in taken)


def places(group: "Field", value: Any, answers: Mapping[str, Any]) -> list[Place]:
    """The rows that are asked: those given, as many as the earlier answer says, or one a ticked choice."""
    given = read(value)
    if group.options.get("rows_from"):
        known = {place.id: place.given for place in given}
        ticked = answers.get(group.options["rows_from"])
        keys = [key for key in ticked if isinstance(key, str)] if isinstance(ticked, list) else []
        return [Place(key, known.get(key, {})) for key in keys if key != NONE][:MOST_ROWS]
    least, most = limits(group)
    if group.options.get("count_from"):
        count = answers.get(group.options["count_from"])
        least = most = min(count, most) if is_count(count) else 0
    return _padded(given[:most], least)


def _padded(found: list[Place], least: int) -> list[Place]:
    while len(found) < least:
        found = [*found, Place(fresh({place.id for place in found}), {})]
    return found


def clean(
    group: "Field",
    raw: Any,
    answers: Mapping[str, Any],
    world: World | None = None,
    asked: Mapping[str, Collection[str]] | None = None,
    *,
    strict: bool = False,
) -> tuple[Rows, Errors]:
    """Clean rows. `answers` stand before the group; `asked` are the keys that the page asked by row, when it is known.

    Errors are named by `address()`, those of the group by its key. Wholly blank rows are dropped unless they are
    needed. `strict`: an unknown key is an error (API).
    """
    world = world or World()
    if raw is not None and raw != "" and not isinstance(raw, list | tuple | Mapping):
        return [], {group.key: [_("Пришлите список записей")]}
    places_asked = places(group, _without_blank(group, raw), answers)
    errors: Errors = {}
    if not is_given(group) and len(read(_without_blank(group, raw))) > limits(group)[1]:
        errors[group.key] = [_("Оставьте не больше %s") % _count(limits(group)[1])]
    cleaned = []
    for place in places_asked:
        row = clean_row(group, place, answers, world, errors, asked=(asked or {}).get(place.id))
        if len(row) > 1 or group.options.get("rows_from"):
            cleaned.append(row)
        if strict:
            errors |= _unknown(group, place)
    least = 0 if is_given(group) else limits(group)[0]
    if len(cleaned) < least and not errors:
        words = registry.get(group.type).ask_for(group) if least == 1 else _("Заполните не меньше %s") % _count(least)
        errors[group.key] = [words]
    return cleaned, errors


def clean_row(
    group: "Field",
    place: Place,
    answers: Mapping[str, Any],
    world: World,
    errors: Errors,
    *,
    asked: Collection[str] | None = None,
) -> dict[str, Any]:
    """One row with its id; what is wrong goes to `errors`."""
    row: dict[str, Any] = {"id": place.id}
    seen = RowView(row, answers)
    for field in group.fields:
        if field.staff or not field.visible(seen, world):
            continue
        name = address(group.key, place.id, field.key)
        if field.type == "computed":
            value = field.compute(seen, world)
        elif asked is not None and field.is_sent and field.key not in place.given and field.key not in asked:
            errors[name] = [_("После вашего ответа появился этот вопрос. Ответьте и на него")]
            continue
        else:
            value = take(field, place.given.get(field.key), seen, world, errors, name=name)
        if answered(value):
            row[field.key] = value
    return row


def take(field: "Field", raw: Any, seen: Mapping[str, Any], world: World, errors: Errors, *, name: str = "") -> Any:
    """The cleaned answer to one question; None with an entry in `errors` when it is wrong."""
    try:
        return registry.get(field.type).clean(field.needed(seen, world), raw, seen)
    except ValidationError as error:
        errors[name or field.key] = list(error.messages)
        return None


def _without_blank(group: "Field", raw: Any) -> Any:
    if is_given(group):
        return raw
    found = read(raw)
    full = [place for place in found if not _is_blank(place.given)]
    spare = max(0, limits(group)[0] - len(full))
    blank = [place.id for place in found if _is_blank(place.given)][:spare]
    kept = {place.id for place in full} | set(blank)
    return [{**place.given, "id": place.id} for place in found if place.id in kept]


def _is_blank(row: Mapping[str, Any]) -> bool:
    return all(cleaning.is_blank(value) for key, value in row.items() if key != "id")


def _unknown(group: "Field", place: Place) -> Errors:
    known = {field.key for field in group.fields if not field.staff} | {"id"}
    sentence = _("Такого вопроса в форме нет. Уберите этот ответ")
    return {address(group.key, place.id, str(key)[:64]): [sentence] for key in place.given if key not in known}


def _count(number: int) -> str:
    return f"{number} {plural(number, _('записи'), _('записей'), _('записей'))}"


def is_count(value: Any) -> TypeGuard[int]:
    """A possible number of rows."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ROWS
