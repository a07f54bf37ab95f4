"""What stands beside the row of a measure, in words: whom it is for, in which situations, where. No query when warm."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services import territories
from services.finder import Facts
from services.remembered import FINDER_WORDS, remember

from .reference import Recipient, Situation

if TYPE_CHECKING:
    from .measure import Measure

References = dict[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Told:
    """`to_whom` in the dative: «супруге или супругу»; `situations` are codes, the rest are words."""

    recipients: tuple[str, ...]
    to_whom: tuple[str, ...]
    situations: frozenset[str]
    places: tuple[str, ...]


def references() -> References:
    """Codes and labels in the editors' order: situations with what they bring, recipients in the dative too."""
    return remember(FINDER_WORDS, _read)


def told(measure: "Measure", facts: Facts | None) -> Told:
    """By the facts that are kept of what is published; without them what the measure itself has."""
    if facts is None:
        people = list(measure.recipients.all())
        return Told(
            tuple(each.name for each in people),
            tuple(each.to_whom or each.name for each in people),
            frozenset(each.code for each in measure.situations.all()),
            tuple(each.name for each in measure.territories.all()),
        )
    words = references()
    return Told(
        tuple(name for code, name in words["who"] if code in facts.recipients),
        tuple(name for code, name in words["to_whom"] if code in facts.recipients),
        facts.situations,
        tuple(name for code, name in territories.names().items() if code in facts.territories),
    )


def _read() -> References:
    people = list(Recipient.objects.values_list("code", "name", "to_whom"))
    happened = list(Situation.objects.values_list("code", "name", "summary"))
    return {
        "situation": tuple((code, name) for code, name, _summary in happened),
        "summary": tuple((code, summary) for code, _name, summary in happened),
        "who": tuple((code, name) for code, name, _to_whom in people),
        "to_whom": tuple((code, to_whom or name) for code, name, to_whom in people),
    }
