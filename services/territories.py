"""Municipalities as forms, routing and pages know them: by code, from the cache."""

from dataclasses import dataclass

from django.apps import apps

from services.remembered import TERRITORIES, remember

REGION = "region"
"""The kind of the whole region, which is not for a picker (`Territory.Kind.REGION`)."""


@dataclass(frozen=True)
class _Known:
    pickable: tuple[tuple[str, str], ...]
    names: dict[str, str]
    ids: dict[str, int]
    below: dict[str, frozenset[str]]


def choices() -> list[tuple[str, str]]:
    """(code, name) of the municipalities in force, by alphabet, for a picker."""
    return list(_known().pickable)


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


def _known() -> _Known:
    return remember(TERRITORIES, _read)


def _read() -> _Known:
    # By name: the pages of this room offer the picker, so it cannot import their package.
    model = apps.get_model("services", "Territory")
    rows = list(model.objects.order_by("name").values_list("code", "name", "pk", "kind", "is_active"))
    parents = dict(model.objects.exclude(parent=None).values_list("code", "parent__code"))
    return _Known(
        pickable=tuple((code, name) for code, name, _pk, kind, active in rows if active and kind != REGION),
        names={code: name for code, name, *_rest in rows},
        ids={code: pk for code, _name, pk, *_rest in rows},
        below=_below(parents),
    )


def _below(parents: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in parents:
        above, seen = parents.get(code), {code}
        while above and above not in seen:
            seen.add(above)
            found.setdefault(above, set()).add(code)
            above = parents.get(above)
    return {code: frozenset(codes) for code, codes in found.items()}
