"""Municipalities as forms, routing and pages know them: by code, from the cache."""

from dataclasses import dataclass

from django.apps import apps

from services.place_names import resolve
from services.remembered import TERRITORIES, remember

REGION = "region"
"""The kind of the whole region, which is not for a picker (`Territory.Kind.REGION`)."""


@dataclass(frozen=True)
class _Known:
    pickable: tuple[tuple[str, str], ...]
    names: dict[str, str]
    also: dict[str, tuple[str, ...]]
    above: dict[str, tuple[str, ...]]
    ids: dict[str, int]
    below: dict[str, frozenset[str]]


def choices() -> list[tuple[str, str]]:
    """(code, name) of the municipalities in force, by alphabet, for a picker."""
    return list(_known().pickable)


def for_picker() -> list[tuple[str, str, str]]:
    """(code, name, what else it is called) for a picker that looks by any of them."""
    known = _known()
    return [(code, name, ", ".join(known.also.get(code, ()))) for code, name in known.pickable]


def names() -> dict[str, str]:
    """Name by code, the abolished ones too: for lists that show many."""
    return dict(_known().names)


def name_of(code: str) -> str:
    """The name behind a stored code; the code itself when nobody knows it any more."""
    return _known().names.get(code, code)


def ids() -> dict[str, int]:
    """Primary key by code."""
    return dict(_known().ids)


def descendants(code: str) -> frozenset[str]:
    """Codes of the territories that lie in this one, at any depth, without itself; empty for an unknown code."""
    return _known().below.get(code, frozenset())


def also_called(code: str) -> tuple[str, ...]:
    """Towns and villages of the municipality, by which people may look for it."""
    return _known().also.get(code, ())


def named(text: str) -> tuple[str, ...]:
    """Codes of the municipalities in force that a text as people write it may mean; see `place_names.resolve`."""
    known = _known()
    return resolve(text, {code: (name, *known.also.get(code, ())) for code, name in known.pickable})


def above(code: str) -> tuple[str, ...]:
    """The code itself and those it lies in, nearest first: a district of a city, the city, the region."""
    return (code, *_known().above.get(code, ()))


def parts(code: str) -> list[tuple[str, str]]:
    """(code, name) of the municipalities in force right below this one: the districts of a city."""
    known = _known()
    return [(each, name) for each, name in known.pickable if known.above.get(each, ())[:1] == (code,)]


def _known() -> _Known:
    return remember(TERRITORIES, _read)


def _read() -> _Known:
    # By name: the pages of this room offer the picker, so it cannot import their package.
    model = apps.get_model("services", "Territory")
    rows = list(model.objects.order_by("name"))
    codes = {row.pk: row.code for row in rows}
    parents = {row.code: codes[row.parent_id] for row in rows if row.parent_id}
    also = {row.code: tuple(part.strip() for part in row.also_called.split(",") if part.strip()) for row in rows}
    return _Known(
        pickable=tuple((row.code, row.name) for row in rows if row.is_active and row.kind != REGION),
        names={row.code: row.name for row in rows},
        also={code: called for code, called in also.items() if called},
        above=_above(parents),
        ids={code: pk for pk, code in codes.items()},
        below=_below(parents),
    )


def _above(parents: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code in parents:
        chain = [code]
        while (next_one := parents.get(chain[-1])) and next_one not in chain:
            chain.append(next_one)
        found[code] = tuple(chain[1:])
    return found


def _below(parents: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in parents:
        above, seen = parents.get(code), {code}
        while above and above not in seen:
            seen.add(above)
            found.setdefault(above, set()).add(code)
            above = parents.get(above)
    return {code: frozenset(codes) for code, codes in found.items()}
