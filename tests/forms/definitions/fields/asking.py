"""Questions of one type, and what they answer to good and bad input."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from forms.definitions import fields
from forms.definitions.document import Field


def asking(type_name: str, required: bool = True, **options: Any) -> Field:
    """A question of that type."""
    return Field(key="q_it", type=type_name, label="Вопрос", required=required, options=options)


def clean(question: Field, raw: Any, answers: Any = None) -> Any:
    """What the type makes of it."""
    return fields.get(question.type).clean(question, raw, answers)


def refused(question: Field, raw: Any, answers: Any = None) -> ValidationError:
    """The error for bad input; its sentence is there and never the repr of what came."""
    with pytest.raises(ValidationError) as caught:
        clean(question, raw, answers)
    assert caught.value.messages[0].strip()
    return caught.value


def display(question: Field, value: Any) -> str:
    """The stored value in words, with plain spaces."""
    return fields.get(question.type).display(question, value).replace("\u00a0", " ")


def config(question: Field) -> list[str]:
    """Sentences about its options."""
    return fields.get(question.type).config_errors(question)
