"""The finder of measures: what fits the answers, and how many would fit each other answer. Pure, in memory.

Counts beside an answer are computed within the other answers, so that a click never leads to an empty list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

ORDER = ("situation", "who", "territory", "category", "level")
"""Names of the answers in the address, in this order, for good."""


@dataclass(frozen=True)
class Facts:
    """What the finder knows of a measure. No territories means it holds in the whole region."""

    pk: int
    situations: frozenset[str]
    recipients: frozenset[str]
    territories: frozenset[str]
    category: str
    level: str

    def answers(self, name: str, code: str) -> bool:
        """Does the measure fit this one answer?"""
        if name == "situation":
            return code in self.situations
        if name == "who":
            return code in self.recipients
        if name == "territory":
            return not self.territories or code in self.territories
        return code == (self.category if name == "category" else self.level)


@dataclass(frozen=True)
class Option:
    """An answer that may be given: choosing a chosen one takes it back."""

    code: str
    label: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """A given answer; `query` is the address without it."""

    label: str
    query: str


Words = Mapping[str, Sequence[tuple[str, str]]]
"""Per answer name: (code, label) in the order of the list."""


def clean(asked: Mapping[str, str], words: Words) -> dict[str, str]:
    """The answers of an address that mean something; anything unknown is left out."""
    known = {name: {code for code, _label in words.get(name, ())} for name in ORDER}
    return {name: asked[name] for name in ORDER if asked.get(name) in known[name]}


def fitting(measures: Iterable[Facts], chosen: Mapping[str, str]) -> list[Facts]:
    """The measures that fit every answer."""
    return [facts for facts in measures if all(facts.answers(name, code) for name, code in chosen.items())]


def options(measures: Sequence[Facts], chosen: Mapping[str, str], words: Words, name: str) -> list[Option]:
    """The answers to one question with their counts, those without any measure left out."""
    others = {key: code for key, code in chosen.items() if key != name}
    within = fitting(measures, others)
    found = []
    for code, label in words[name]:
        count = sum(facts.answers(name, code) for facts in within)
        is_chosen = chosen.get(name) == code
        if count or is_chosen:
            found.append(Option(code, label, count, query(others if is_chosen else {**others, name: code}), is_chosen))
    return found


def chips(chosen: Mapping[str, str], words: Words) -> list[Chip]:
    """The given answers, each with the address that takes it back."""
    return [
        Chip(dict(words[name])[code], query({key: value for key, value in chosen.items() if key != name}))
        for name, code in chosen.items()
    ]


def query(chosen: Mapping[str, str], **extra: str) -> str:
    """«?situation=injury&who=spouse», always in one order; «?» alone where nothing is chosen."""
    pairs = [(name, chosen[name]) for name in ORDER if name in chosen]
    return f"?{urlencode([*pairs, *extra.items()])}"
