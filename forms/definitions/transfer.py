"""A definition as a file: out as JSON, in again with every fault named, its JSON Schema, and copies with fresh keys."""

import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from . import fields
from .conditions import GROUPS, ROW_OPERATORS
from .dates import UNITS
from .document import Definition
from .expressions import FUNCTIONS, MAX_OPERANDS
from .operators import COMPARISONS, OPERATORS
from .parsing import FORMAT, KEY, MAX_FIELDS, MAX_RULES, MAX_STEPS, DefinitionError
from .rule import MAX_URGENCY, PARTS
from .shape import MAX_LEAVES, WITHOUT_VALUE

MOST_BYTES = 4 * 1024 * 1024


def export_json(definition: Definition) -> str:
    """The file of a definition; reading it gives the same definition."""
    return json.dumps(definition.to_json(), ensure_ascii=False, indent=2) + "\n"


def import_json(text: str | bytes) -> Definition:
    """The definition in a file; raises DefinitionError that names every fault: unknown keys, a newer format."""
    if len(text) > MOST_BYTES:
        _refuse(_("Файл слишком большой: не больше %d МБ") % (MOST_BYTES // 1024 // 1024))
    try:
        data = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        _refuse(_("Файл не в кодировке UTF-8. Сохраните его заново"))
    except json.JSONDecodeError as error:
        _refuse(_("Файл не читается: ошибка в строке %d") % error.lineno)
    except (ValueError, RecursionError):
        _refuse(_("Файл не читается: в нём не описание формы"))
    if isinstance(data, Mapping):
        data = {name: value for name, value in data.items() if name != "$schema"}
    return Definition.from_json(data)


def _refuse(sentence: str) -> NoReturn:
    raise DefinitionError([((), sentence)]) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def fresh_keys(questions: list[dict[str, Any]], taken: Collection[str] = ()) -> list[dict[str, Any]]:
    """Questions of a document copied with new keys, references among them following; `taken` are keys in use."""
    known = set(taken)
    fresh: dict[str, str] = {}
    for question in questions:
        for each in (question, *question.get("fields", ())):
            key = next(made for _try in range(100) if (made := f"q{secrets.token_hex(4)}") not in known)
            known.add(key)
            fresh[each["key"]] = key
    return [_renamed(question, fresh) for question in questions]


def _renamed(value: Any, fresh: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _renamed_part(name, part, fresh) for name, part in value.items()}
    return [_renamed(part, fresh) for part in value] if isinstance(value, list) else value


def _renamed_part(name: str, part: Any, fresh: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        if name in {"key", "q", "rows", "count_from", "rows_from", "group"} or (name == "label" and part in fresh):
            return fresh.get(part, part)
        for old, new in fresh.items():
            part = part.replace(f"{{{old}|", f"{{{new}|").replace(f"{{{old}}}", f"{{{new}}}")
        return part
    return _renamed(part, fresh)


def document_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the file. `import_json` refuses what it refuses, and more."""
    text, key = {"type": "string"}, {"type": "string", "pattern": f"^{KEY.pattern}$"}
    count = {"type": "integer", "minimum": 0, "exclusiveMaximum": 100_000}
    dated = {"version": count, "text": text, "summary": text, "dated": text}
    steps = {"key": key, "title": text, "lead": text, "show_if": _maybe("condition")}
    steps["fields"] = {"type": "array", "items": _ref("field"), "maxItems": MAX_FIELDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _("Описание формы"),
        **_object(
            {
                "$schema": text,
                "format": {"const": FORMAT},
                "title": text,
                "purpose": text,
                "minutes": count,
                "at_hand": {"type": "array", "items": text, "maxItems": 50},
                "team": {"type": ["string", "null"]},
                "consent": _object(dated),
                "texts": _object({"receipt": text}),
                "steps": {"type": "array", "items": _object(steps, "key"), "maxItems": MAX_STEPS},
                "rules": {"type": "array", "items": _ref("rule"), "maxItems": MAX_RULES},
            },
            "format",
        ),
        "$defs": _parts(text, key),
    }


def _parts(text: Any, key: Any) -> dict[str, Any]:
    return {
        "field": {"oneOf": [_question(kind, text, key) for kind in fields.all_types()]},
        "rule": {"oneOf": [_rule(kind, text, key) for kind in PARTS]},
        "condition": {"oneOf": [_ref("several"), _ref("leaf"), _ref("rows")]},
        "several": _object(
            {
                "op": {"enum": list(GROUPS)},
                "of": {"type": "array", "items": _ref("condition"), "minItems": 1, "maxItems": MAX_LEAVES},
            },
            "op",
            "of",
        ),
        "leaf": _object(
            {"q": text, "op": {"enum": sorted({*OPERATORS, *WITHOUT_VALUE})}, "v": True, "to": _ref("to")}, "q", "op"
        ),
        "to": {
            "oneOf": [
                _object({"q": text, "plus": {"type": ["number", "null"]}, "unit": _unit()}, "q"),
                _object({"today": {"type": "integer"}, "unit": _unit()}, "today"),
            ]
        },
        "rows": _object(
            {
                "rows": text,
                "op": {"enum": list(ROW_OPERATORS)},
                "n": {"type": "integer", "minimum": 0},
                "cmp": {"enum": list(COMPARISONS)},
                "where": _maybe("condition"),
            },
            "rows",
            "op",
        ),
        **_computations(text),
    }


def _computations(text: Any) -> dict[str, Any]:
    return {
        "expression": _object(
            {
                "fn": {"enum": sorted(FUNCTIONS)},
                "of": {"type": "array", "items": _ref("operand"), "minItems": 1, "maxItems": MAX_OPERANDS},
                "unit": _unit(),
            },
            "fn",
            "of",
        ),
        "operand": {
            "oneOf": [
                _ref("expression"),
                _object({"rows": text, "q": {"type": ["string", "null"]}, "where": _maybe("condition")}, "rows"),
                _object({"q": text}, "q"),
                _object({"v": {"type": ["number", "string"]}}, "v"),
                _object({"today": {"type": "integer"}}, "today"),
            ]
        },
    }


def _question(kind: fields.FieldType, text: Any, key: Any) -> dict[str, Any]:
    options: dict[str, Any] = {"type": "object"}
    if kind.name == "computed":
        options |= {"properties": {"expr": _ref("expression")}, "required": ["expr"]}
    parts: dict[str, Any] = {
        "key": key,
        "type": {"const": kind.name},
        "label": text,
        "hint": text,
        "required": {"type": "boolean"},
        "show_if": _maybe("condition"),
        "required_if": _maybe("condition"),
        "staff": {"type": "boolean"},
        "options": options,
    }
    if kind.name == "group":
        parts["fields"] = {"type": "array", "items": _ref("field"), "maxItems": MAX_FIELDS}
    return _object(parts, "key", "type", *(["options"] if kind.name == "computed" else []))


def _rule(kind: str, text: Any, key: Any) -> dict[str, Any]:
    shapes = {
        "hard": {"type": "boolean"},
        "fields": {"type": "array", "items": text},
        "level": {"type": "integer", "minimum": 0, "maximum": MAX_URGENCY},
    }
    parts = {name: shapes.get(name, text) for name in PARTS[kind]}
    return _object({"key": key, "kind": {"const": kind}, "if": _ref("condition")} | parts, "key", "kind", "if")


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(name: str) -> dict[str, Any]:
    return {"oneOf": [{"type": "null"}, _ref(name)]}


def _unit() -> dict[str, Any]:
    return {"enum": [None, *UNITS]}
