"""One file a field type, one registry. A new type is one new file, its test and its line here."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .address import Address
from .birth_date import BirthDate
from .centre import CentreChoice
from .choice import Choice
from .computed import Computed
from .consent import Consent
from .contract import FieldType
from .date import Date
from .decimal_number import DecimalNumber
from .email import Email
from .file import File
from .full_name import FullName
from .group import Group
from .measure import MeasureChoice
from .meeting import MeetingChoice
from .money import Money
from .multiple_choice import MultipleChoice
from .phone import Phone
from .shown import Explanation, Heading
from .snils import Snils
from .territory import TerritoryChoice
from .texts import LongText, ShortText
from .time import Time
from .whole_number import WholeNumber
from .yes_no import YesNo

if TYPE_CHECKING:
    from forms.definitions.document import Field

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
        CentreChoice(),
        MeasureChoice(),
        MeetingChoice(),
        Address(),
        Date(),
        BirthDate(),
        Time(),
        YesNo(),
        WholeNumber(),
        DecimalNumber(),
        Money(),
        Snils(),
        File(),
        Consent(),
        Heading(),
        Explanation(),
        Computed(),
        Group(),
    )
}


def get(type_name: str) -> FieldType:
    """The type of that name; KeyError when there is none."""
    return _TYPES[type_name]


def settle(field: "Field", answers: Mapping[str, Any]) -> "Field":
    """The question as these answers make it: its choices, its limits. The same object where nothing depends on them.

    What shows a question or its answer takes this first.
    """
    return _TYPES[field.type].settle(field, answers)


def exists(type_name: str) -> bool:
    """Whether there is a type of that name."""
    return type_name in _TYPES


def all_types() -> tuple[FieldType, ...]:
    """Every type in the order that editors see."""
    return tuple(_TYPES.values())
