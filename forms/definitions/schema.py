"""JSON Schema of a form's answers, for those who send them through the API."""

from typing import Any

from . import fields
from .document import Definition, Field
from .fields import rows


def answers_schema(definition: Definition) -> dict[str, Any]:
    """JSON Schema 2020-12 of the object of answers; conditions are the server's to decide and are not in it."""
    properties = {}
    asked = [field for field in definition.fields if field.is_sent and not field.staff]
    for field in asked:
        schema = fields.get(field.type).json_schema(field) | {"title": field.label}
        properties[field.key] = schema | ({"description": field.hint} if field.hint else {})
    always = {field.key for step in definition.steps if step.show_if is None for field in step.fields}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": definition.title,
        "type": "object",
        "properties": properties,
        "required": [
            f.key for f in asked if f.key in always and f.required and f.show_if is None and not _may_be_empty(f)
        ],
        "additionalProperties": False,
    }


def _may_be_empty(field: Field) -> bool:
    """Rows whose number another answer decides may be none."""
    return field.type == "group" and rows.is_given(field)
