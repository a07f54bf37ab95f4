"""One file a field type, one registry. A new type is one new file, its test and its line here."""

from .choice import Choice
from .consent import Consent
from .contract import FieldType
from .date import Date
from .email import Email
from .full_name import FullName
from .multiple_choice import MultipleChoice
from .phone import Phone
from .territory import TerritoryChoice
from .texts import LongText, ShortText

_TYPES: dict[str, FieldType] = {
    field_type.name: field_type
    for field_type in (
        ShortText(),
        LongText(),
        FullName(),
        Phone(),
        Email(),
        Choice(),
        MultipleChoice(),
        TerritoryChoice(),
        Date(),
        Consent(),
    )
}


def get(type_name: str) -> FieldType:
    """The type of that name; KeyError when there is none."""
    return _TYPES[type_name]


def exists(type_name: str) -> bool:
    """Whether there is a type of that name."""
    return type_name in _TYPES


def all_types() -> tuple[FieldType, ...]:
    """Every type in the order that editors see."""
    return tuple(_TYPES.values())
