"""What an upper room adds to an application: a registry, filled when the apps are ready.

A companion is asked inside of the transaction and under the lock of the application, and may refuse by raising Refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from forms.definitions.document import Definition

from .models import Application, Team


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the journal in the words of staff and of the applicant; blank ones are not told."""

    staff_words: str
    applicant_words: str


class Companion(Protocol):
    """What a room above does beside."""

    def team(self, definition: Definition, answers: Mapping[str, Any]) -> Team | None:
        """The team that must have an application with these answers; None leaves it to the routing."""

    def made(self, application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
        """The application was just made."""

    def ended(self, application: Application) -> None:
        """It was withdrawn or refused: what it held is free again."""

    def erased(self, application: Application) -> dict[str, int]:
        """Empty what is known of the person; what there was, in numbers."""

    def told(self, facts: Mapping[str, Any]) -> Told | None:
        """The words of an entry of the journal that it caused; None for those of others."""


_companions: list[Companion] = []


def register(companion: Companion) -> None:
    """Called once by each room, when the apps are ready."""
    _companions.append(companion)


def team(definition: Definition, answers: Mapping[str, Any]) -> Team | None:
    """The first team that a companion names."""
    found = (each.team(definition, answers) for each in _companions)
    return next((each for each in found if each is not None), None)


def made(application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
    """Tell every companion that an application was made."""
    for each in _companions:
        each.made(application, definition, answers)


def ended(application: Application) -> None:
    """Tell every companion that an application came to nothing."""
    for each in _companions:
        each.ended(application)


def erased(application: Application) -> dict[str, int]:
    """Let every companion forget the person."""
    return {name: count for each in _companions for name, count in each.erased(application).items()}


def told(facts: Mapping[str, Any]) -> Told | None:
    """How the companion that caused an entry tells it."""
    found = (each.told(facts) for each in _companions)
    return next((each for each in found if each is not None), None)
