"""JSON Schema of a form's answers, for those who send them through the API."""

from typing import Any

from . import fields
from .document import Definition


def answers_schema(definition: Definition) -> dict[str, Any]:
    """JSON Schema 2020-12 of the object of answers; conditions are the server's to decide and are not in it."""
    properties = {}
    for field in definition.fields:
        schema = fields.get(field.type).json_schema(field) | {"title": field.label}
        properties[field.key] = schema | ({"description": field.hint} if field.hint else {})
    always = [step for step in definition.steps if step.show_if is None]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": definition.title,
        "type": "object",
        "properties": properties,
        "required": [field.key for step in always for field in step.fields if field.required and field.show_if is None],
        "additionalProperties": False,
    }
