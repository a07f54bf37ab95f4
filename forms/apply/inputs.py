"""Single inputs of a question as the template draws them."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


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
