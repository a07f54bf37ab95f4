"""Conditions of blocks as sentences, where somebody says which form they belong to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from forms.definitions import comparisons, conditions
from forms.definitions.question import Field


class Names(Protocol):
    """Turns ids into keys; see `keys.Keys`."""

    def condition(self, value: Any) -> Any: ...


_known: ContextVar[tuple[Names, Mapping[str, Field]] | None] = ContextVar("known questions", default=None)


@contextmanager
def about(names: Names, questions: Mapping[str, Field]) -> Iterator[None]:
    """Within it conditions are read with the words of these questions, by key."""
    token = _known.set((names, questions))
    try:
        yield
    finally:
        _known.reset(token)


def condition(value: Any) -> str:
    """A condition of a block in Russian; blank when its form is not known or it is not finished."""
    found = _known.get()
    if found is None:
        return ""
    names, questions = found
    compiled = names.condition(value)
    return "" if conditions.problems(compiled) else comparisons.sentence(compiled, questions)
