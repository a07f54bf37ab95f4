"""What the templates draw of a step: single inputs, shown words, cards of rows."""

from dataclasses import dataclass
from typing import Union

from django.utils.safestring import SafeString

from forms.definitions.document import Field


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list, a group of radios or a group of ticks."""

    id: str
    value: str
    label: str
    chosen: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a question that is answered in parts, such as a date or a name."""

    id: str
    label: str
    tick: bool
    attrs: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """Words that nobody answers: `kind` is heading, explanation or computed."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """A part that an answer on the same page may show or hide; `name` is what the page's rules call it."""

    name: str
    part: Union["Field", Shown, "Cards"]
    shown: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One row."""

    id: str
    anchor: str
    title: str
    parts: tuple[Field | Shown | Guarded, ...]
    copy: str = ""
    remove: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A repeating group; `copy`, `remove` and `add` are what the buttons send, blank where there is no button."""

    key: str
    anchor: str
    label: str
    hint: str
    cards: tuple[Card, ...]
    add: str = ""
    add_label: str = ""
    blank: Card | None = None
    """What the page's script makes new rows of, where an answer of the page decides how many there are."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see of it now."""
        return not (self.cards or self.add)

    @property
    def listed(self) -> str:
        """The ids of the rows as the page sends them back."""
        return ",".join(card.id for card in self.cards)
