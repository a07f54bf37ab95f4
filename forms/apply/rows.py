"""Rows of a repeating group on a page: names of their inputs; adding, copying and removing one without JavaScript."""

from collections.abc import Collection
from dataclasses import replace

from django.utils.datastructures import MultiValueDict

from forms.definitions.document import Field
from forms.definitions.fields.rows import MOST_ROWS, ROW_ID, address, fresh, is_given, limits

ADD, COPY, REMOVE = "row_add", "row_copy", "row_remove"
REMEMBERED = 2000
LONGEST_LIST = 5000

Typed = dict[str, list[str]]

_named: dict[str, tuple[Field, Field]] = {}


def named(group: Field, row_id: str, question: Field) -> Field:
    """The question as it stands in one row: its key is the name of its input there."""
    name = address(group.key, row_id, question.key)
    made_of, found = _named.get(name, (None, None))
    if found is None or made_of is not question:
        if len(_named) >= REMEMBERED:
            _named.clear()
        found = replace(question, key=name)
        _named[name] = question, found
    return found


def anchor(group: Field, row_id: str = "") -> str:
    """The id of a row's card, or of the whole group."""
    return f"id_{group.key}.{row_id}" if row_id else f"id_{group.key}"


def sent_ids(group: Field, data: MultiValueDict[str, str]) -> list[str] | None:
    """The rows that a page sent, in order; None when it says nothing of the group.

    The page lists them; without the list they are read from the names of the inputs. Whatever is no id is left out.
    """
    if group.key in data:
        found = str(data[group.key])[:LONGEST_LIST].split(",")
    else:
        prefix = f"{group.key}."
        found = [name.split(".")[1] for name in data if name.startswith(prefix)]
        if not found:
            return None
    return [row_id for row_id in dict.fromkeys(found) if ROW_ID.fullmatch(row_id)][: MOST_ROWS + 1]


def change(group: Field, typed: Typed, action: str, row_id: str, taken: Collection[str] = ()) -> tuple[Typed, str]:
    """What was typed after a row is added, copied or removed, and the row to come back to; blank for the group.

    A new row gets an id that is neither on the page nor `taken`.
    """
    ids = [each for each in typed.get(group.key, [""])[0].split(",") if each]
    if is_given(group):
        return typed, ""
    if action == REMOVE:
        return _removed(group, typed, ids, row_id)
    if len(ids) >= limits(group)[1] or (action == COPY and row_id not in ids):
        return typed, row_id if row_id in ids else ""
    new = fresh({*ids, *taken})
    place = ids.index(row_id) + 1 if action == COPY else len(ids)
    ids.insert(place, new)
    changed = _without(group, typed, new) | {group.key: [",".join(ids)]}
    if action == COPY:
        old = f"{group.key}.{row_id}."
        changed |= {
            f"{group.key}.{new}.{name[len(old) :]}": values for name, values in typed.items() if name.startswith(old)
        }
    return changed, new


def _removed(group: Field, typed: Typed, ids: list[str], row_id: str) -> tuple[Typed, str]:
    if row_id not in ids:
        return typed, ""
    place = ids.index(row_id)
    ids.remove(row_id)
    nearest = ids[min(place, len(ids) - 1)] if ids else ""
    return _without(group, typed, row_id) | {group.key: [",".join(ids)]}, nearest


def _without(group: Field, typed: Typed, row_id: str) -> Typed:
    prefix = f"{group.key}.{row_id}."
    return {name: values for name, values in typed.items() if not name.startswith(prefix)}
